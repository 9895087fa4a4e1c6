import type { Connection } from 'mongoose';
import { orUnavailable, upserted } from '../foundation/mongo';
import { type AccountFacts, loginOf } from './accounts';
import type { AccountChange, Platform } from './member';

interface FactsDocument {
  _id: string;
  body: string;
  login: string;
  presence?: { state: 'here' | 'left'; at: Date };
  /** Milliseconds since 1970, doubled, and one more for 'here': decides which report is the newest. */
  order?: number;
  renames?: { to: string; at: Date }[];
}

const mostRounds = 8;

/** What the platforms have reported about accounts. Each report may come several times and in any order. */
export class AccountFactsStore {
  private readonly facts;

  constructor(connection: Connection) {
    this.facts = connection.collection<FactsDocument>('account_facts');
  }

  async add({ body, platform, kind, userId, newUserId, at }: AccountChange): Promise<void> {
    const login = loginOf(platform, userId);
    const _id = `${body}:${login}`;
    if (newUserId !== undefined && newUserId !== userId) {
      const change = { $addToSet: { renames: { to: newUserId, at } }, $setOnInsert: { body, login } };
      await upserted(() => this.facts.updateOne({ _id }, change, { upsert: true }));
    }
    if (kind === 'changed') return;
    const state = kind === 'left' ? 'left' : 'here';
    const order = at.getTime() * 2 + (state === 'here' ? 1 : 0);
    await this.keepNewest({ _id, body, login, presence: { state, at }, order });
  }

  /** Everything known about these logins and about what they were renamed to. */
  async about(body: string, logins: readonly string[]): Promise<Map<string, AccountFacts>> {
    const found = new Map<string, AccountFacts>();
    let wanted = [...new Set(logins)];
    for (let round = 0; round < mostRounds && wanted.length > 0; round += 1) {
      const ids = wanted.map((login) => `${body}:${login}`);
      const rows = await orUnavailable(() => this.facts.find({ body, _id: { $in: ids } }).toArray());
      for (const { login, presence, renames = [] } of rows) found.set(login, { login, renames, ...(presence ? { presence } : {}) });
      wanted = rows.flatMap(targets).filter((login) => !found.has(login));
    }
    return found;
  }

  private async keepNewest({ _id, body, login, presence, order }: FactsDocument & { order: number }): Promise<void> {
    const row = { $setOnInsert: { body, login } };
    await upserted(() => this.facts.updateOne({ _id }, row, { upsert: true }));
    const older = { _id, body, $or: [{ order: { $exists: false } }, { order: { $lt: order } }] };
    await orUnavailable(() => this.facts.updateOne(older, { $set: { presence, order } } as object));
  }
}

const targets = ({ login, renames = [] }: FactsDocument): string[] =>
  renames.map(({ to }) => loginOf(login.slice(0, login.indexOf(':')) as Platform, to));
