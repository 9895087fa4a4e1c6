import { randomBytes } from 'node:crypto';
import { type ApiAnswer, failure, success } from './api-answer';
import type { SimulatorClock } from './options';

/** Seconds an access token lives, and failed gettoken calls allowed in an hour. */
const lifeSeconds = 7_200;
const failuresPerHour = 2_000;

/** The access tokens of one app. A new one leaves the earlier valid until their own end. */
export class Tokens {
  private readonly given = new Map<string, number>();
  private failures: number[] = [];

  constructor(
    private readonly clock: SimulatorClock,
    private readonly corpId: string,
    private readonly secret: string,
  ) {}

  /** GET /cgi-bin/gettoken */
  issue(corpId: string | undefined, secret: string | undefined): ApiAnswer {
    const now = this.clock.now().getTime();
    this.failures = this.failures.filter((at) => at > now - 3_600_000 && at <= now);
    if (this.failures.length >= failuresPerHour) return failure(45009, 'too many failed gettoken calls');
    const refused = this.refusal(corpId, secret);
    if (refused) {
      this.failures.push(now);
      return refused;
    }
    const token = randomBytes(32).toString('base64url');
    this.given.set(token, now + lifeSeconds * 1000);
    return success({ access_token: token, expires_in: lifeSeconds });
  }

  /** null when the token may be used, else the answer the call gets. */
  refuse(token: string | undefined): ApiAnswer | null {
    if (!token) return failure(41001);
    const until = this.given.get(token);
    if (until === undefined) return failure(40014);
    return until <= this.clock.now().getTime() ? failure(42001) : null;
  }

  expireAll(): void {
    for (const token of this.given.keys()) this.given.set(token, 0);
  }

  private refusal(corpId: string | undefined, secret: string | undefined): ApiAnswer | null {
    if (!corpId) return failure(41002);
    if (!secret) return failure(41004);
    if (corpId !== this.corpId) return failure(40013);
    return secret === this.secret ? null : failure(40001);
  }
}
