import type { Connection } from 'mongoose';
import { digest } from '../foundation/ids';
import { orUnavailable, upserted } from '../foundation/mongo';

/** Who is behind an id that a bot is given in encrypted form. */
export interface KnownUserIds {
  find(body: string, encrypted: string): Promise<string | null>;
  keep(body: string, known: { encrypted: string; userId: string; at: Date }): Promise<void>;
  ensureIndexes(): Promise<void>;
}

const keptSeconds = 184 * 86_400;

/** In MongoDB, because Redis may be emptied while the platform is slow: people who were known stay known. */
export class MongoKnownUserIds implements KnownUserIds {
  private readonly ids;

  constructor(connection: Connection) {
    this.ids = connection.collection<{ _id: string; body: string; userId: string; at: Date }>('known_user_ids');
  }

  async find(body: string, encrypted: string): Promise<string | null> {
    const found = await orUnavailable(() => this.ids.findOne({ _id: keyOf(body, encrypted), body }));
    return found?.userId ?? null;
  }

  async keep(body: string, { encrypted, userId, at }: { encrypted: string; userId: string; at: Date }): Promise<void> {
    await upserted(() => this.ids.updateOne({ _id: keyOf(body, encrypted) }, { $set: { body, userId, at } }, { upsert: true }));
  }

  async ensureIndexes(): Promise<void> {
    await this.ids.createIndex({ at: 1 }, { expireAfterSeconds: keptSeconds });
  }
}

const keyOf = (body: string, encrypted: string): string => `${body}:${digest(encrypted)}`;
