import { z } from 'zod';
import type { Incoming } from '../../delivery/incoming';
import { AppError } from '../../foundation/errors';
import { parted, wordsQuoted } from '../quotation';
import type { DingtalkOptions } from './options';
import { sessionAddress } from './session-address';

const id = z.string().min(1).max(200);
const perhaps = <T extends z.ZodType>(shape: T) => shape.optional().catch(undefined);

/**
 * The body of a robot callback, as far as it is used. Only what decides is insisted on: fields come
 * and go between the documented samples, and unknown ones are passed over.
 */
const robotMessage = z.object({
  msgId: id,
  /** Absent when the platform withholds the message (over quota). */
  msgtype: z.string().max(64).default(''),
  conversationType: z.enum(['1', '2']),
  conversationId: id,
  senderStaffId: z.string().max(128).optional(),
  senderCorpId: z.string().max(128).optional(),
  chatbotCorpId: z.string().max(128).optional(),
  robotCode: z.string().max(128).optional(),
  sessionWebhook: perhaps(z.string().max(2_048)),
  sessionWebhookExpiredTime: perhaps(z.coerce.number().min(0).max(8.64e15)),
  text: perhaps(z.object({ content: z.string(), repliedMsg: z.unknown().optional() })),
  quoteMessage: z.unknown().optional(),
  content: z.unknown().optional(),
  errorCode: perhaps(z.coerce.string()),
});

export type RobotMessage = z.infer<typeof robotMessage>;

/** The body of a callback or of a frame. Throws MALFORMED, naming the fields only. */
export function readRobotMessage(json: string): RobotMessage {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw new AppError('MALFORMED', 'json');
  }
  const read = robotMessage.safeParse(value);
  if (!read.success) throw new AppError('MALFORMED', read.error.issues.map((issue) => issue.path.join('.')).join(' '));
  return read.data;
}

const richText = z.object({ richText: z.array(z.unknown()).max(200) });
const textPart = z.object({ text: z.string() });
const recognised = z.object({ recognition: z.string() });
const mostCharacters = 20_000;
/** The platform's own limit is about 90 minutes; we stop a minute earlier. */
const sessionEarlyMs = 60_000;

/** What was typed or said; null for kinds that carry no words (picture, file, video, unrecognised voice …). */
export function wordsOf({ msgtype, text, content }: Pick<RobotMessage, 'msgtype' | 'text' | 'content'>): string | null {
  const words =
    msgtype === 'text'
      ? (text?.content ?? content)
      : msgtype === 'audio'
        ? recognised.safeParse(content).data?.recognition
        : written(content);
  return typeof words === 'string' && words.trim() !== '' ? words.slice(0, mostCharacters) : null;
}

/** The words of a text with pictures. Runs of text continue one another; a picture or a mention parts them. */
function written(content: unknown): string | undefined {
  return richText
    .safeParse(content)
    .data?.richText.map((part) => textPart.safeParse(part).data?.text ?? ' ')
    .join('');
}

/** Old clients write what they quote into the text; where the platform names it, that counts. */
const quotedIn = ({ text, quoteMessage }: RobotMessage): string | null => wordsQuoted(text?.repliedMsg) ?? wordsQuoted(quoteMessage);

const gap = '[\\s\\u200b]';

/**
 * A line without the mention at its beginning. The platform takes it out and leaves a space, but not every client's
 * mention: ours is known by name, others end at a space or a slash.
 */
export function unmentioned(text: string, robotName: string): string {
  const name = robotName.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  const mentions = new RegExp(`^(?:${gap}*[@＠](?:${name}|[^\\s\\u200b@＠/／]+(?=[\\s\\u200b/／]|$)))+`, 'u');
  return text.replace(mentions, '').replace(new RegExp(`^${gap}+`, 'u'), '');
}

type Ours = Pick<DingtalkOptions, 'body' | 'robotName' | 'apiBase' | 'sessionBase'>;

/** The platform's message as ours. `senderId`: the staff id, never the encrypted one, which cannot be written to. */
export function toIncoming(message: RobotMessage, words: string, senderId: string, ours: Ours): Incoming {
  const group = message.conversationType === '2';
  const typed = parted(group ? unmentioned(words, ours.robotName) : words.trim());
  const quoted = quotedIn(message) ?? typed.quoted;
  const { sessionWebhook: url, sessionWebhookExpiredTime: until } = message;
  const answerable = url !== undefined && until !== undefined && sessionAddress(url, ours) !== null;
  return {
    platform: 'dingtalk',
    channel: 'bot',
    body: ours.body,
    eventId: message.msgId,
    senderId,
    chat: { kind: group ? 'group' : 'private', id: group ? message.conversationId : senderId },
    text: group ? unmentioned(typed.text, ours.robotName) : typed.text,
    // In a group only what mentions the robot reaches it.
    ...(group ? { mentioned: true } : {}),
    ...(quoted ? { quoted } : {}),
    ...(answerable ? { lateReply: { url, expiresAt: new Date(until - sessionEarlyMs) } } : {}),
  };
}
