import type { Connection } from 'mongoose';
import { digest } from '../foundation/ids';
import { insertedOnce, orUnavailable } from '../foundation/mongo';
import type { ContactChange, ContactChanges } from './contact-change';

const keptSeconds = 30 * 86_400;

/**
 * Hands each change on once, however often the platform repeats it: a late repetition of an old change must not undo a newer
 * one. Remembered after it was dealt with, so a crash in between repeats it; the receiver's effect is the same then.
 */
export class ContactChangesOnce implements ContactChanges {
  private readonly seen;

  constructor(
    connection: Connection,
    private readonly next: ContactChanges,
  ) {
    this.seen = connection.collection<{ _id: string; body: string; at: Date }>('contact_changes');
  }

  async receive(change: ContactChange): Promise<void> {
    const { body, platform, eventId, at } = change;
    const _id = `${body}:${platform}:${digest(eventId)}`;
    if (await orUnavailable(() => this.seen.findOne({ _id, body }))) return;
    await this.next.receive(change);
    await insertedOnce(() => this.seen.insertOne({ _id, body, at }));
  }

  async ensureIndexes(): Promise<void> {
    await this.seen.createIndex({ at: 1 }, { expireAfterSeconds: keptSeconds });
  }
}
