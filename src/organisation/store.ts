import { type Connection, type Model, Schema } from 'mongoose';
import { orUnavailable, upserted } from '../foundation/mongo';
import { AccountFactsStore } from './account-facts-store';
import { type AccountFacts, type Listed, loginOf, renamedTo } from './accounts';
import type { AccountChange, CppccBody, Member, Platform, RosterMember } from './member';
import { type KeptAccounts, keptAccounts, MemberAccounts } from './member-accounts';

/** A member as kept: with the body, and how the person is known on the platforms. */
interface MemberDocument extends Omit<RosterMember, 'listed'>, KeptAccounts {
  body: string;
}

interface BodyDocument extends Omit<CppccBody, 'id'> {
  _id: string;
}

const bodySchema = new Schema<BodyDocument>(
  {
    _id: { type: String, required: true },
    name: { type: String, required: true },
    zone: { type: String, required: true },
    scheme: { type: String, required: true },
    mentions: [String],
    sectors: [new Schema({ code: String, name: String, aliases: [String], seats: Number }, { _id: false })],
    places: [String],
    organisations: [String],
  },
  { versionKey: false },
);

const memberSchema = new Schema<MemberDocument>(
  {
    body: { type: String, required: true },
    id: { type: String, required: true },
    name: { type: String, required: true },
    sector: { type: String, default: null },
    roles: [String],
    standing: { type: Boolean, required: true },
    active: { type: Boolean, required: true },
    joinedOn: { type: String, required: true },
    identities: [new Schema({ platform: String, userId: String }, { _id: false })],
    listed: [new Schema({ platform: String, userId: String, since: Date }, { _id: false })],
    logins: { type: [String], default: undefined },
    trail: [String],
    revision: String,
    exemptions: [new Schema({ period: String, reason: String }, { _id: false })],
    committees: { type: [String], default: undefined },
    groups: { type: [String], default: undefined },
    post: String,
    departed: { type: new Schema({ at: Date, why: String }, { _id: false }), default: undefined },
  },
  { versionKey: false, id: false },
);
memberSchema.index({ body: 1, id: 1 }, { unique: true });
memberSchema.index({ body: 1, logins: 1 }, { unique: true, partialFilterExpression: { logins: { $exists: true } } });
memberSchema.index({ body: 1, trail: 1 });
memberSchema.index({ body: 1, name: 1 });
memberSchema.index({ body: 1, active: 1, id: 1 });

const ofImport = { _id: 0, body: 0, logins: 0, trail: 0, revision: 0 } as const;
const hidden = { ...ofImport, listed: 0, departed: 0 } as const;

export type OrganisationStore = ReturnType<typeof createOrganisationStore>;

/** Bodies and their rosters. Every call about members names the body first; answers are plain objects. */
export function createOrganisationStore(connection: Connection) {
  const bodies = connection.model('Body', bodySchema, 'bodies');
  const people = connection.model('Member', memberSchema, 'members');
  const facts = new AccountFactsStore(connection);
  const accounts = new MemberAccounts(connection, facts);
  // Asked for nearly every message: the driver alone, without building a query of mongoose's first.
  const findOne = (filter: { body: string; id?: string; active?: boolean; logins?: string }): Promise<Member | null> =>
    orUnavailable(() => people.collection.findOne<Member>(filter, { projection: hidden }));

  return {
    async ensureIndexes(): Promise<void> {
      await orUnavailable(() => people.createIndexes());
    },

    async body(id: string): Promise<CppccBody | null> {
      const found = await orUnavailable(() => bodies.findById(id).lean<BodyDocument | null>().exec());
      if (!found) return null;
      const { _id, ...rest } = found;
      return { id: _id, ...rest };
    },

    async saveBody({ id, ...rest }: CppccBody): Promise<void> {
      await upserted(() => bodies.replaceOne({ _id: id }, rest, { upsert: true }).exec());
    },

    ...rosterOf(people, facts, accounts),

    member: (body: string, id: string) => findOne({ body, id }),
    /** Also by an id that was changed, for as long as nobody else has it: what was converted before still arrives. */
    async memberByUserId(body: string, platform: Platform, userId: string): Promise<Member | null> {
      const login = loginOf(platform, userId);
      const found = await findOne({ body, logins: login, active: true });
      if (found) return found;
      const newId = renamedTo((await facts.about(body, [login])).get(login));
      return newId === null ? null : findOne({ body, logins: loginOf(platform, newId), active: true });
    },
    membersNamed: (body: string, name: string): Promise<Member[]> =>
      orUnavailable(() => people.find({ body, name, active: true }, hidden).sort({ id: 1 }).limit(20).lean<Member[]>().exec()),
    count: (body: string): Promise<number> => orUnavailable(() => people.countDocuments({ body, active: true }).exec()),

    /** Active members in the order of their ids, read in batches. */
    members: (body: string): AsyncIterable<Member> =>
      people.find({ body, active: true }, hidden).sort({ id: 1 }).lean<Member[]>().cursor({ batchSize: 200 }) as AsyncIterable<Member>,
  };
}

/** What changes the roster's accounts: the office by what it writes, the platforms by what they report. */
function rosterOf(people: Model<MemberDocument>, facts: AccountFactsStore, accounts: MemberAccounts) {
  return {
    /** `now`: since when an account that is new here counts as listed; what was reported before is not held against it. */
    async saveMembers(body: string, members: readonly RosterMember[], now: Date): Promise<void> {
      if (members.length === 0) return;
      const listed = await accounts.list(body, members, now);
      const logins = [...listed.values()].flat().map(({ platform, userId }) => loginOf(platform, userId));
      const known = await facts.about(body, logins);
      // Who has left first, so that their accounts are free for others.
      const written = members
        .toSorted((a, b) => Number(a.active) - Number(b.active))
        .map((each) => replacement(body, each, { listed, known }));
      await accounts.release(body, new Map(written.flatMap(({ id, logins: own = [] }) => own.map((login) => [login, id] as const))));
      await upserted(() =>
        people.bulkWrite(written.map((each) => ({ replaceOne: { filter: { body, id: each.id }, replacement: each, upsert: true } }))),
      );
      // What was reported while this was written must not be overwritten by what was known before.
      const reported = new Set((await facts.about(body, logins)).keys());
      for (const [id, each] of listed) {
        if (each.some(({ platform, userId }) => reported.has(loginOf(platform, userId)))) await accounts.derive(body, id);
      }
    },

    /** Sorted, each once. */
    names: (body: string): Promise<string[]> =>
      orUnavailable(async () => {
        const rows = await people.collection.find<{ name: string }>({ body, active: true }, { projection: { _id: 0, name: 1 } }).toArray();
        return [...new Set(rows.map(({ name }) => name))].sort();
      }),

    /** Everybody who is or was in office. */
    everybody: (body: string): Promise<RosterMember[]> =>
      orUnavailable(() => people.find({ body }, ofImport).sort({ id: 1 }).lean<RosterMember[]>().exec()),

    /** Keeps a platform's report and brings whom it concerns up to date. The same report again changes nothing. */
    async accountChanged(change: AccountChange): Promise<void> {
      const { body, platform, userId } = change;
      await facts.add(change);
      for (const id of await accounts.concerned(body, loginOf(platform, userId))) await accounts.derive(body, id);
    },

    /** True when the account is a member's and was reported to have left. */
    hasLeft: (body: string, platform: Platform, userId: string): Promise<boolean> => accounts.hasLeft(body, loginOf(platform, userId)),
  };
}

interface Accounts {
  listed: ReadonlyMap<string, Listed[]>;
  known: ReadonlyMap<string, AccountFacts>;
}

const replacement = (body: string, member: RosterMember, { listed, known }: Accounts): MemberDocument => ({
  ...member,
  body,
  ...keptAccounts(listed.get(member.id) ?? [], known, member.active),
});
