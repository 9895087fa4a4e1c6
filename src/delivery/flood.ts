import type Redis from 'ioredis';
import { RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import type { Logger } from '../foundation/logger';
import type { Incoming } from './incoming';

/** How many messages (`points`) one person may send in a window of so many seconds (`duration`), which begins with the first. */
export interface FloodLimit {
  points: number;
  duration: number;
}

interface FloodOptions {
  redis: Redis;
  /** Prefix of the counters in Redis; the body is part of it. */
  prefix: string;
  limit: FloodLimit;
  logger: Logger;
}

/** What has to wait, and whether it is the first of its window: the others need not be told again. */
interface TooFast {
  first: boolean;
  waitMs: number;
}

type Sender = Pick<Incoming, 'platform' | 'senderId'>;
const nameOf = ({ platform, senderId }: Sender): string => `${platform}:${senderId}`;

/** Holds back one person's flood, so that nobody else waits behind it. Counted for all processes together; without Redis nobody is held back. */
export class Flood {
  private readonly limiter;

  constructor(private readonly options: FloodOptions) {
    const { redis, prefix, limit } = options;
    this.limiter = new RateLimiterRedis({ storeClient: redis, keyPrefix: `${prefix}:flood`, ...limit, rejectIfRedisNotReady: true });
  }

  /** Counts one more; null while it is not too much. */
  async count(sender: Sender): Promise<TooFast | null> {
    try {
      await this.limiter.consume(nameOf(sender));
      return null;
    } catch (refused) {
      if (refused instanceof RateLimiterRes) {
        return { first: refused.consumedPoints === this.options.limit.points + 1, waitMs: refused.msBeforeNext };
      }
      this.options.logger.debug({ err: refused }, 'Redis does not count: nobody is held back');
      return null;
    }
  }

  /** What was here before does not count. */
  async giveBack(sender: Sender): Promise<void> {
    const lost = (err: unknown): void => this.options.logger.debug({ err }, 'Redis does not count');
    await this.limiter.reward(nameOf(sender)).catch(lost);
  }
}
