import type { Connection } from 'mongoose';
import { batchedInserts, batchedUpdates } from '../foundation/batched-writes';
import { insertedOnce, orUnavailable } from '../foundation/mongo';
import type { Card } from './card';
import type { Incoming, Received } from './incoming';

/** received → claimed(fence, until) → done(reply) | parked(reason). */
export interface InboxRow {
  _id: string;
  body: string;
  incoming: Received;
  state: 'claimed' | 'done' | 'parked';
  /** Grows with each claim: a worker that was frozen and overtaken cannot finish the row any more. */
  fence: number;
  claimedUntil: Date;
  receivedAt: Date;
  reply?: string | null;
  card?: Card;
  parked?: string;
}

type Finished = { state: 'done'; reply: string; card?: Card } | { state: 'parked'; parked: string };

/** Whose conversation, and not longer ago. */
export interface LastSaid {
  body: string;
  platform: Incoming['platform'];
  senderId: string;
  chatId: string;
  after: Date;
}

export interface InboxStore {
  /** The acknowledgement point: one insert whose _id is the event. False when the event was here before. */
  insert(row: InboxRow): Promise<boolean>;
  find(body: string, key: string): Promise<InboxRow | null>;
  /** Takes over a row whose lease has run out; null when somebody else holds it. */
  takeOver(body: string, key: string, now: Date, until: Date): Promise<InboxRow | null>;
  /** Keys of rows left unfinished by a crash, oldest first. */
  abandoned(body: string, now: Date): Promise<string[]>;
  /** Closes the row unless somebody else has taken it over. What was typed is not kept then, also when it could not be handled: it may name people (C17). */
  finish(row: InboxRow, result: Finished): Promise<void>;
  /** What was answered last in a conversation and fits; null for nothing. */
  lastSaid(where: LastSaid, fits: (said: string) => boolean): Promise<string | null>;
  ensureIndexes(): Promise<void>;
}

/** Longer than any lease: what is claimed until then was claimed by a clock that was wrong, and nobody comes back for it. */
const noLeaseMs = 600_000;
const overdue = (now: Date) => ({ $or: [{ claimedUntil: { $lt: now } }, { claimedUntil: { $gt: new Date(now.getTime() + noLeaseMs) } }] });

const personal = ['quoted', 'lateReply'] as const;
const keptSeconds = 30 * 86_400;
const mostLookedAt = 10;

/** Inbox rows in MongoDB; redeliveries are recognised for 30 days, far longer than any platform retries. */
export class MongoInboxStore implements InboxStore {
  private readonly rows;
  private readonly add;
  private readonly close;

  constructor(connection: Connection) {
    this.rows = connection.collection<InboxRow>('inbox');
    this.add = batchedInserts<InboxRow>(connection, 'inbox');
    this.close = batchedUpdates<InboxRow>(connection, 'inbox');
  }

  insert(row: InboxRow): Promise<boolean> {
    return insertedOnce(() => this.add(row));
  }

  find(body: string, key: string): Promise<InboxRow | null> {
    return orUnavailable(() => this.rows.findOne({ _id: key, body }));
  }

  takeOver(body: string, key: string, now: Date, until: Date): Promise<InboxRow | null> {
    const abandoned = { _id: key, body, state: 'claimed' as const, ...overdue(now) };
    const claim = { $set: { claimedUntil: until }, $inc: { fence: 1 } };
    return orUnavailable(() => this.rows.findOneAndUpdate(abandoned, claim, { returnDocument: 'after' }));
  }

  async abandoned(body: string, now: Date): Promise<string[]> {
    const filter = { body, state: 'claimed' as const, ...overdue(now) };
    const found = await orUnavailable(() =>
      this.rows
        .find(filter, { projection: { _id: 1 } })
        .sort({ claimedUntil: 1 })
        .limit(100)
        .toArray(),
    );
    return found.map((row) => row._id);
  }

  finish(row: InboxRow, result: Finished): Promise<void> {
    const filter = { _id: row._id, body: row.body, state: 'claimed' as const, fence: row.fence };
    const there = personal.filter((field) => row.incoming[field] !== undefined).map((field) => [`incoming.${field}`, '']);
    const taken = there.length > 0 ? { $unset: Object.fromEntries(there) } : {};
    return this.close({ filter, change: { $set: { ...result, 'incoming.text': '' }, ...taken } });
  }

  async lastSaid({ body, platform, senderId, chatId, after }: LastSaid, fits: (said: string) => boolean): Promise<string | null> {
    const conversation = { 'incoming.platform': platform, 'incoming.senderId': senderId, 'incoming.chat.id': chatId };
    const filter = { receivedAt: { $gt: after }, body, state: 'done' as const, ...conversation };
    const said = await orUnavailable(() =>
      this.rows
        .find(filter, { projection: { reply: 1 } })
        .sort({ receivedAt: -1 })
        .limit(mostLookedAt)
        .toArray(),
    );
    return said.map(({ reply }) => reply ?? '').find(fits) ?? null;
  }

  async ensureIndexes(): Promise<void> {
    // Only of rows that are still open: the sweep asks for no others, and nearly all are closed at once.
    await this.rows.createIndex({ body: 1, claimedUntil: 1 }, { partialFilterExpression: { state: 'claimed' } });
    await this.rows.createIndex({ receivedAt: 1 }, { expireAfterSeconds: keptSeconds });
  }
}
