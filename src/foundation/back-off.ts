import { randomInt } from 'node:crypto';

/**
 * How long to wait before try number `attempt` (1 is the first repetition): doubling from `firstMs` up to `mostMs`, and of
 * that a random part between half and all, so that many clients do not come back at once.
 */
export function jitteredBackOff(attempt: number, { firstMs, mostMs }: { firstMs: number; mostMs: number }): number {
  const whole = Math.min(mostMs, firstMs * 2 ** Math.min(30, Math.max(0, attempt - 1)));
  return Math.ceil(whole / 2) + randomInt(Math.floor(whole / 2) + 1);
}
