import type { Steady } from '../../../foundation/clock';
import type { Lease } from './lease';

interface LeadershipOptions {
  lease: Lease;
  steady: Steady;
  /** How long a claim lives in Redis. Taking over from a dead process takes that long. */
  leaseMs: number;
  /** How often it looks at the time; a small part of the lease. */
  tickMs: number;
  onGain: (fence: number) => void;
  /** From this call on nothing may be sent any more. */
  onLoss: (why: LossReason) => void;
}

export type LossReason = 'taken' | 'ran out' | 'given up';

/**
 * One process at a time leads (a fence, not trust). Our own claim ends for us before it ends in Redis, so
 * that with Redis away, or after the process was stopped, we are silent before anybody else can begin.
 */
export class Leadership {
  private held: { fence: number; until: number } | null = null;
  private nextTurnAt = 0;
  private turning: Promise<void> | null = null;
  private beat: NodeJS.Timeout | null = null;

  constructor(private readonly options: LeadershipOptions) {}

  start(): void {
    this.beat ??= setInterval(() => this.look(), this.options.tickMs);
    this.look();
  }

  /** Ends it and lets somebody else begin at once. */
  async stop(): Promise<void> {
    if (this.beat) clearInterval(this.beat);
    this.beat = null;
    await this.turning;
    await this.giveUp();
  }

  /** Lets others try for `pauseMs` before this process tries again: it cannot do the work. */
  async stepBack(pauseMs: number): Promise<void> {
    await this.turning;
    await this.giveUp();
    this.nextTurnAt = this.options.steady() + pauseMs;
  }

  /** Whether our claim has not run out yet, by our own clock. */
  get leads(): boolean {
    return this.held !== null && this.options.steady() < this.held.until;
  }

  /** Asks Redis whether the claim is still ours; with Redis away our own clock decides. To be asked before every send. */
  async confirm(): Promise<boolean> {
    const { held } = this;
    if (!held || !this.leads) return false;
    const ours = await this.options.lease.holds(held.fence).catch(() => true);
    if (!ours && this.held === held) this.lose('taken');
    return ours && this.held === held && this.leads;
  }

  private look(): void {
    if (this.held && !this.leads) this.lose('ran out');
    if (this.turning || this.options.steady() < this.nextTurnAt) return;
    this.turning = this.turn().finally(() => {
      this.turning = null;
    });
  }

  /** Renews or tries to gain; with Redis away it tries again soon, and `look` ends what runs out meanwhile. */
  private async turn(): Promise<void> {
    const { lease, steady, leaseMs, tickMs, onGain } = this.options;
    const asked = steady();
    this.nextTurnAt = asked + leaseMs / 3;
    const { held } = this;
    try {
      if (held) {
        const ours = await lease.extend(held.fence);
        if (this.held !== held) return;
        if (ours) held.until = this.end(asked);
        else this.lose('taken');
        return;
      }
      const fence = await lease.take();
      if (fence === 0) return;
      this.held = { fence, until: this.end(asked) };
      if (this.leads && this.beat) onGain(fence);
    } catch {
      this.nextTurnAt = asked + tickMs;
    }
  }

  // Counted from before the question left, and a tenth short: Redis must never let somebody else in earlier.
  private end(asked: number): number {
    return asked + this.options.leaseMs * 0.9 - this.options.tickMs;
  }

  private async giveUp(): Promise<void> {
    const { held } = this;
    if (!held) return;
    this.lose('given up');
    // With Redis away the claim ends by itself.
    await this.options.lease.giveUp(held.fence).catch(() => undefined);
  }

  private lose(why: LossReason): void {
    this.held = null;
    this.options.onLoss(why);
  }
}
