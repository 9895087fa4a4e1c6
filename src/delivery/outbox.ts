import type { Clock } from '../foundation/clock';
import { AppError } from '../foundation/errors';
import type { Logger } from '../foundation/logger';
import type { Platform } from './incoming';
import type { Ledger, LedgerPlan, LedgerRow, Recheck } from './ledger';
import type { OutboxStore, StoredRow } from './outbox-store';
import type { Outgoing, Sender, SendOutcome } from './outgoing';

export interface OutboxOptions {
  store: OutboxStore;
  /** How each platform is reached. */
  senders: Partial<Record<Platform, Sender>>;
  /** By purpose: asked just before sending. A purpose without one is always sent. */
  rechecks: Record<string, Recheck>;
  /** Where the person a row is for is reached by now; null: nowhere any more. Absent: where the row says. */
  whereNow?(row: LedgerRow & { to: { userId: string } }): Promise<{ platform: Platform; userId: string } | null>;
  /** Called after a row is planned: rings the queue's doorbell; its failure costs latency only. */
  ring(body: string): void;
  clock: Clock;
  logger: Logger;
}

export interface Outbox extends Ledger {
  /** Sends what is due, one row after the other; returns how many rows it settled or moved. */
  deliverDue(body: string): Promise<number>;
}

/** Longer than any send takes (5 s and one repetition with a fresh token). */
const leaseMs = 15_000;
const mostAtOnce = 500;
/** Answers to what somebody has just asked go out at once, also at :00 and :30. */
const asked: ReadonlySet<string> = new Set(['private_reply', 'late_reply']);
const mostTries = 8;
const minute = 60_000;

const later = (now: Date, ms: number): Date => new Date(now.getTime() + ms);
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
  const untrusted = outcome.kind === 'unknown' && now.getTime() - firstTriedAt.getTime() >= repeatSafeMs;
  if (attempts >= mostTries || untrusted) {
    return { state: outcome.kind === 'unknown' ? 'unknown' : 'refused', attempts, settledAt: now, outcome: outcome.code };
  }
  const again = { state: 'planned', outcome: outcome.code } as const;
  if (outcome.kind === 'unknown') return { ...again, attempts, dueAt: later(now, backOff(attempts)) };
  // A wait that the platform asked for is not an attempt that failed, and nothing can have arrived by it.
  return { ...again, attempts: row.attempts, dueAt: later(now, outcome.afterMs), firstTriedAt: row.firstTriedAt ?? null };
}

function outgoingOf({ body, platform, to, format, text, card, mentions, purpose }: StoredRow): Outgoing {
  return { body, platform, to, format, text, ...(card ? { card } : {}), ...(mentions ? { mentions } : {}), asked: asked.has(purpose) };
}

/** The ledger and its sender: at most once per key, and every planned row ends with a visible outcome (reliability.md B1–B3). */
export class DurableOutbox implements Outbox {
  constructor(private readonly options: OutboxOptions) {}

  async plan(row: LedgerPlan): Promise<'planned' | 'already'> {
    const planned = await this.options.store.insert(row, this.options.clock.now());
    if (planned) this.options.ring(row.body);
    return planned ? 'planned' : 'already';
  }

  history(body: string, memberId: string, purpose: string): Promise<LedgerRow[]> {
    return this.options.store.history(body, memberId, purpose);
  }

  async deliverDue(body: string): Promise<number> {
    let handled = 0;
    for (; handled < mostAtOnce; handled += 1) {
      const now = this.options.clock.now();
      const row = await this.options.store.claim(body, now, later(now, leaseMs));
      if (!row) break;
      await this.deliver(row);
    }
    return handled;
  }

  private async deliver(row: StoredRow): Promise<void> {
    const { store, clock, logger } = this.options;
    try {
      const change = (await this.withoutSending(row, clock.now())) ?? (await this.send(row));
      if (change) await store.settle(row, change);
    } catch (error) {
      if (error instanceof AppError && error.reaction === 'retry') throw error;
      logger.error({ code: 'UNEXPECTED', row: row._id, err: error }, 'a message could not be sent');
      await store.settle(
        row,
        afterSend(row, { kind: 'unknown', code: 'UNEXPECTED' }, { now: clock.now(), repeatSafeMs: this.repeatSafeMs(row) }),
      );
    }
  }

  /** What ends or moves a row before any call is made; null when it is to be sent now. */
  private async withoutSending(row: StoredRow, now: Date): Promise<Partial<StoredRow> | null> {
    if (row.expiresAt && row.expiresAt <= now) return { state: 'skipped', settledAt: now, outcome: 'expired' };
    const triedLongAgo = row.firstTriedAt && now.getTime() - row.firstTriedAt.getTime() >= this.repeatSafeMs(row);
    if (triedLongAgo) return { state: 'unknown', settledAt: now, outcome: 'sender died' };
    const verdict: Awaited<ReturnType<Recheck>> = (await this.options.rechecks[row.purpose]?.(row, now)) ?? { go: true };
    if ('skip' in verdict) return { state: 'skipped', settledAt: now, outcome: verdict.skip };
    if ('notBefore' in verdict) return { state: 'planned', dueAt: verdict.notBefore };
    // Once tried, the text stays: only an identical message is suppressed by the platform.
    if (verdict.text && verdict.text !== row.text && !row.firstTriedAt) {
      row.text = verdict.text;
      await this.options.store.settle(row, { text: verdict.text });
    }
    if (!(await this.addressed(row))) return { state: 'skipped', settledAt: now, outcome: 'account left' };
    if (!this.options.senders[row.platform]) return { state: 'refused', settledAt: now, outcome: 'no way out to this platform' };
    return null;
  }

  /** Sends the row where its person is by now; false when that is nowhere. Once tried it stays: the first may have arrived. */
  private async addressed(row: StoredRow): Promise<boolean> {
    const { to, platform } = row;
    if (!this.options.whereNow || !('userId' in to) || row.firstTriedAt) return true;
    const now = await this.options.whereNow({ ...row, to });
    if (!now) return false;
    if (now.platform === platform && now.userId === to.userId) return true;
    row.platform = now.platform;
    row.to = { userId: now.userId };
    return this.options.store.settle(row, { platform: row.platform, to: row.to });
  }

  private async send(row: StoredRow): Promise<Partial<StoredRow> | null> {
    const { store, clock, logger, senders } = this.options;
    if (!(await store.settle(row, { firstTriedAt: row.firstTriedAt ?? clock.now() }))) return null;
    const outcome = await senders[row.platform]?.send(outgoingOf(row));
    if (!outcome) return null;
    if (outcome.kind !== 'sent')
      logger.warn({ row: row._id, purpose: row.purpose, outcome: outcome.kind, code: outcome.code }, 'a message was not sent');
    return afterSend(row, outcome, { now: clock.now(), repeatSafeMs: this.repeatSafeMs(row) });
  }

  // No platform notices a repetition in a group.
  private repeatSafeMs({ platform, to }: StoredRow): number {
    return 'chatId' in to ? 0 : (this.options.senders[platform]?.repeatSafeMs ?? 0);
  }
}
