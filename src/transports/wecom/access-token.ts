import { AppError } from '../../foundation/errors';
import { digest, randomId } from '../../foundation/ids';
import { call } from './api';
import { codeEntry } from './error-codes';
import type { WecomOptions } from './options';

interface Held {
  token: string;
  expiresAt: number;
}

const earlyMs = 300_000;
const lockMs = 10_000;

/**
 * The app's access token: shared in Redis, fetched by one process at a time and by one call at a time in it, from memory
 * with Redis away (wecom.md 5.1). A refused token is dropped only if it is still the one that was used.
 */
export class AccessToken {
  private held: Held | null = null;
  private fetching: Promise<string> | null = null;
  private readonly key: string;

  constructor(private readonly options: WecomOptions) {
    this.key = `${options.prefix}:wecom:token:${digest(`${options.corpId}:${options.app.agentId}:${options.apiBase}`)}`;
  }

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
    if (this.held?.token === used) this.held = null;
    const shared = await this.shared();
    if (shared?.token === used) await this.options.redis.del(this.key).catch(() => undefined);
  }

  private usable(held: Held | null): Held | null {
    return held && held.expiresAt - earlyMs > this.options.clock.now().getTime() ? held : null;
  }

  private async shared(): Promise<Held | null> {
    const text = await this.options.redis.get(this.key).catch(() => null);
    return text ? (JSON.parse(text) as Held) : null;
  }

  private async renew(): Promise<string> {
    const lock = `${this.key}:lock`;
    const mine = randomId();
    for (let tries = 0; tries < 40; tries += 1) {
      const shared = this.usable(await this.shared());
      if (shared) return this.keep(shared);
      const locked = await this.options.redis.set(lock, mine, 'PX', lockMs, 'NX').catch(() => 'OK');
      if (locked === 'OK') return this.fetch(lock, mine);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return this.fetch(lock, mine);
  }

  private keep(held: Held): string {
    this.held = held;
    return held.token;
  }

  private async fetch(lock: string, mine: string): Promise<string> {
    try {
      const held = await this.ask();
      await this.options.redis
        .set(this.key, JSON.stringify(held), 'PX', Math.max(1, held.expiresAt - this.options.clock.now().getTime()))
        .catch(() => undefined);
      return this.keep(held);
    } finally {
      const holder = await this.options.redis.get(lock).catch(() => null);
      if (holder === mine) await this.options.redis.del(lock).catch(() => undefined);
    }
  }

  private async ask(): Promise<Held> {
    const { apiBase, corpId, app, clock } = this.options;
    const url = new URL('/cgi-bin/gettoken', apiBase);
    url.search = new URLSearchParams({ corpid: corpId, corpsecret: app.secret }).toString();
    const result = await call(url);
    if (result.kind !== 'answer') throw new AppError('PLATFORM_UNREACHABLE', `gettoken: ${result.code}`);
    const { errcode = 0, access_token: token, expires_in: seconds } = result.answer;
    if (errcode !== 0) {
      const alarming = codeEntry(errcode).reaction === 'alert';
      throw new AppError(alarming ? 'PLATFORM_MISCONFIGURED' : 'PLATFORM_BUSY', `gettoken: ${errcode}. ${codeEntry(errcode).advice}`);
    }
    if (typeof token !== 'string' || typeof seconds !== 'number') throw new AppError('PLATFORM_UNREACHABLE', 'gettoken: unreadable answer');
    return { token, expiresAt: clock.now().getTime() + seconds * 1_000 };
  }
}
