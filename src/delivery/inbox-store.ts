import type { Connection } from 'mongoose';
import { insertedOnce, orUnavailable } from '../foundation/mongo';
import type { Card } from './card';
import type { Incoming } from './incoming';

/** received → claimed(fence, until) → done(reply) | parked(reason). */
export interface InboxRow {
  _id: string;
  body: string;
  incoming: Incoming;
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

export interface InboxStore {
  /** The acknowledgement point: one insert whose _id is the event. False when the event was here before. */
  insert(row: InboxRow): Promise<boolean>;
  find(body: string, key: string): Promise<InboxRow | null>;
  /** Takes over a row whose lease has run out; null when somebody else holds it. */
  takeOver(body: string, key: string, now: Date, until: Date): Promise<InboxRow | null>;
  /** Keys of rows left unfinished by a crash, oldest first. */
  abandoned(body: string, now: Date): Promise<string[]>;
  /** Closes the row. What was typed is not kept once it has been dealt with: it may name people or secrets (C17). */
  finish(row: InboxRow, result: Finished): Promise<boolean>;
  ensureIndexes(): Promise<void>;
}

const withPersonalData = { 'incoming.quoted': '', 'incoming.lateReply': '' } as const;
const keptSeconds = 30 * 86_400;

/** Inbox rows in MongoDB; redeliveries are recognised for 30 days, far longer than any platform retries. */
export class MongoInboxStore implements InboxStore {
  private readonly rows;

  constructor(connection: Connection) {
    this.rows = connection.collection<InboxRow>('inbox');
  }

  insert(row: InboxRow): Promise<boolean> {
    return insertedOnce(() => this.rows.insertOne(row));
  }

  find(body: string, key: string): Promise<InboxRow | null> {
    return orUnavailable(() => this.rows.findOne({ _id: key, body }));
  }

  takeOver(body: string, key: string, now: Date, until: Date): Promise<InboxRow | null> {
    const abandoned = { _id: key, body, state: 'claimed' as const, claimedUntil: { $lt: now } };
    const claim = { $set: { claimedUntil: until }, $inc: { fence: 1 } };
    return orUnavailable(() => this.rows.findOneAndUpdate(abandoned, claim, { returnDocument: 'after' }));
  }

  async abandoned(body: string, now: Date): Promise<string[]> {
    const filter = { body, state: 'claimed' as const, claimedUntil: { $lt: now } };
    const found = await orUnavailable(() =>
      this.rows
        .find(filter, { projection: { _id: 1 } })
        .sort({ claimedUntil: 1 })
        .limit(100)
        .toArray(),
    );
    return found.map((row) => row._id);
  }

  async finish(row: InboxRow, result: Finished): Promise<boolean> {
    const held = { _id: row._id, body: row.body, state: 'claimed' as const, fence: row.fence };
    const change = result.state === 'done' ? { $set: { ...result, 'incoming.text': '' }, $unset: withPersonalData } : { $set: result };
    const updated = await orUnavailable(() => this.rows.updateOne(held, change));
    return updated.modifiedCount === 1;
  }

  async ensureIndexes(): Promise<void> {
    await this.rows.createIndex({ body: 1, state: 1, claimedUntil: 1 });
    await this.rows.createIndex({ receivedAt: 1 }, { expireAfterSeconds: keptSeconds });
  }
}
