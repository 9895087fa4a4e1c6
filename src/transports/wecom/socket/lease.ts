import type Redis from 'ioredis';
import { randomId } from '../../../foundation/ids';

// A lost answer of an earlier try must not lock us out: our own claim is taken again, under a new number.
const take = `
local holder = redis.call('GET', KEYS[1])
if holder and string.sub(holder, 1, #ARGV[1]) ~= ARGV[1] then return 0 end
local fence = redis.call('INCR', KEYS[2])
redis.call('SET', KEYS[1], ARGV[1] .. ':' .. fence, 'PX', ARGV[2])
return fence`;
const extend = `if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end return redis.call('PEXPIRE', KEYS[1], ARGV[2])`;
const giveUp = `if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end return redis.call('DEL', KEYS[1])`;

/**
 * A claim on one thing that only one process may have, kept in Redis for a limited time. Every claim has a number that
 * grows: whoever holds an older one has lost it. All methods throw when Redis is away.
 */
export class Lease {
  private readonly me = randomId();

  constructor(
    private readonly redis: Redis,
    private readonly key: string,
    private readonly leaseMs: number,
  ) {}

  /** The claim's number; 0 while somebody else holds it. */
  async take(): Promise<number> {
    return Number(await this.redis.eval(take, 2, this.key, `${this.key}:fence`, this.me, this.leaseMs));
  }

  /** False when the claim is no longer ours. */
  async extend(fence: number): Promise<boolean> {
    return (await this.redis.eval(extend, 1, this.key, this.claim(fence), this.leaseMs)) === 1;
  }

  async holds(fence: number): Promise<boolean> {
    return (await this.redis.get(this.key)) === this.claim(fence);
  }

  async giveUp(fence: number): Promise<void> {
    await this.redis.eval(giveUp, 1, this.key, this.claim(fence));
  }

  private claim(fence: number): string {
    return `${this.me}:${fence}`;
  }
}
