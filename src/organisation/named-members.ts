import type { Member, OrganisationService } from './member';
import { organisationTexts } from './texts';

type Organisation = Pick<OrganisationService, 'membersNamed'>;

/** The one active member behind each name; names that are nobody's, and names of several. Each name once. */
export async function membersByName(organisation: Organisation, body: string, names: readonly string[]) {
  const wanted = [...new Set(names.map((each) => each.trim()).filter((each) => each !== ''))];
  const members: Member[] = [];
  const nobody: string[] = [];
  const several: string[] = [];
  for (const [name, found] of await Promise.all(wanted.map(async (each) => [each, await organisation.membersNamed(body, each)] as const))) {
    const [first, another] = found;
    if (!first) nobody.push(name);
    else if (another) several.push(name);
    else members.push(first);
  }
  return { members, nobody, several };
}

/** The same, with a sentence for each name that is not one member's. */
export async function namedMembers(organisation: Organisation, body: string, names: readonly string[]) {
  const { members, nobody, several } = await membersByName(organisation, body, names);
  const unclear = [
    ...nobody.map((name) => organisationTexts.noSuchMember(name.slice(0, 20))),
    ...several.map((name) => organisationTexts.severalNamed(name)),
  ];
  return { members, unclear };
}
