import type { Day } from '../foundation/day';
import type { AccountChange, Platform } from '../foundation/platform';
import type { Role } from './roles';

export type { AccountChange, Platform } from '../foundation/platform';

/** A person of the roster: a 委员, or staff of the office. Plain object, never a mongoose document. */
export interface Member {
  /** 'M0001' … unique within the body; its order is the roster's order. */
  id: string;
  name: string;
  /** Home sector's code; null for staff. */
  sector: string | null;
  roles: Role[];
  /** 常委 */
  standing: boolean;
  active: boolean;
  /** First day in office; a quota asks for no more than the time since then (F42). */
  joinedOn: Day;
  /** One person may be known on several platforms; accounts said to have left their platform are not among them. */
  identities: { platform: Platform; userId: string }[];
  /** Periods ('2026', '2026-Q4') for which nothing is asked, with the reason. */
  exemptions: { period: string; reason: string }[];
  /** 专委会, by name; absent where no roster has said so. */
  committees?: string[];
  /** 界别活动组, 街道活动组, by name. */
  groups?: string[];
  /** 政协职务 as the roster words it. */
  post?: string;
}

/** Why somebody is no longer in office: the roster said so, or does not name the person any more. */
export interface RosterMember extends Member {
  departed?: { at: Date; why: 'said' | 'not_listed' };
  /** Accounts as the office wrote them; what the platforms reported since is in `identities` only. */
  listed?: { platform: Platform; userId: string }[];
}

export interface Sector {
  code: string;
  name: string;
  aliases: string[];
  seats: number;
}

export interface CppccBody {
  id: string;
  name: string;
  /** IANA zone. */
  zone: string;
  /** Name of the file in config/schemes without its ending. */
  scheme: string;
  /** Display names people @-mention, without '@'. */
  mentions: string[];
  sectors: Sector[];
  places: string[];
  organisations: string[];
}

/** What other rooms may ask of the organisation. Every call names the body first. */
export interface OrganisationService {
  body(body: string): Promise<CppccBody>;
  saveBody(body: CppccBody): Promise<void>;
  /** Replaces or adds members by id; never deletes. */
  saveMembers(body: string, members: readonly RosterMember[]): Promise<void>;
  /** Everybody who is or was in office, for an import. */
  everybody(body: string): Promise<RosterMember[]>;
  /**
   * A platform reports that an account joined, left or got another id. Whoever left is spoken to there no more, records
   * stay; any order and any repetition gives the same result. Accounts of nobody in the roster are remembered as well.
   */
  receive(change: AccountChange): Promise<void>;
  /** `member` has just written from this account: it is there again, whatever was reported before. */
  heardFrom(body: string, platform: Platform, userId: string, member: Member): Promise<void>;
  member(body: string, memberId: string): Promise<Member | null>;
  /** The active member behind a platform user id (case-insensitive on WeCom), or null. */
  memberByUserId(body: string, platform: Platform, userId: string): Promise<Member | null>;
  membersNamed(body: string, name: string): Promise<Member[]>;
  /** What the active members are called, each name once; the same array for as long as nobody came, left or was renamed. */
  names(body: string): Promise<readonly string[]>;
  /** All active members in roster order, streamed. */
  members(body: string): AsyncIterable<Member>;
  count(body: string): Promise<number>;
}
