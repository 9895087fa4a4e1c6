import type { Connection, mongo } from 'mongoose';
import { batchedInserts } from '../foundation/batched-writes';
import { insertedOnce, orUnavailable } from '../foundation/mongo';
import type { LedgerPlan, LedgerRow, Unconfirmed } from './ledger';

/** A ledger row as stored. `claimedUntil` and `fence` belong to the worker that is sending it. */
export interface StoredRow extends LedgerRow {
  _id: string;
  /** Somebody has just asked for it: it goes before what nobody waits for. */
  asked?: true;
  /** The person or chat it is for: one process speaks to each of them in one message after the other. */
  target?: string;
  fence: number;
  claimedUntil?: Date;
  /** Set before the first call whose effect may have happened: from then on a crash leaves the outcome unknown. */
  firstTriedAt?: Date | null;
  /** The platform has it under this ticket: what became of it is asked, nothing is sent any more. */
  ticket?: string | null;
  /** Since when it waits for others of the same member, to go out in one message. */
  heldSince?: Date;
  /** The messages that a long text goes out in, written down before the first of them goes. */
  parts?: readonly string[] | null;
  /** How many of the parts have gone: from the first on the row is finished as it was begun. */
  partsSent?: number;
  /** The message it went out in: the row that leads it, and that row's fence then. */
  digest?: Digest | null;
}

/** Whom a message reaches in the end: an address for a late answer is that of the person who asked. */
function targetOf(to: LedgerPlan['to']): string {
  if ('userId' in to) return to.userId;
  return 'chatId' in to ? to.chatId : (to.orUserId ?? to.lateReply);
}

interface Digest {
  lead: string;
  fence: number;
}

export interface OutboxStore {
  insert(plan: LedgerPlan & Pick<StoredRow, 'asked'>, now: Date): Promise<boolean>;
  /** The next row that is due, what was asked for first, or whose sender died; null when there is none but for `busy` targets. */
  claim(body: string, now: Date, until: Date, busy?: readonly string[]): Promise<StoredRow | null>;
  /** Rows that could go out in one message with this one: of the same member, held or due, never tried, without buttons. */
  companions(row: StoredRow, now: Date, without: readonly string[]): Promise<StoredRow[]>;
  /** Claims a row as it was seen; null when it has changed since. */
  claimSeen(row: StoredRow, until: Date): Promise<StoredRow | null>;
  find(body: string, id: string): Promise<StoredRow | null>;
  /** Only the holder of the fence may change its row. False: somebody else holds it now. A settled row keeps its outcome, not its words. */
  settle(row: StoredRow, change: Partial<StoredRow>): Promise<boolean>;
  history(body: string, memberId: string, purpose: string): Promise<LedgerRow[]>;
  unconfirmed(body: string, since: Date): Promise<Unconfirmed[]>;
  counts(body: string): Promise<Record<string, number>>;
  ensureIndexes(): Promise<void>;
}

/** Longer than any lease: what is claimed until then was claimed by a clock that was wrong. */
const noLeaseMs = 600_000;
const mostCompanions = 20;
/** Two quarters: whether somebody was reminded in this one is asked of the rows. */
const keptSeconds = 184 * 86_400;
const states = ['planned', 'claimed', 'sent', 'refused', 'unknown', 'skipped'] as const;

export class MongoOutboxStore implements OutboxStore {
  private readonly rows;
  private readonly add;

  constructor(connection: Connection) {
    this.rows = connection.collection<StoredRow>('outbox');
    this.add = batchedInserts<StoredRow>(connection, 'outbox');
  }

  async insert(plan: LedgerPlan & Pick<StoredRow, 'asked'>, now: Date): Promise<boolean> {
    const beginning = { state: 'planned', plannedAt: now, attempts: 0, fence: 0 } as const;
    const row: StoredRow = { _id: `${plan.body}:${plan.key}`, ...plan, target: targetOf(plan.to), ...beginning };
    return insertedOnce(() => this.add(row));
  }

  async claim(body: string, now: Date, until: Date, busy: readonly string[] = []): Promise<StoredRow | null> {
    const others = busy.length > 0 ? { target: { $nin: [...busy] } } : {};
    const due: mongo.Filter<StoredRow>[] = [
      { body, asked: true, state: 'planned', dueAt: { $lte: now }, ...others },
      { body, state: 'planned', dueAt: { $lte: now }, ...others },
      { body, state: 'claimed', claimedUntil: { $lt: now }, ...others },
      { body, state: 'claimed', claimedUntil: { $gt: new Date(now.getTime() + noLeaseMs) }, ...others },
    ];
    const change = { $set: { state: 'claimed' as const, claimedUntil: until }, $inc: { fence: 1 } };
    for (const filter of due) {
      const row = await orUnavailable(() => this.rows.findOneAndUpdate(filter, change, { sort: { dueAt: 1 }, returnDocument: 'after' }));
      if (row) return row;
    }
    return null;
  }

  companions({ _id, body, platform, to }: StoredRow, now: Date, without: readonly string[]): Promise<StoredRow[]> {
    if (!('userId' in to)) return Promise.resolve([]);
    const filter = {
      body,
      platform,
      'to.userId': to.userId,
      state: 'planned' as const,
      _id: { $ne: _id },
      purpose: { $nin: [...without] },
      firstTriedAt: null,
      ticket: null,
      parts: null,
      card: { $exists: false },
      $or: [{ heldSince: { $exists: true } }, { dueAt: { $lte: now } }],
    };
    return orUnavailable(() => this.rows.find(filter).sort({ dueAt: 1 }).limit(mostCompanions).toArray());
  }

  claimSeen({ _id, body, fence }: StoredRow, until: Date): Promise<StoredRow | null> {
    const change = { $set: { state: 'claimed' as const, claimedUntil: until }, $inc: { fence: 1 } };
    return orUnavailable(() => this.rows.findOneAndUpdate({ _id, body, state: 'planned', fence }, change, { returnDocument: 'after' }));
  }

  find(body: string, id: string): Promise<StoredRow | null> {
    return orUnavailable(() => this.rows.findOne({ _id: id, body }));
  }

  async settle(row: StoredRow, change: Partial<StoredRow>): Promise<boolean> {
    const held = { _id: row._id, body: row.body, fence: row.fence, state: 'claimed' as const };
    const words = change.settledAt ? { $unset: { card: '' as const } } : {};
    const updated = await orUnavailable(() =>
      this.rows.updateOne(held, { $set: { ...change, ...(change.settledAt ? { text: '', parts: null } : {}) }, ...words }),
    );
    return updated.matchedCount === 1;
  }

  history(body: string, memberId: string, purpose: string): Promise<LedgerRow[]> {
    return orUnavailable(() => this.rows.find({ body, memberId, purpose }).sort({ plannedAt: -1 }).limit(100).toArray());
  }

  unconfirmed(body: string, since: Date): Promise<Unconfirmed[]> {
    const filter = { body, state: { $in: ['unknown', 'refused'] as const }, plannedAt: { $gte: since } };
    const projection = { _id: 0, key: 1, purpose: 1, memberId: 1, platform: 1, state: 1, plannedAt: 1, outcome: 1 };
    const found = () =>
      this.rows
        .find<Unconfirmed>(filter as mongo.Filter<StoredRow>, { projection })
        .sort({ plannedAt: -1 })
        .limit(200)
        .toArray();
    return orUnavailable(found);
  }

  async counts(body: string): Promise<Record<string, number>> {
    const numbers = await orUnavailable(() => Promise.all(states.map((state) => this.rows.countDocuments({ body, state }))));
    return Object.fromEntries(states.map((state, at) => [state, numbers[at] ?? 0]));
  }

  async ensureIndexes(): Promise<void> {
    await this.rows.createIndex({ body: 1, asked: 1, state: 1, dueAt: 1 });
    await this.rows.createIndex({ body: 1, state: 1, dueAt: 1 });
    await this.rows.createIndex({ body: 1, state: 1, claimedUntil: 1 });
    await this.rows.createIndex({ body: 1, 'to.userId': 1, state: 1 });
    await this.rows.createIndex({ body: 1, memberId: 1, purpose: 1, plannedAt: -1 });
    await this.rows.createIndex({ settledAt: 1 }, { expireAfterSeconds: keptSeconds });
  }
}
