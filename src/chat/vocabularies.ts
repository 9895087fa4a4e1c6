import type { CppccBody, OrganisationService } from '../organisation/member';
import type { OrganisationVocabulary } from '../reader';

/**
 * The words a body adds for the reader. The same object as long as the body is the same: the reader keeps what it has made
 * of one, which is most of the time a message costs.
 */
export function createVocabularies(organisation: Pick<OrganisationService, 'body'>, mentions: (body: string) => readonly string[]) {
  const known = new WeakMap<CppccBody, OrganisationVocabulary>();
  return async (id: string): Promise<OrganisationVocabulary> => {
    const body = await organisation.body(id);
    const kept = known.get(body);
    if (kept) return kept;
    const { places, organisations, sectors } = body;
    const aliases = sectors.flatMap(({ name, aliases: others }) => [name, ...others].map((alias) => [alias, name] as const));
    const made = { places, organisations, sectors: Object.fromEntries(aliases), mentions: mentions(id) };
    known.set(body, made);
    return made;
  };
}
