import { z } from 'zod';
import type { Incoming } from '../../delivery/incoming';
import { parted, wordsQuoted } from '../quotation';
import { withoutUnknownName } from './bot-mention';

const id = z.string().min(1).max(256);
const content = z.string().max(20_000);
const item = z.union([z.object({ msgtype: z.literal('text'), text: z.object({ content }) }), z.object({ msgtype: z.string() })]);
/** A field that does not decide: what is empty, null or of another shape is as if it were not there. */
const perhaps = <T extends z.ZodType>(shape: T) => shape.optional().catch(undefined);
const parts = {
  text: perhaps(z.object({ content })),
  voice: perhaps(z.object({ content })),
  mixed: perhaps(z.object({ msg_item: z.array(item).max(50) })),
};

/**
 * The plaintext of a bot callback, as far as it is used. Only what decides is insisted on: fields come and go between the
 * platform's versions, and unknown ones are passed over.
 */
export const botMessage = z
  .object({
    msgid: id,
    aibotid: id,
    chatid: perhaps(id),
    chattype: perhaps(z.enum(['single', 'group'])),
    from: perhaps(z.object({ userid: id })),
    response_url: perhaps(z.url().max(2_048)),
    msgtype: z.string().max(32),
    ...parts,
    /** Any kind of message; what cannot be read of it is no reason to lose the line. */
    quote: z.unknown().optional(),
    event: perhaps(
      z.object({
        eventtype: z.string().max(64),
        feedback_event: perhaps(z.object({ type: z.number().int() })),
        template_card_event: perhaps(z.object({ event_key: z.string().max(1_024), task_id: z.string().min(1).max(128) })),
      }),
    ),
  })
  // A text without its words is none, nor is an endless one.
  .refine(({ msgtype, text }) => msgtype !== 'text' || text !== undefined);

export type BotMessage = z.infer<typeof botMessage>;

const lateReplyMs = 3_600_000;

/** What was typed or said; null for kinds that carry no words (image, file, a stream poll, speech nobody understood …). */
export function wordsOf(message: Pick<BotMessage, 'text' | 'voice' | 'mixed'>): string | null {
  if (message.text) return message.text.content;
  if (message.voice) return message.voice.content.trim() === '' ? null : message.voice.content;
  const texts = message.mixed?.msg_item.flatMap((each) => ('text' in each ? [each.text.content] : []));
  return texts && texts.length > 0 ? texts.join('\n') : null;
}

/** Only a group has a chat id; a kind of chat that is new to us is told by it. */
export const isGroup = ({ chattype, chatid }: Pick<BotMessage, 'chattype' | 'chatid'>): boolean =>
  chattype === undefined ? chatid !== undefined : chattype === 'group';

interface Ours {
  body: string;
  /** Display names of the bot, as the settings know them. */
  botNames: readonly string[];
}

/** The platform's message as ours; null when nobody said anything. From a group only what mentions the bot comes. */
export function toIncoming(message: BotMessage, { body, botNames }: Ours, senderId: string, now: Date): Incoming | null {
  const words = wordsOf(message);
  if (words === null) return null;
  const typed = parted(words);
  const quoted = wordsQuoted(message.quote) ?? typed.quoted;
  const said = isGroup(message) ? { text: withoutUnknownName(typed.text, botNames), mentioned: true } : { text: typed.text };
  return { ...fromWhere(message, body, senderId, now), ...said, ...(quoted ? { quoted } : {}) };
}

/** Who did something where, and how it can be answered late: the same for messages and presses. */
export function fromWhere(message: BotMessage, body: string, senderId: string, now: Date): Omit<Incoming, 'text'> {
  const group = isGroup(message);
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
