import type { Clock } from '../foundation/clock';

interface Count {
  used: number;
  endsAt: number;
}

const mostKeys = 50_000;

/** How often something may be tried within a window that begins with the first try. Kept in this process only. */
export class Attempts {
  private readonly counts = new Map<string, Count>();

  constructor(
    private readonly clock: Clock,
    private readonly limit: { times: number; withinMs: number },
  ) {}

  /** Counts one more; false when there have been too many. */
  take(key: string): boolean {
    const now = this.clock.now().getTime();
    const known = this.counts.get(key);
    const count = known && known.endsAt > now ? known : { used: 0, endsAt: now + this.limit.withinMs };
    if (count !== known) this.begin(key, count, now);
    count.used += 1;
    return count.used <= this.limit.times;
  }

  /** One that went well does not count. */
  giveBack(key: string): void {
    const count = this.counts.get(key);
    if (count) count.used -= 1;
  }

  private begin(key: string, count: Count, now: number): void {
    this.counts.delete(key);
    this.counts.set(key, count);
    if (this.counts.size <= mostKeys) return;
    for (const [each, { endsAt }] of this.counts) {
      if (endsAt > now && this.counts.size <= mostKeys) break;
      this.counts.delete(each);
    }
  }
}
