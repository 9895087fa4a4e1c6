import type { Connection } from 'mongoose';
import { AppError } from '../foundation/errors';
import { randomId } from '../foundation/ids';
import { inTurn } from '../foundation/in-turn';
import { isDuplicateKey, orUnavailable } from '../foundation/mongo';
import type { AccountFactsStore } from './account-facts-store';
import { type Account, type AccountFacts, accountOf, type Listed, loginOf } from './accounts';
import type { Member } from './member';
import { organisationTexts } from './texts';

/** The part of a member's document that says how the person is known and reached. */
export interface KeptAccounts {
  /** Where the person is reached now: derived from the two below, never written by hand. */
  identities: Member['identities'];
  /** As the office wrote them. */
  listed: Listed[];
  /** Present logins, of accounts that left too, while the person is in office; absent when there is none, because a unique index would count two empty lists as equal. */
  logins?: string[];
  /** Every login since the accounts were listed: whom a late report concerns. */
  trail: string[];
  /** Changes with every write. */
  revision: string;
}

type Stored = Partial<KeptAccounts> & Pick<Member, 'id' | 'identities' | 'active'> & { body: string };

const wanted = { _id: 0, body: 1, id: 1, active: 1, identities: 1, listed: 1, logins: 1, trail: 1, revision: 1 } as const;
const mostTries = 20;

const identityOf = ({ platform, userId }: Account): Member['identities'][number] => ({ platform, userId });

/** What a member's document says about accounts, from the roster and the platforms' reports. Who has left office holds no login. */
export function keptAccounts(listed: Listed[], facts: ReadonlyMap<string, AccountFacts>, active: boolean): KeptAccounts {
  const accounts = listed.map((each) => accountOf(each, facts));
  const logins = accounts.map(({ platform, userId }) => loginOf(platform, userId));
  return {
    identities: accounts.filter(({ left }) => !left).map(identityOf),
    listed,
    ...(active && logins.length > 0 ? { logins: [...new Set(logins)] } : {}),
    trail: [...new Set(accounts.flatMap(({ trail }) => trail))],
    revision: randomId(),
  };
}

/** Members written before accounts had a history count as listed from the beginning. */
const listedIn = ({ listed, identities }: Stored): Listed[] => listed ?? identities.map((each) => ({ ...each, since: new Date(0) }));

/** Keeps what members are known under in step with what the platforms report. */
export class MemberAccounts {
  private readonly people;
  private readonly oneAtATime = inTurn();

  constructor(
    connection: Connection,
    private readonly facts: AccountFactsStore,
  ) {
    this.people = connection.collection<Stored>('members');
  }

  /** The accounts as the office now writes them; one that stood there before keeps its date. */
  async list(body: string, members: readonly Pick<Member, 'id' | 'identities'>[], now: Date): Promise<Map<string, Listed[]>> {
    const before = new Map((await this.find({ body, id: { $in: members.map(({ id }) => id) } })).map((each) => [each.id, listedIn(each)]));
    return new Map(
      members.map(({ id, identities }) => {
        const known = new Map((before.get(id) ?? []).map((each) => [loginOf(each.platform, each.userId), each.since]));
        return [id, identities.map((each) => ({ ...each, since: known.get(loginOf(each.platform, each.userId)) ?? now }))];
      }),
    );
  }

  /** Frees what a roster gives to another bearer (login → id): logins of those it writes as well, and of those who have left office. */
  async release(body: string, bearers: ReadonlyMap<string, string>): Promise<void> {
    const written = new Set(bearers.values());
    const held = await this.find({ body, logins: { $in: [...bearers.keys()] } });
    const passedOn = held.filter(({ id, active, logins = [] }) => {
      const others = logins.some((login) => bearers.has(login) && bearers.get(login) !== id);
      return others && (written.has(id) || !active);
    });
    if (passedOn.length === 0) return;
    const ids = passedOn.map(({ id }) => id);
    await orUnavailable(() => this.people.updateMany({ body, id: { $in: ids } }, { $unset: { logins: '' } }));
  }

  /** Whom a report about this login may concern. */
  async concerned(body: string, login: string): Promise<string[]> {
    const found = [...(await this.find({ body, trail: login })), ...(await this.find({ body, logins: login }))];
    return [...new Set(found.map(({ id }) => id))];
  }

  /** True when the account is a member's and said to have left. */
  async hasLeft(body: string, login: string): Promise<boolean> {
    const [found] = await this.find({ body, logins: login });
    return found !== undefined && !found.identities.some(({ platform, userId }) => loginOf(platform, userId) === login);
  }

  /** Derives the member's accounts again from everything reported by now; nobody's newer result is overwritten. */
  derive(body: string, id: string): Promise<void> {
    return this.oneAtATime(`${body}:${id}`, () => this.derived(body, id));
  }

  /** Several processes may still meet here: whoever was overtaken looks again. */
  private async derived(body: string, id: string): Promise<void> {
    for (let tries = 0; tries < mostTries; tries += 1) {
      const [stored] = await this.find({ body, id });
      if (!stored) return;
      const listed = listedIn(stored);
      const logins = listed.map(({ platform, userId }) => loginOf(platform, userId));
      const { logins: now, ...kept } = keptAccounts(listed, await this.facts.about(body, logins), stored.active);
      const unset = now ? {} : { $unset: { logins: '' as const } };
      const { revision } = stored;
      const untouched = { body, id, revision: revision ?? { $exists: false } };
      const change = { $set: { ...kept, ...(now ? { logins: now } : {}) }, ...unset };
      if (await this.write(untouched, change)) return;
    }
    throw new Error(`the accounts of ${id} change faster than they can be written`);
  }

  private async write(untouched: object, change: object): Promise<boolean> {
    try {
      return (await orUnavailable(() => this.people.updateOne(untouched, change))).matchedCount === 1;
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      const { id } = untouched as { id: string };
      throw new AppError('SETTINGS_WRONG', organisationTexts.accountTaken(id));
    }
  }

  private find(filter: {
    body: string;
    id?: string | { $in: string[] };
    trail?: string;
    logins?: string | { $in: string[] };
  }): Promise<Stored[]> {
    return orUnavailable(() => this.people.find(filter as object, { projection: wanted }).toArray()) as Promise<Stored[]>;
  }
}
