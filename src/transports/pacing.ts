import type Redis from 'ioredis';
import { DateTime } from 'luxon';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';

/** How many (`points`) in how many seconds (`duration`), per target. */
export interface Limit {
  name: string;
  points: number;
  duration: number;
}

interface PacingOptions {
  redis: Redis;
  /** Prefix of the counters in Redis. */
  prefix: string;
  zone: string;
  documented: readonly Limit[];
  /** What is kept to; default the documented limits. */
  limits?: Limits | undefined;
  /** Minutes of the hour that the platform asks callers to stay away from. */
  quietMinutes: readonly number[];
}

/** Puts other limits in the place of the documented ones. */
export type Limits = (documented: readonly Limit[]) => readonly Limit[];

/** A platform's documented limits as data. Shared between processes through Redis, by memory without it. */
export class Pacing {
  private readonly limiters;

  constructor(private readonly options: PacingOptions) {
    const { redis, prefix, documented, limits = () => documented } = options;
    this.limiters = limits(documented).map(({ name, points, duration }) => {
      const keyPrefix = `${prefix}:${name}`;
      const insuranceLimiter = new RateLimiterMemory({ keyPrefix, points, duration });
      return new RateLimiterRedis({ storeClient: redis, keyPrefix, points, duration, insuranceLimiter });
    });
  }

  /** Milliseconds until a message to this target may go; 0 for now. */
  async waitFor(target: string): Promise<number> {
    for (const limiter of this.limiters) {
      try {
        await limiter.consume(target);
      } catch (refused) {
        if (refused instanceof RateLimiterRes) return Math.max(1_000, refused.msBeforeNext);
        throw refused;
      }
    }
    return 0;
  }

  /** Why a message to this target has to wait, or null. `quietAt`: the moment when nobody waits for it; null when somebody does. */
  async hold(target: string, quietAt: Date | null): Promise<{ kind: 'later'; code: string; afterMs: number } | null> {
    const quiet = quietAt ? this.quietMinute(quietAt) : 0;
    if (quiet > 0) return { kind: 'later', code: 'quiet minute', afterMs: quiet };
    const wait = await this.waitFor(target);
    return wait > 0 ? { kind: 'later', code: 'app pace', afterMs: wait } : null;
  }

  /** Milliseconds until the minute after a quiet one; 0 outside them. */
  quietMinute(now: Date): number {
    const local = DateTime.fromJSDate(now, { zone: this.options.zone });
    const quiet = this.options.quietMinutes.includes(local.minute);
    return quiet ? local.startOf('minute').plus({ minutes: 1 }).diff(local).toMillis() : 0;
  }
}
