import type { ApiAnswer } from '../api-answer';

/** A frame of the application. */
export interface AppFrame {
  cmd: string;
  reqId: string;
  body: Record<string, unknown>;
}

const record = (value: unknown): Record<string, unknown> | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null;

/** The application's frame; null for what is none. */
export function readAppFrame(text: string): AppFrame | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  const frame = record(value);
  const reqId = record(frame?.['headers'])?.['req_id'];
  const cmd = frame?.['cmd'];
  if (typeof cmd !== 'string' || typeof reqId !== 'string' || reqId === '') return null;
  return { cmd, reqId, body: record(frame?.['body']) ?? {} };
}

/** What an answer says beside its code stands in the body. */
export const acknowledgement = (reqId: string, { errcode, errmsg, ...body }: ApiAnswer): string =>
  JSON.stringify({ headers: { req_id: reqId }, errcode, errmsg, ...(Object.keys(body).length > 0 ? { body } : {}) });

export const callbackFrame = (cmd: 'aibot_msg_callback' | 'aibot_event_callback', reqId: string, body: object): string =>
  JSON.stringify({ cmd, headers: { req_id: reqId }, body });
