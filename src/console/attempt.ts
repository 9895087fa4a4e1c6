import { timingSafeEqual } from 'node:crypto';
import { randomId } from '../foundation/ids';
import type { Platform } from '../organisation/service';

/** A sign-in under way. It lies in the browser's own cookie; `state` goes to the platform and has to come back to this browser. */
export interface Attempt {
  state: string;
  platform: Platform;
  startedAt: Date;
  /** A path of ours. */
  to: string;
}

export const attemptMs = 600_000;

/** One of `destinations`; whatever else is asked for becomes the first of them. */
export const destinationOf = (asked: unknown, destinations: readonly string[]): string =>
  destinations.find((path) => path === asked) ?? destinations[0] ?? '/';

export const newAttempt = (platform: Platform, to: string, now: Date): Attempt => ({
  state: randomId(16),
  platform,
  startedAt: now,
  to,
});

export const writeAttempt = ({ state, platform, startedAt, to }: Attempt): string => [state, platform, startedAt.getTime(), to].join('|');

/** The attempt in a cookie; null for none, a garbled one, one that is too old or lies in the future. */
export function readAttempt(cookie: string | undefined, now: Date, destinations: readonly string[]): Attempt | null {
  const [state = '', platform = '', started = '', to = ''] = (cookie ?? '').split('|');
  if (!/^[0-9a-f]{32}$/.test(state) || !/^\d{13}$/.test(started) || (platform !== 'wecom' && platform !== 'dingtalk')) return null;
  const age = now.getTime() - Number(started);
  if (age < 0 || age > attemptMs) return null;
  return { state, platform, startedAt: new Date(Number(started)), to: destinationOf(to, destinations) };
}

export function isSameState(attempt: Attempt, state: unknown): boolean {
  const [ours, theirs] = [Buffer.from(attempt.state), Buffer.from(typeof state === 'string' ? state : '')];
  return ours.length === theirs.length && timingSafeEqual(ours, theirs);
}
