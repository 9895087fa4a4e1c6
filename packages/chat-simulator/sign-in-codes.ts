import { randomBytes } from 'node:crypto';
import type { Clock } from './days';

const lifeMs = 300_000;
const mostOpen = 1_000;

/** Codes by which a page learns who sits before it: five minutes, one use. */
export class SignInCodes {
  private readonly codes = new Map<string, { userId: string; until: number }>();

  constructor(private readonly clock: Clock) {}

  issue(userId: string): string {
    // Only the newest are asked for; those nobody has used are let go, the oldest first.
    for (const old of [...this.codes.keys()].slice(0, Math.max(0, this.codes.size - mostOpen))) this.codes.delete(old);
    const code = randomBytes(24).toString('base64url');
    this.codes.set(code, { userId, until: this.clock.now().getTime() + lifeMs });
    return code;
  }

  /** Null for a code that is made up, used or old. */
  take(code: string | undefined): string | null {
    const found = this.codes.get(code ?? '');
    this.codes.delete(code ?? '');
    return found && this.clock.now().getTime() <= found.until ? found.userId : null;
  }
}
