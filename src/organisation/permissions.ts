import type { Role } from '../chat/command';
import type { Member } from './member';

/** Who may announce an activity: those who run a sector, a committee or the office (domain.md 4.3). */
export const activityOrganisers = [
  'convener',
  'liaison_officer',
  'committee_director',
  'deputy_director',
  'staff',
] as const satisfies readonly Role[];

interface Viewer extends Pick<Member, 'id' | 'sector'> {
  roles: readonly Role[];
}

const hasOneOf = (roles: readonly Role[], wanted: readonly Role[]): boolean => roles.some((role) => wanted.includes(role));

export const mayCreateActivities = (roles: readonly Role[]): boolean => hasOneOf(roles, activityOrganisers);

/** Whether someone looks after a sector's members: its convener and liaison officer. */
const looksAfter = (viewer: Pick<Viewer, 'sector' | 'roles'>, sector: string | null): boolean =>
  sector !== null && viewer.sector === sector && hasOneOf(viewer.roles, ['convener', 'liaison_officer']);

/** A member's progress is seen by the member, the sector's convener and liaison officer, and staff; by no peer (C09). */
export function maySeeProgressOf(viewer: Viewer, target: Pick<Member, 'id' | 'sector'>): boolean {
  return viewer.id === target.id || hasOneOf(viewer.roles, ['staff']) || looksAfter(viewer, target.sector);
}

/** Who may bind a work group to a sector: those who look after it, and staff; to the whole body (null): staff. */
export function mayBindGroupTo(viewer: Pick<Viewer, 'sector' | 'roles'>, sector: string | null): boolean {
  return hasOneOf(viewer.roles, ['staff', 'administrator']) || looksAfter(viewer, sector);
}

export function maySeeSector(viewer: Pick<Viewer, 'sector' | 'roles'>, sector: string): boolean {
  return hasOneOf(viewer.roles, ['staff']) || looksAfter(viewer, sector);
}

/**
 * Who may take back a sign-up: the person, whoever typed it in, the sector's convener or liaison officer, staff.
 * `signedUpBy` is the member id of the one who typed it.
 */
export function mayCancelSignUpOf(viewer: Viewer, target: Pick<Member, 'id' | 'sector'>, signedUpBy: string): boolean {
  return viewer.id === signedUpBy || maySeeProgressOf(viewer, target);
}
