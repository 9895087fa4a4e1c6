import { type Keys, open } from './envelope';

/** What the application's answer to a bot callback makes the client show. */
export type BotReply =
  | { kind: 'nothing' }
  | { kind: 'stream'; id: string; finish: boolean; content: string; card?: unknown }
  | { kind: 'card'; card: unknown }
  | { kind: 'update'; card: unknown; userIds: string[] | null }
  | { kind: 'text'; content: string };

export type BotSituation = 'message' | 'poll' | 'enter_chat' | 'template_card_event';

/** What a bubble takes. */
const streamBytes = 20_480;

/**
 * Reads the body of a 200 answer strictly: envelope, signature, nonce of the callback, empty
 * receiver, the kinds allowed in the situation. Throws Error naming what a real client would not have shown.
 */
export function readBotReply(body: string, keys: Keys, nonce: string, situation: BotSituation): BotReply {
  if (body === '') return { kind: 'nothing' };
  const envelope = asRecord(parse(body, 'the reply is neither empty nor JSON'), 'the reply is no JSON object');
  const plaintext = open(keys, {
    encrypt: textOf(envelope, 'encrypt'),
    signature: textOf(envelope, 'msgsignature'),
    timestamp: digitsOf(envelope, 'timestamp'),
    nonce: textOf(envelope, 'nonce'),
  });
  if (envelope['nonce'] !== nonce) throw new Error('the reply does not carry the nonce of its callback');
  const reply = asRecord(parse(plaintext, 'the decrypted reply is no JSON'), 'the decrypted reply is no JSON object');
  if (situation === 'enter_chat') return readText(reply);
  if (situation === 'template_card_event') return readUpdate(reply);
  if (situation === 'message' && reply['msgtype'] === 'template_card') return { kind: 'card', card: reply['template_card'] };
  return readStream(reply);
}

/** The answer to a press: the card in its new form, for the presser or for those named. */
function readUpdate(reply: Record<string, unknown>): BotReply {
  if (reply['response_type'] !== 'update_template_card') throw new Error('a press is answered by update_template_card only');
  const { userids, template_card: card } = reply;
  if (userids === undefined) return { kind: 'update', card, userIds: null };
  if (!Array.isArray(userids) || !userids.every((id) => typeof id === 'string')) throw new Error('userids is no list of ids');
  return { kind: 'update', card, userIds: userids };
}

function readText(reply: Record<string, unknown>): BotReply {
  if (reply['msgtype'] !== 'text') throw new Error(`msgtype ${String(reply['msgtype'])} is not allowed as a welcome`);
  return { kind: 'text', content: checkedContent(asRecord(reply['text'], 'the reply has no text object'), 2_048) };
}

function readStream(reply: Record<string, unknown>): BotReply {
  const withCard = reply['msgtype'] === 'stream_with_template_card';
  if (reply['msgtype'] !== 'stream' && !withCard)
    throw new Error(`msgtype ${String(reply['msgtype'])} is not allowed as an answer to a message`);
  const stream = asRecord(reply['stream'], 'the reply has no stream object');
  const { id, finish } = stream;
  if (typeof id !== 'string' || id === '') throw new Error('stream.id is missing');
  if (typeof finish !== 'boolean') throw new Error('stream.finish is not a boolean');
  const content = checkedContent(stream, streamBytes);
  if (finish && content.trim() === '') throw new Error('the finished stream has no content');
  return { kind: 'stream', id, finish, content, ...(withCard ? { card: reply['template_card'] ?? null } : {}) };
}

function checkedContent(holder: Record<string, unknown>, bytes: number): string {
  const { content } = holder;
  if (typeof content !== 'string') throw new Error('content is not a string');
  if (Buffer.byteLength(content) > bytes) throw new Error(`content is longer than ${bytes} bytes`);
  if (/\p{Surrogate}/u.test(content)) throw new Error('content holds half a surrogate pair');
  return content;
}

function parse(text: string, complaint: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(complaint, { cause: error });
  }
}

function asRecord(value: unknown, complaint: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error(complaint);
  return value as Record<string, unknown>;
}

function textOf(envelope: Record<string, unknown>, field: string): string {
  const value = envelope[field];
  if (typeof value !== 'string' || value === '') throw new Error(`the reply has no ${field}`);
  return value;
}

// A number in the page's example, a quoted string in the official sample: both work.
function digitsOf(envelope: Record<string, unknown>, field: string): string {
  const value = envelope[field];
  if ((typeof value !== 'string' && typeof value !== 'number') || !/^\d{1,13}$/.test(String(value)))
    throw new Error(`the reply's ${field} is not a number of seconds`);
  return String(value);
}
