import { digest } from '../../foundation/ids';
import { plainWords } from './plain-words';
import { limits } from './rooms';

/**
 * The whole answer to a message as one finished stream. Its id follows from the message: a redelivery
 * updates the bubble instead of adding one.
 */
export const finishedStream = (msgId: string, content: string) => ({
  msgtype: 'stream' as const,
  stream: { id: `s${digest(msgId)}`, finish: true, content: plainWords(content, limits.reply.bytes) },
});
