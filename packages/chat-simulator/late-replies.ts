import type { ApiAnswer } from './api-answer';
import { failure, success } from './api-answer';
import type { ChatLog } from './chat-log';
import type { SimulatorClock } from './options';
import { randomId } from './random-id';

/** One call within an hour, markdown up to 20480 bytes. */
const lifeMs = 3_600_000;
const markdownBytes = 20_480;

/** The one-shot addresses for an answer that comes after the callback was closed. */
export class LateReplies {
  private readonly codes = new Map<string, { chat: string; quote: string; until: number }>();

  constructor(
    private readonly clock: SimulatorClock,
    private readonly log: ChatLog,
    private readonly base: () => string,
  ) {}

  /** A fresh address for the message `quote` shown in `chat`. */
  addressFor(chat: string, quote: string): string {
    const code = randomId(24);
    this.codes.set(code, { chat, quote, until: this.clock.now().getTime() + lifeMs });
    return `${this.base()}/cgi-bin/aibot/response?response_code=${code}`;
  }

  /** POST /cgi-bin/aibot/response. The codes for a spent or old address are not documented; 40035 is our choice. */
  answer(code: string | undefined, body: Record<string, unknown>): ApiAnswer {
    const open = this.codes.get(code ?? '');
    if (!open || open.until < this.clock.now().getTime()) return failure(40035, 'response_code is unknown, used or expired');
    if (body['msgtype'] !== 'markdown') return failure(40008);
    const content = (body['markdown'] as { content?: unknown } | undefined)?.content;
    if (typeof content !== 'string' || content.trim() === '') return failure(44004);
    if (Buffer.byteLength(content) > markdownBytes) return failure(45002);
    this.codes.delete(code ?? '');
    this.log.show({ chat: open.chat, from: 'bot', text: content, format: 'markdown', quote: open.quote });
    return success();
  }
}
