import type { ChatLog } from '../chat-log';
import type { SimulatorClock } from '../options';
import { randomId } from '../random-id';
import { type ApiAnswer, oldFailure, oldSuccess } from './api-answer';
import { bubbleOf, readWebhookForm } from './forms';

/** How long an address lives, and what one message takes. */
const lifeMs = 5_400_000;
const mostBytes = 20_000;

/** The addresses at which a message can be answered for about 90 minutes, any number of times. */
export class SessionWebhooks {
  private readonly sessions = new Map<string, { chat: string; quote: string; until: number }>();

  constructor(
    private readonly clock: SimulatorClock,
    private readonly log: ChatLog,
    private readonly base: () => string,
  ) {}

  /** A fresh address for the message `quote` shown in `chat`. */
  open(chat: string, quote: string): { url: string; expiresAt: number } {
    const session = randomId(24);
    const until = this.clock.now().getTime() + lifeMs;
    this.sessions.set(session, { chat, quote, until });
    return { url: `${this.base()}/robot/sendBySession?session=${session}`, expiresAt: until };
  }

  /** POST /robot/sendBySession */
  answer(session: string | undefined, body: Record<string, unknown>, bytes: number): ApiAnswer {
    const open = this.sessions.get(session ?? '');
    if (!open || open.until <= this.clock.now().getTime()) return oldFailure(300001, 'session 不存在');
    if (bytes > mostBytes) return oldFailure(460101, 'message too long');
    const shown = readWebhookForm(body);
    if ('refused' in shown)
      return shown.refused === 'kind' ? oldFailure(400105, 'unsupported msgtype') : oldFailure(40035, 'invalid parameter');
    this.log.show({ chat: open.chat, from: 'bot', ...bubbleOf(shown), quote: open.quote });
    return oldSuccess();
  }
}
