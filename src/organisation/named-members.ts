import type { Member, OrganisationService } from './member';
import { organisationTexts } from './texts';

/** The one member behind each name, and a sentence for each name that is nobody's or several people's. */
export async function namedMembers(
  organisation: Pick<OrganisationService, 'membersNamed'>,
  body: string,
  names: readonly string[],
): Promise<{ members: Member[]; unclear: string[] }> {
  const members: Member[] = [];
  const unclear: string[] = [];
  for (const name of new Set(names.map((each) => each.trim()).filter((each) => each !== ''))) {
    const [found, another] = await organisation.membersNamed(body, name);
    if (!found) unclear.push(organisationTexts.noSuchMember(name.slice(0, 20)));
    else if (another) unclear.push(organisationTexts.severalNamed(name));
    else members.push(found);
  }
  return { members, unclear };
}
