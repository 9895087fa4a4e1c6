import type { Connection } from 'mongoose';
import { orUnavailable, upserted } from '../foundation/mongo';
import type { Platform } from './incoming';

/** A chat in which somebody has spoken to the bot: only there may some bots speak unasked. */
export interface KnownChat {
  body: string;
  platform: Platform;
  /** As in `Incoming.chat`. */
  chatId: string;
  kind: 'group' | 'private';
  /** What the platform calls the chat when we write to it; differs where a bot is given converted user ids. */
  address: string;
}

type Which = Pick<KnownChat, 'body' | 'platform' | 'chatId'>;

export interface KnownChats {
  /** Somebody has spoken to the bot there. */
  seen(chat: KnownChat): Promise<void>;
  find(which: Which): Promise<KnownChat | null>;
  /** The platform says that we may not write there (any more). */
  forget(which: Which): Promise<void>;
  ensureIndexes(): Promise<void>;
}

const keyOf = ({ body, platform, chatId }: Which): string => `${body}:${platform}:${chatId}`;

/** Known chats in MongoDB, because Redis may be emptied. */
export class MongoKnownChats implements KnownChats {
  private readonly chats;

  constructor(connection: Connection) {
    this.chats = connection.collection<KnownChat & { _id: string }>('chats');
  }

  async seen({ body, platform, chatId, kind, address }: KnownChat): Promise<void> {
    const _id = keyOf({ body, platform, chatId });
    await upserted(() => this.chats.updateOne({ _id }, { $set: { body, platform, chatId, kind, address } }, { upsert: true }));
  }

  find(which: Which): Promise<KnownChat | null> {
    return orUnavailable(() => this.chats.findOne({ _id: keyOf(which), body: which.body }));
  }

  async forget(which: Which): Promise<void> {
    await orUnavailable(() => this.chats.deleteOne({ _id: keyOf(which), body: which.body }));
  }

  /** Found by id only. */
  async ensureIndexes(): Promise<void> {}
}
