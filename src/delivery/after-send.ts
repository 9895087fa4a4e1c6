import type { StoredRow } from './outbox-store';
import type { SendOutcome } from './outgoing';

const mostTries = 8;
const minute = 60_000;

export const later = (now: Date, ms: number): Date => new Date(now.getTime() + ms);
/** 1, 2, 4 … at most 10 minutes. */
const backOff = (attempts: number): number => Math.min(10, 2 ** Math.max(0, attempts - 1)) * minute;

interface Attempt {
  now: Date;
  /** Of the sender: how long an unknown outcome may be tried again. */
  repeatSafeMs: number;
}

/** What a row becomes after an attempt to send it. Pure. */
export function afterSend(
  row: Pick<StoredRow, 'attempts' | 'firstTriedAt'>,
  outcome: SendOutcome,
  { now, repeatSafeMs }: Attempt,
): Partial<StoredRow> {
  const attempts = row.attempts + 1;
  const firstTriedAt = row.firstTriedAt ?? now;
  if (outcome.kind === 'sent') return { state: 'sent', attempts, settledAt: now, outcome: outcome.platformId ?? 'sent' };
  if (outcome.kind === 'refused') return { state: 'refused', attempts, settledAt: now, outcome: outcome.code };
  if (outcome.kind === 'taken') return { state: 'planned', attempts, ticket: outcome.ticket, dueAt: later(now, outcome.askAfterMs) };
  const untrusted = outcome.kind === 'unknown' && now.getTime() - firstTriedAt.getTime() >= repeatSafeMs;
  if (attempts >= mostTries || untrusted) {
    return { state: outcome.kind === 'unknown' ? 'unknown' : 'refused', attempts, settledAt: now, outcome: outcome.code };
  }
  const again = { state: 'planned', outcome: outcome.code } as const;
  if (outcome.kind === 'unknown') return { ...again, attempts, dueAt: later(now, backOff(attempts)) };
  // A wait that the platform asked for is not an attempt that failed, and nothing can have arrived by it.
  return { ...again, attempts: row.attempts, dueAt: later(now, outcome.afterMs), firstTriedAt: row.firstTriedAt ?? null };
}

/**
 * What a row becomes after its ticket was asked for: settled, asked again, or sent again because the platform says it was not
 * ('later'); at most eight times altogether. Pure.
 */
export function afterAsking(row: Pick<StoredRow, 'attempts'>, outcome: SendOutcome, now: Date): Partial<StoredRow> {
  const attempts = row.attempts + 1;
  if (outcome.kind === 'sent') return { state: 'sent', attempts, settledAt: now, outcome: outcome.platformId ?? 'sent' };
  if (outcome.kind === 'refused') return { state: 'refused', attempts, settledAt: now, outcome: outcome.code };
  const code = outcome.kind === 'taken' ? 'no result' : outcome.code;
  if (attempts >= mostTries) return { state: outcome.kind === 'later' ? 'refused' : 'unknown', attempts, settledAt: now, outcome: code };
  if (outcome.kind !== 'later') return { state: 'planned', attempts, dueAt: later(now, backOff(attempts)) };
  return { state: 'planned', attempts, outcome: code, ticket: null, firstTriedAt: null, dueAt: later(now, outcome.afterMs) };
}
