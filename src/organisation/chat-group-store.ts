import type { Connection } from 'mongoose';
import { insertedOnce, orUnavailable, upserted } from '../foundation/mongo';
import type { GroupBinding } from './chat-group';
import type { Platform } from './member';

/** Kept for the group of the whole body, so that one index answers both questions. */
const everybody = '*';

interface GroupDocument {
  _id: string;
  body: string;
  platform: Platform;
  chatId: string;
  /** Sector codes, or ['*']; absent while the group is not bound. */
  scopes?: string[];
  /** The event whose answer carried the one hint. */
  hintedBy?: string;
  history: { at: Date; by: string; scopes: string[] | null }[];
}

/** Work groups and what they are bound to; former bindings stay in the history. */
export class ChatGroupStore {
  private readonly groups;

  constructor(connection: Connection) {
    this.groups = connection.collection<GroupDocument>('chat_groups');
  }

  async ensureIndexes(): Promise<void> {
    await orUnavailable(() => this.groups.createIndex({ body: 1, scopes: 1 }));
  }

  async binding(body: string, platform: Platform, chatId: string): Promise<GroupBinding | null> {
    const found = await orUnavailable(() => this.groups.findOne({ _id: idOf(body, platform, chatId), body }));
    return found?.scopes ? bindingOf(found, found.scopes) : null;
  }

  async groupsOf(body: string, sector: string | null): Promise<GroupBinding[]> {
    const found = await orUnavailable(() =>
      this.groups
        .find({ body, scopes: sector ?? everybody })
        .limit(50)
        .toArray(),
    );
    return found.map((group) => bindingOf(group, group.scopes ?? []));
  }

  /** Every group in which somebody has spoken, bound or not. */
  async known(body: string): Promise<(Omit<GroupBinding, 'sectors'> & { sectors: string[] | null })[]> {
    const found = await orUnavailable(() => this.groups.find({ body }).sort({ _id: 1 }).limit(500).toArray());
    return found.map((group) => ({
      ...bindingOf(group, group.scopes ?? []),
      sectors: group.scopes ? bindingOf(group, group.scopes).sectors : null,
    }));
  }

  async bind(body: string, { platform, chatId, sectors }: GroupBinding, { by, at }: { by: string; at: Date }): Promise<void> {
    const scopes = sectors.length > 0 ? sectors : [everybody];
    const { _id, ...name } = named(body, platform, chatId);
    const change = { $set: { scopes }, $push: { history: { at, by, scopes } }, $setOnInsert: name };
    await upserted(() => this.groups.updateOne({ _id }, change, { upsert: true }));
  }

  async unbind(body: string, platform: Platform, chatId: string, { by, at }: { by: string; at: Date }): Promise<boolean> {
    const bound = { ...named(body, platform, chatId), scopes: { $exists: true } };
    const change = { $unset: { scopes: '' as const }, $push: { history: { at, by, scopes: null } } };
    const changed = await orUnavailable(() => this.groups.updateOne(bound, change));
    return changed.modifiedCount === 1;
  }

  /** The first event to ask gets the hint, and gets it again when it is handled again. */
  async hintedBy(body: string, platform: Platform, chatId: string, eventKey: string): Promise<boolean> {
    const fresh: GroupDocument = { ...named(body, platform, chatId), hintedBy: eventKey, history: [] };
    if (await insertedOnce(() => this.groups.insertOne(fresh))) return true;
    const found = await orUnavailable(() => this.groups.findOne({ _id: fresh._id, body }));
    return found?.scopes === undefined && found?.hintedBy === eventKey;
  }
}

const idOf = (body: string, platform: Platform, chatId: string): string => `${body}:${platform}:${chatId}`;
const named = (body: string, platform: Platform, chatId: string) => ({ _id: idOf(body, platform, chatId), body, platform, chatId });

const bindingOf = ({ platform, chatId }: GroupDocument, scopes: readonly string[]): GroupBinding => ({
  platform,
  chatId,
  sectors: scopes.filter((scope) => scope !== everybody),
});
