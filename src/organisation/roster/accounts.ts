import type { Member, Platform } from '../member';

/** As much of a platform's address book as the comparison asks. */
export interface AddressBook {
  user(userId: string): Promise<{ kind: 'user' | 'unknown' | 'outside' }>;
  visible(): Promise<{ userIds: string[]; departments: readonly unknown[]; incomplete: boolean }>;
}

/** An account of the roster that the app cannot speak to. 'unasked': not in the range, and there were too many to ask about each. */
interface AccountFault {
  member: Pick<Member, 'id'>;
  userId: string;
  kind: 'unknown' | 'outside' | 'unasked';
}

export interface Compared {
  /** How many people the app can see. */
  visible: number;
  departments: number;
  /** How many accounts of the platform stand in the roster. */
  listed: number;
  faults: AccountFault[];
}

const mostAsked = 300;

/**
 * Which accounts of the roster are unknown to their platform or outside the app's visible range. Reads the whole range once
 * and asks about the others one by one. Throws what the address book throws.
 */
export async function compareRoster(
  book: AddressBook,
  platform: Platform,
  members: readonly Pick<Member, 'id' | 'identities'>[],
): Promise<Compared> {
  // WeCom user ids are case-insensitive.
  const same = (userId: string): string => (platform === 'wecom' ? userId.toLowerCase() : userId);
  const range = await book.visible();
  const seen = new Set(range.userIds.map(same));
  const listed = members.flatMap((member) =>
    member.identities.filter((each) => each.platform === platform).map(({ userId }) => ({ member, userId })),
  );
  const faults: AccountFault[] = [];
  let asked = 0;
  for (const { member, userId } of listed) {
    if (seen.has(same(userId))) continue;
    asked += 1;
    const kind = asked > mostAsked ? 'unasked' : (await book.user(userId)).kind;
    // Readable although not counted: somebody in a part of the range that cannot be listed.
    if (kind !== 'user') faults.push({ member, userId, kind });
  }
  return { visible: seen.size, departments: range.departments.length, listed: listed.length, faults };
}
