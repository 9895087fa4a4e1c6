import { DateTime } from 'luxon';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import type { WecomOptions } from './options';

/** Beyond these WeCom drops messages without a word (wecom.md 5.2): 30 a minute and 1000 an hour per member and app. */
const limits = [
  { name: 'minute', points: 30, duration: 60 },
  { name: 'hour', points: 1_000, duration: 3_600 },
];

/** Milliseconds until a message to this member may go; 0 for now. Shared between processes through Redis, by memory without it. */
export class Pacing {
  private readonly limiters;

  constructor(private readonly options: Pick<WecomOptions, 'redis' | 'prefix' | 'zone'>) {
    this.limiters = limits.map(({ name, points, duration }) => {
      const keyPrefix = `${options.prefix}:wecom:pace:${name}`;
      const insuranceLimiter = new RateLimiterMemory({ keyPrefix, points, duration });
      return new RateLimiterRedis({ storeClient: options.redis, keyPrefix, points, duration, insuranceLimiter });
    });
  }

  async waitFor(agentId: string, userId: string): Promise<number> {
    for (const limiter of this.limiters) {
      try {
        await limiter.consume(`${agentId}:${userId.toLowerCase()}`);
      } catch (refused) {
        if (refused instanceof RateLimiterRes) return Math.max(1_000, refused.msBeforeNext);
        throw refused;
      }
    }
    return 0;
  }

  /** The platform asks callers to stay away from the minutes :00 and :30: milliseconds until :01 or :31. */
  quietMinute(now: Date): number {
    const local = DateTime.fromJSDate(now, { zone: this.options.zone });
    return local.minute % 30 === 0 ? local.startOf('minute').plus({ minutes: 1 }).diff(local).toMillis() : 0;
  }
}
