import type { OrganisationService, Platform } from './member';

interface Addressed {
  body: string;
  memberId: string | null;
  platform: Platform;
  to: { userId: string };
}

/**
 * Where somebody is reached by now for whom a message was planned earlier: under another id, on the other platform, or
 * nowhere (null). Who is in no roster is left to the platform.
 */
export async function whereIs(
  organisation: Pick<OrganisationService, 'member' | 'memberByUserId'>,
  { body, memberId, platform, to: { userId } }: Addressed,
): Promise<{ platform: Platform; userId: string } | null> {
  const member = memberId === null ? await organisation.memberByUserId(body, platform, userId) : await organisation.member(body, memberId);
  if (!member) return { platform, userId };
  return member.identities.find((each) => each.platform === platform) ?? member.identities[0] ?? null;
}
