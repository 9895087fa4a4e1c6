import { z } from 'zod';

/** More than any frame of ours: a robot's message is some kilobytes. */
export const mostBytes = 1_048_576;
/** As for a callback by HTTP. */
const mostData = 65_536;

export const robotTopic = '/v1.0/im/bot/messages/get';

const frame = z.object({
  type: z.enum(['SYSTEM', 'EVENT', 'CALLBACK']).or(z.string().max(64)),
  headers: z.looseObject({ topic: z.string().max(200), messageId: z.string().min(1).max(200) }),
  data: z.string().max(mostData).default(''),
});

/** A frame of the gateway. `data` is JSON in a string, as it came. */
export type DownFrame = z.infer<typeof frame>;

/** Null for whatever is no frame, or too large to be one of ours. */
export function readFrame(text: string): DownFrame | null {
  try {
    return frame.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

/** How a frame was taken: 200, 400 unreadable, 404 nobody wants it, 500 a fault of ours. */
export interface Ack {
  code: 200 | 400 | 404 | 500;
  /** JSON; of a ping the data as it came. */
  data: string;
}

/** What a callback is acked with; its content is not looked at: answers go to the message's session. */
export const taken = (code: Ack['code'] = 200): Ack => ({ code, data: '{"response":{}}' });

/** LATER asks for the event once more. */
export const eventAck = (status: 'SUCCESS' | 'LATER'): Ack => ({ code: 200, data: JSON.stringify({ status, message: status }) });

export const writeAck = (messageId: string, { code, data }: Ack): string =>
  JSON.stringify({ code, headers: { messageId, contentType: 'application/json' }, message: code === 200 ? 'OK' : 'refused', data });
