import type { Platform } from './member';

/** Everything reported of one user id so far; the order in which it was reported leaves no trace. */
export interface AccountFacts {
  /** As `loginOf` writes it. */
  login: string;
  /** The newest word on whether the account is there; of one instant, 'here' wins. */
  presence?: { state: 'here' | 'left'; at: Date };
  renames: readonly { to: string; at: Date }[];
}

/** An account as the office wrote it down, and since when it stands in the roster so. */
export interface Listed {
  platform: Platform;
  userId: string;
  since: Date;
}

/** What has become of a listed account. */
export interface Account {
  platform: Platform;
  /** Its id by now. */
  userId: string;
  left: boolean;
  /** Every login it has had since it was listed, the present one last. */
  trail: string[];
}

const mostRenames = 8;

/** WeCom user ids are case-insensitive; the others are compared as they are. */
export const loginOf = (platform: Platform, userId: string): string =>
  `${platform}:${platform === 'wecom' ? userId.toLowerCase() : userId}`;

/**
 * Follows an account through its renames, in the order in which they happened. A report counts only when it is younger
 * than the roster's own word: an id that is given to somebody else later must not drag the former bearer along.
 */
export function accountOf(listed: Listed, facts: ReadonlyMap<string, AccountFacts>): Account {
  const { platform } = listed;
  let { userId, since } = listed;
  const trail = [loginOf(platform, userId)];
  for (let hops = 0; hops < mostRenames; hops += 1) {
    const next = firstRenameAfter(facts.get(loginOf(platform, userId)), since);
    if (!next) break;
    userId = next.to;
    since = next.at;
    trail.push(loginOf(platform, userId));
  }
  const presence = facts.get(loginOf(platform, userId))?.presence;
  return { platform, userId, left: presence?.state === 'left' && presence.at > since, trail };
}

const firstRenameAfter = (facts: AccountFacts | undefined, since: Date): AccountFacts['renames'][number] | undefined =>
  facts?.renames
    .filter(({ at }) => at > since)
    .reduce<AccountFacts['renames'][number] | undefined>((first, each) => (first && earlier(first, each) ? first : each), undefined);

// Two renames of one id at one instant cannot both be true; whichever it is, every process must take the same.
const earlier = (a: { to: string; at: Date }, b: { to: string; at: Date }): boolean =>
  a.at.getTime() === b.at.getTime() ? a.to < b.to : a.at < b.at;

/** What somebody is called now who still comes under an id that was changed; null when the id is its own bearer's again. */
export function renamedTo(facts: AccountFacts | undefined): string | null {
  const latest = facts?.renames.reduce<AccountFacts['renames'][number] | null>(
    (last, each) => (last && earlier(each, last) ? last : each),
    null,
  );
  if (!latest) return null;
  const { presence } = facts ?? {};
  return presence?.state === 'here' && presence.at > latest.at ? null : latest.to;
}
