import { type Connection, Schema } from 'mongoose';
import { orUnavailable } from '../foundation/mongo';
import type { CppccBody, Member, Platform } from './member';

/** A member as kept: with the body, and the identities flattened to what is looked up. */
interface MemberDocument extends Member {
  body: string;
  /** 'wecom:zhoulan'; absent when there is none, because a unique index would count two empty lists as equal. */
  logins?: string[];
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
    logins: { type: [String], default: undefined },
    exemptions: [new Schema({ period: String, reason: String }, { _id: false })],
  },
  { versionKey: false, id: false },
);
memberSchema.index({ body: 1, id: 1 }, { unique: true });
memberSchema.index({ body: 1, logins: 1 }, { unique: true, partialFilterExpression: { logins: { $exists: true } } });
memberSchema.index({ body: 1, name: 1 });
memberSchema.index({ body: 1, active: 1, id: 1 });

/** WeCom user ids are case-insensitive (wecom.md 7.4); the others are compared as they are. */
const login = (platform: Platform, userId: string): string => `${platform}:${platform === 'wecom' ? userId.toLowerCase() : userId}`;

const hidden = { _id: 0, body: 0, logins: 0 } as const;

export type OrganisationStore = ReturnType<typeof createOrganisationStore>;

/** Bodies and their rosters. Every call about members names the body first; answers are plain objects. */
export function createOrganisationStore(connection: Connection) {
  const bodies = connection.model('Body', bodySchema, 'bodies');
  const people = connection.model('Member', memberSchema, 'members');
  const findOne = (filter: { body: string; id?: string; active?: boolean; logins?: string }): Promise<Member | null> =>
    orUnavailable(() => people.findOne(filter, hidden).lean<Member | null>().exec());

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
      await orUnavailable(() => bodies.replaceOne({ _id: id }, rest, { upsert: true }).exec());
    },

    async saveMembers(body: string, members: readonly Member[]): Promise<void> {
      if (members.length === 0) return;
      await orUnavailable(() => people.bulkWrite(members.map((member) => replacement(body, member))));
    },

    member: (body: string, id: string) => findOne({ body, id }),
    memberByUserId: (body: string, platform: Platform, userId: string) => findOne({ body, logins: login(platform, userId), active: true }),
    membersNamed: (body: string, name: string): Promise<Member[]> =>
      orUnavailable(() => people.find({ body, name, active: true }, hidden).sort({ id: 1 }).limit(20).lean<Member[]>().exec()),
    count: (body: string): Promise<number> => orUnavailable(() => people.countDocuments({ body, active: true }).exec()),

    /** Active members in the order of their ids, read in batches. */
    members: (body: string): AsyncIterable<Member> =>
      people.find({ body, active: true }, hidden).sort({ id: 1 }).lean<Member[]>().cursor({ batchSize: 200 }) as AsyncIterable<Member>,
  };
}

function replacement(body: string, member: Member) {
  const logins = member.identities.map((identity) => login(identity.platform, identity.userId));
  return {
    replaceOne: {
      filter: { body, id: member.id },
      replacement: { ...member, body, ...(logins.length ? { logins } : {}) },
      upsert: true,
    },
  };
}
