import { randomId } from '../random-id';
import { jsonObject } from '../request-body';

export type FrameType = 'SYSTEM' | 'EVENT' | 'CALLBACK';

/** A frame of the gateway, before it is written. */
export interface Frame {
  type: FrameType;
  topic: string;
  data: unknown;
  /** Further headers, e.g. of an event. */
  headers?: Record<string, string>;
}

/** What came back for a frame; `data` parsed. */
export interface Ack {
  code: number;
  data: Record<string, unknown>;
}

export const robotTopic = '/v1.0/im/bot/messages/get';

/** As text: `data` is JSON in a string, the time is a string of milliseconds. Returns the frame's fresh message id too. */
export function writeFrame({ type, topic, data, headers }: Frame, connectionId: string, now: Date): { messageId: string; text: string } {
  const messageId = randomId(16);
  const frame = {
    specVersion: '1.0',
    type,
    headers: {
      appId: 'demo-app',
      connectionId,
      topic,
      messageId,
      contentType: 'application/json',
      time: String(now.getTime()),
      ...headers,
    },
    data: JSON.stringify(data),
  };
  return { messageId, text: JSON.stringify(frame) };
}

/** An ack as the application must write it, or what is wrong with it. */
export function readAck(text: string): { messageId: string; ack: Ack } | string {
  const frame = jsonObject(text);
  if (!frame) return 'no JSON object';
  const headers = typeof frame['headers'] === 'object' && frame['headers'] !== null ? (frame['headers'] as Record<string, unknown>) : {};
  const { messageId, contentType } = headers;
  if (typeof messageId !== 'string' || messageId === '') return 'headers.messageId is missing';
  if (contentType !== 'application/json') return 'headers.contentType is not application/json';
  if (typeof frame['code'] !== 'number') return 'code is no number';
  if (!['string', 'undefined'].includes(typeof frame['message'])) return 'message is no text';
  // Official clients send no data, an empty text, or what they were sent; only a ping and a card need theirs.
  const { data } = frame;
  if (data !== undefined && data !== null && typeof data !== 'string') return 'data is not in a string';
  return { messageId, ack: { code: frame['code'], data: jsonObject(data ?? '') ?? {} } };
}
