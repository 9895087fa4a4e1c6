import { z } from 'zod';
import { randomId } from '../../../foundation/ids';

/** What we send. */
export type Command =
  | 'aibot_subscribe'
  | 'ping'
  | 'aibot_respond_msg'
  | 'aibot_respond_welcome_msg'
  | 'aibot_respond_update_msg'
  | 'aibot_send_msg';

const frame = z.object({
  cmd: z.string().max(64).optional(),
  headers: z.object({ req_id: z.string().min(1).max(256) }),
  errcode: z.number().int().optional(),
  body: z.unknown().optional(),
});

/** A message or an event that the platform pushes. */
export interface CallbackFrame {
  cmd: 'aibot_msg_callback' | 'aibot_event_callback';
  reqId: string;
  body: unknown;
}

type InboundFrame = ({ kind: 'callback' } & CallbackFrame) | { kind: 'ack'; reqId: string; errcode: number } | { kind: 'other' };

/** Longer than any documented frame: 20 kB of text, the same again as a quote, fifty parts of a mixed message. */
export const mostBytes = 1_048_576;

/** A frame of the platform; null for what is none. Unknown commands are 'other': new ones must not disturb us. */
export function readFrame(text: string): InboundFrame | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  const read = frame.safeParse(value);
  if (!read.success) return null;
  const { cmd, headers, errcode, body } = read.data;
  if (cmd === 'aibot_msg_callback' || cmd === 'aibot_event_callback') return { kind: 'callback', cmd, reqId: headers.req_id, body };
  if (cmd === undefined && errcode !== undefined) return { kind: 'ack', reqId: headers.req_id, errcode };
  return { kind: 'other' };
}

export const newReqId = (command: Command): string => `${command}_${randomId()}`;

export function writeFrame(cmd: Command, reqId: string, body?: object): string {
  return JSON.stringify({ cmd, headers: { req_id: reqId }, ...(body === undefined ? {} : { body }) });
}

const disconnected = z.object({ event: z.object({ eventtype: z.literal('disconnected_event') }) });

/** Another connection has taken the bot over. */
export const isTakenOver = (callback: CallbackFrame): boolean =>
  callback.cmd === 'aibot_event_callback' && disconnected.safeParse(callback.body).success;
