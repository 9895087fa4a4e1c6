import type Redis from 'ioredis';
import type { Clock } from '../foundation/clock';
import { randomId } from '../foundation/ids';

export interface HeldToken {
  token: string;
  /** Milliseconds since 1970. */
  expiresAt: number;
}

interface SharedTokenOptions {
  redis: Redis;
  clock: Clock;
  /** Where it lies in Redis: different for every app and API address. */
  key: string;
  /** Fetches a new one from the platform. Throws AppError when it will not or cannot give one. */
  ask: () => Promise<HeldToken>;
}

const earlyMs = 300_000;
/** A process that was killed holds its lock no longer than this: asking twice is harmless, everybody waiting is not. */
const lockMs = 1_500;
const mostWaits = 10;
const waitMs = 100;

/**
 * An app's access token: shared in Redis, fetched by one process at a time and by one call at a time in it, from memory
 * with Redis away. A refused token is dropped only if it is still the one that was used.
 */
export class SharedToken {
  private held: HeldToken | null = null;
  private fetching: Promise<string> | null = null;
  /** The last one the platform refused: it may still lie in Redis, or come from there once more. */
  private refused: string | null = null;

  constructor(private readonly options: SharedTokenOptions) {}

  async get(): Promise<string> {
    const held = this.usable(this.held);
    if (held) return held.token;
    this.fetching ??= this.renew().finally(() => {
      this.fetching = null;
    });
    return this.fetching;
  }

  /** The platform refused this token: forget it, here and in Redis, unless somebody has renewed it meanwhile. */
  async drop(used: string): Promise<void> {
    this.refused = used;
    if (this.held?.token === used) this.held = null;
    const shared = await this.shared();
    if (shared?.token === used) await this.options.redis.del(this.options.key).catch(() => undefined);
  }

  private usable(held: HeldToken | null): HeldToken | null {
    return held && held.token !== this.refused && held.expiresAt - earlyMs > this.options.clock.now().getTime() ? held : null;
  }

  private async shared(): Promise<HeldToken | null> {
    const text = await this.options.redis.get(this.options.key).catch(() => null);
    return text ? (JSON.parse(text) as HeldToken) : null;
  }

  private async renew(): Promise<string> {
    const lock = `${this.options.key}:lock`;
    const mine = randomId();
    for (let tries = 0; tries < mostWaits; tries += 1) {
      const shared = this.usable(await this.shared());
      if (shared) return this.keep(shared);
      const locked = await this.options.redis.set(lock, mine, 'PX', lockMs, 'NX').catch(() => 'OK');
      if (locked === 'OK') return this.fetch(lock, mine);
      await new Promise((resolve) => setTimeout(resolve, waitMs));
    }
    return this.fetch(lock, mine);
  }

  private keep(held: HeldToken): string {
    this.held = held;
    return held.token;
  }

  private async fetch(lock: string, mine: string): Promise<string> {
    const { redis, clock, key, ask } = this.options;
    try {
      const held = await ask();
      // The platform itself gives it out again: then it is good.
      if (held.token === this.refused) this.refused = null;
      await redis.set(key, JSON.stringify(held), 'PX', Math.max(1, held.expiresAt - clock.now().getTime())).catch(() => undefined);
      return this.keep(held);
    } finally {
      const holder = await redis.get(lock).catch(() => null);
      if (holder === mine) await redis.del(lock).catch(() => undefined);
    }
  }
}
