import type { Clock } from '../foundation/clock';
import { AppError } from '../foundation/errors';
import { inTurn } from '../foundation/in-turn';
import type { Logger } from '../foundation/logger';
import { afterAsking, afterSend, later } from './after-send';
import { asLeadEnded, gather, holdUntil, joined, mark } from './digest';
import type { Platform } from './incoming';
import type { Ledger, LedgerPlan, LedgerRow, Recheck, Unconfirmed } from './ledger';
import { goingOn, outgoingOf, partsOf } from './long-text';
import type { OutboxStore, StoredRow } from './outbox-store';
import type { Sender, SendOutcome } from './outgoing';

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
const askedForMs = 86_400_000;
const mostAtOnce = 500;
/** Answers to what somebody has just asked go out at once, also at :00 and :30. */
const asked: ReadonlySet<string> = new Set(['private_reply', 'late_reply']);

/** What the operator has to do about it; stands in the log, where it is looked for. */
const adviceOf = (outcome: SendOutcome): { advice?: string } => {
  if (outcome.kind === 'refused') return { advice: outcome.reason };
  return outcome.kind === 'later' && outcome.advice ? { advice: outcome.advice } : {};
};

/** The ledger and its sender: at most once per key, and every planned row ends with a visible outcome. */
export class DurableOutbox implements Outbox {
  /** Whom this process is speaking to: a storm at one of them holds one worker, and the others are free for everybody else. */
  private readonly busy = new Set<string>();
  private readonly claiming = inTurn();
  private stopped = false;

  constructor(private readonly options: OutboxOptions) {}

  async plan(row: LedgerPlan): Promise<'planned' | 'already'> {
    const planned = await this.insert(row);
    if (planned) this.options.ring(row.body);
    return planned ? 'planned' : 'already';
  }

  async handOver(row: LedgerPlan, withinMs: number): Promise<boolean> {
    await this.insert(row);
    const id = `${row.body}:${row.key}`;
    const tried = this.tryNow(row.body, id).catch((error: unknown) => {
      this.options.logger.warn({ row: id, err: error }, 'a message could not be handed over at once; it follows');
      return false;
    });
    const waited = new Promise<false>((resolve) => setTimeout(() => resolve(false), withinMs).unref());
    const sent = await Promise.race([tried, waited]);
    if (!sent) this.options.ring(row.body);
    return sent;
  }

  /** True when the platform has the message. */
  private async tryNow(body: string, id: string): Promise<boolean> {
    const { store, clock } = this.options;
    const seen = await store.find(body, id);
    const free = seen?.state === 'planned' && seen.attempts === 0 && !this.busy.has(seen.target ?? id);
    const row = free ? await store.claimSeen(seen, later(clock.now(), leaseMs)) : null;
    if (row) {
      this.busy.add(row.target ?? id);
      await this.deliver(row).finally(() => this.busy.delete(row.target ?? id));
    }
    const state = row ? (await store.find(body, id))?.state : seen?.state;
    return state === 'sent';
  }

  /** What somebody waits for is of no use a day later. */
  private insert(row: LedgerPlan): Promise<boolean> {
    const now = this.options.clock.now();
    const first = asked.has(row.purpose) ? { asked: true as const, expiresAt: row.expiresAt ?? later(now, askedForMs) } : {};
    return this.options.store.insert({ ...row, ...first }, now);
  }

  unconfirmed(body: string, since: Date): Promise<Unconfirmed[]> {
    return this.options.store.unconfirmed(body, since);
  }

  history(body: string, memberId: string, purpose: string): Promise<LedgerRow[]> {
    return this.options.store.history(body, memberId, purpose);
  }

  async deliverDue(body: string): Promise<number> {
    let handled = 0;
    for (; handled < mostAtOnce && !this.stopped; handled += 1) {
      const row = await this.claiming(body, () => this.claim(body));
      if (!row) break;
      try {
        await this.deliver(row);
      } finally {
        this.busy.delete(row.target ?? row._id);
      }
    }
    return handled;
  }

  /** Finishes what it is sending and begins nothing more. */
  stop(): void {
    this.stopped = true;
  }

  private async claim(body: string): Promise<StoredRow | null> {
    const now = this.options.clock.now();
    const row = await this.options.store.claim(body, now, later(now, leaseMs), [...this.busy]);
    if (row) this.busy.add(row.target ?? row._id);
    return row;
  }

  private async deliver(row: StoredRow): Promise<void> {
    const { store, clock, logger } = this.options;
    try {
      if (row.ticket) return await this.askFor(row, row.ticket);
      const change = (await this.withoutSending(row, clock.now())) ?? (await this.heldBack(row));
      if (change) await store.settle(row, change);
      else await this.sendAll([row, ...(await this.companions(row))]);
    } catch (error) {
      if (error instanceof AppError && error.reaction === 'retry') throw error;
      logger.error({ code: 'UNEXPECTED', row: row._id, err: error }, 'a message could not be sent');
      await store.settle(row, afterSend(row, { kind: 'unknown', code: 'UNEXPECTED' }, this.attempt(row)));
    }
  }

  /** What ends or moves a row before any call is made; null when it is to be sent now. */
  private async withoutSending(row: StoredRow, now: Date): Promise<Partial<StoredRow> | null> {
    // What was begun is finished: half a message helps nobody.
    const begun = (row.partsSent ?? 0) > 0;
    // Tried in the future: by a clock that was wrong, so nobody knows how long ago.
    const triedLongAgo = row.firstTriedAt && Math.abs(now.getTime() - row.firstTriedAt.getTime()) >= this.repeatSafeMs(row);
    if (triedLongAgo)
      return (await asLeadEnded(this.options.store, row, now)) ?? { state: 'unknown', settledAt: now, outcome: 'sender died' };
    if (begun) return this.unsendable(row, now);
    if (row.expiresAt && row.expiresAt <= now) return { state: 'skipped', settledAt: now, outcome: 'expired' };
    const verdict: Awaited<ReturnType<Recheck>> = (await this.options.rechecks[row.purpose]?.(row, now)) ?? { go: true };
    if ('skip' in verdict) return { state: 'skipped', settledAt: now, outcome: verdict.skip };
    if ('notBefore' in verdict) return { state: 'planned', dueAt: verdict.notBefore };
    // Once tried, the text stays: only an identical message is suppressed by the platform.
    if (verdict.text && verdict.text !== row.text && !row.firstTriedAt) {
      row.text = verdict.text;
      await this.options.store.settle(row, { text: verdict.text });
    }
    if (!(await this.addressed(row))) return { state: 'skipped', settledAt: now, outcome: 'account left' };
    return this.unsendable(row, now);
  }

  private unsendable({ platform }: StoredRow, now: Date): Partial<StoredRow> | null {
    return this.options.senders[platform] ? null : { state: 'refused', settledAt: now, outcome: 'no way out to this platform' };
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

  /** Where calls must be saved, what nobody waits for is held until others of the member can go with it. */
  private async heldBack(row: StoredRow): Promise<Partial<StoredRow> | null> {
    const now = this.options.clock.now();
    const until = asked.has(row.purpose) || row.partsSent ? null : holdUntil(row, now);
    if (!until || !(await this.options.senders[row.platform]?.sparing?.())) return null;
    return { state: 'planned', dueAt: until, heldSince: now };
  }

  /** None for what was not held, or is long enough for several messages. */
  private async companions(row: StoredRow): Promise<StoredRow[]> {
    const { store, clock, rechecks, senders } = this.options;
    if (!row.heldSince || partsOf(row, senders[row.platform])) return [];
    const now = clock.now();
    return gather(row, {
      store,
      now,
      leaseUntil: later(now, leaseMs),
      without: [...asked],
      single: (purpose) => purpose in rechecks,
      check: (each) => this.withoutSending(each, now),
    });
  }

  /** One message for all of them; every row gets its outcome. */
  private async sendAll(rows: readonly [StoredRow, ...StoredRow[]]): Promise<void> {
    const { store, clock, logger, senders } = this.options;
    const [lead] = rows;
    const alone = rows.length === 1;
    const firstTriedAt = lead.firstTriedAt ?? clock.now();
    const marked = alone ? await this.markAlone(lead, firstTriedAt) : await mark(store, rows, firstTriedAt);
    if (marked.length === 0) return;
    const outgoing = outgoingOf(lead, asked.has(lead.purpose));
    const outcome = await senders[lead.platform]?.send(alone ? outgoing : { ...outgoing, text: joined(marked) });
    if (!outcome) return;
    const { kind } = outcome;
    if (kind !== 'sent' && kind !== 'taken')
      logger.warn(
        { row: lead._id, purpose: lead.purpose, rows: marked.length, outcome: kind, code: outcome.code, ...adviceOf(outcome) },
        'a message was not sent',
      );
    for (const row of marked) {
      const change = afterSend(row, outcome, alone ? this.attempt(row) : { now: clock.now(), repeatSafeMs: 0 });
      await store.settle(row, kind === 'later' && !alone ? { ...change, digest: null } : goingOn(row, change));
    }
  }

  /** Writes down that the row, or the next part of it, is about to go; none when somebody else holds it by now. */
  private async markAlone(row: StoredRow, firstTriedAt: Date): Promise<StoredRow[]> {
    const parts = partsOf(row, this.options.senders[row.platform]);
    const held = await this.options.store.settle(row, { firstTriedAt, ...(parts || row.parts ? { parts } : {}) });
    row.parts = parts;
    return held ? [row] : [];
  }

  private async askFor(row: StoredRow, ticket: string): Promise<void> {
    const { store, clock, senders } = this.options;
    const outcome = (await senders[row.platform]?.resolve?.(ticket)) ?? { kind: 'unknown', code: 'nobody to ask' };
    await store.settle(row, goingOn(row, afterAsking(row, outcome, clock.now())));
  }

  private attempt(row: StoredRow): { now: Date; repeatSafeMs: number } {
    return { now: this.options.clock.now(), repeatSafeMs: this.repeatSafeMs(row) };
  }

  // No platform notices a repetition in a group, and a message of several rows is never put together again in the same way.
  private repeatSafeMs({ platform, to, digest }: StoredRow): number {
    return digest || 'chatId' in to ? 0 : (this.options.senders[platform]?.repeatSafeMs ?? 0);
  }
}
