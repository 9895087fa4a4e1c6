import type { Clock } from '../foundation/clock';
import { AppError } from '../foundation/errors';
import { loginOf } from './accounts';
import { ExpiringCache } from './expiring-cache';
import type { CppccBody, Member, OrganisationService } from './member';
import { createMemberNames } from './member-names';
import type { OrganisationStore } from './store';
import { organisationTexts } from './texts';

export type { ChatGroups } from './chat-group';
export { createChatGroups } from './chat-groups';
export type { CppccBody, Member, OrganisationService, Platform, Sector } from './member';
export { membersByName, namedMembers } from './named-members';
export type { Role, RoleBook } from './roles';
export { sectorNamed } from './sector-names';
export { whereIs } from './where-is';

/** How long a change made by another process may stay unseen here. */
const rememberMs = 20_000;

/**
 * The organisation's door. `body()` throws SETTINGS_WRONG for a body that was never saved: it is named by settings, not
 * by people.
 */
export function createOrganisation(store: OrganisationStore, clock: Clock): OrganisationService {
  const bodies = new ExpiringCache<CppccBody>(clock, rememberMs, 100);
  const people = new ExpiringCache<Member>(clock, rememberMs, 5_000);
  const names = createMemberNames((body) => store.names(body), clock, rememberMs);
  const key = (...parts: string[]): string => JSON.stringify(parts);

  return {
    body: async (id) => (await bodies.get(id, () => store.body(id))) ?? unknownBody(id),
    async saveBody(body) {
      await store.saveBody(body);
      bodies.clear();
    },
    async saveMembers(body, members) {
      try {
        await store.saveMembers(body, members, clock.now());
      } finally {
        people.clear();
        names.clear();
      }
    },
    async receive(change) {
      try {
        await store.accountChanged(change);
      } finally {
        people.clear();
      }
    },
    async heardFrom(body, platform, userId, member) {
      if (member.identities.some((each) => loginOf(each.platform, each.userId) === loginOf(platform, userId))) return;
      if (await store.hasLeft(body, platform, userId)) await this.receive({ body, platform, userId, kind: 'joined', at: clock.now() });
    },
    member: (body, id) => people.get(key(body, 'id', id), () => store.member(body, id)),
    memberByUserId: (body, platform, userId) => people.get(key(body, platform, userId), () => store.memberByUserId(body, platform, userId)),
    membersNamed: (body, name) => store.membersNamed(body, name),
    names: (body) => names.of(body),
    members: (body) => store.members(body),
    everybody: (body) => store.everybody(body),
    count: (body) => store.count(body),
  };
}

function unknownBody(id: string): never {
  throw new AppError('SETTINGS_WRONG', organisationTexts.noBody(id));
}
