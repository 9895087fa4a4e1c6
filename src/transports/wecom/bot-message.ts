import { z } from 'zod';
import type { Incoming } from '../../delivery/incoming';
import { parted, wordsQuoted } from '../quotation';

const id = z.string().min(1).max(256);
const content = z.string().max(20_000);
const item = z.union([z.object({ msgtype: z.literal('text'), text: z.object({ content }) }), z.object({ msgtype: z.string() })]);
const parts = {
  text: z.object({ content }).optional(),
  voice: z.object({ content }).optional(),
  mixed: z.object({ msg_item: z.array(item).max(50) }).optional(),
};

/** The plaintext of a bot callback, as far as it is used. Unknown fields are passed over. */
export const botMessage = z.object({
  msgid: id,
  aibotid: id,
  chatid: id.optional(),
  chattype: z.enum(['single', 'group']).optional(),
  from: z.object({ userid: id }).optional(),
  response_url: z.url().max(2_048).optional(),
  msgtype: z.string().max(32),
  ...parts,
  /** Any kind of message; what cannot be read of it is no reason to lose the line. */
  quote: z.unknown().optional(),
  event: z
    .object({
      eventtype: z.string().max(64),
      feedback_event: z.object({ type: z.number().int() }).optional().catch(undefined),
      template_card_event: z
        .object({ event_key: z.string().max(1_024), task_id: z.string().min(1).max(128) })
        .optional()
        .catch(undefined),
    })
    .optional(),
});

export type BotMessage = z.infer<typeof botMessage>;

const lateReplyMs = 3_600_000;

/** What was typed or said; null for kinds that carry no words (image, file, a stream poll, speech nobody understood …). */
export function wordsOf(message: Pick<BotMessage, 'text' | 'voice' | 'mixed'>): string | null {
  if (message.text) return message.text.content;
  if (message.voice) return message.voice.content.trim() === '' ? null : message.voice.content;
  const texts = message.mixed?.msg_item.flatMap((each) => ('text' in each ? [each.text.content] : []));
  return texts && texts.length > 0 ? texts.join('\n') : null;
}

/** The platform's message as ours; null when nobody said anything. */
export function toIncoming(message: BotMessage, body: string, senderId: string, now: Date): Incoming | null {
  const words = wordsOf(message);
  if (words === null) return null;
  const typed = parted(words);
  const quoted = wordsQuoted(message.quote) ?? typed.quoted;
  return { ...fromWhere(message, body, senderId, now), text: typed.text, ...(quoted ? { quoted } : {}) };
}

/** Who did something where, and how it can be answered late: the same for messages and presses. */
export function fromWhere(message: BotMessage, body: string, senderId: string, now: Date): Omit<Incoming, 'text'> {
  const group = message.chattype === 'group';
  return {
    platform: 'wecom',
    channel: 'bot',
    body,
    eventId: message.msgid,
    senderId,
    chat: { kind: group ? 'group' : 'private', id: group ? (message.chatid ?? '') : senderId },
    ...(message.response_url ? { lateReply: { url: message.response_url, expiresAt: new Date(now.getTime() + lateReplyMs) } } : {}),
  };
}
