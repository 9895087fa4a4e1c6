import type { CppccBody, OrganisationService } from '../organisation/member';
import type { OrganisationVocabulary } from '../reader';

interface Known {
  body: CppccBody;
  members: readonly string[];
  vocabulary: OrganisationVocabulary;
  /** All of it, to tell whether what was looked up again is something new. */
  written: string;
}

/**
 * The words a body adds for the reader, with its members' names. The same object as long as they are the same: the reader keeps
 * what it has made of one, which is most of the time a message costs.
 */
export function createVocabularies(
  organisation: Pick<OrganisationService, 'body' | 'names'>,
  mentions: (body: string) => readonly string[],
) {
  const known = new Map<string, Known>();
  return async (id: string): Promise<OrganisationVocabulary> => {
    const [body, members] = await Promise.all([organisation.body(id), organisation.names(id)]);
    const kept = known.get(id);
    if (kept?.body === body && kept.members === members) return kept.vocabulary;
    const { places, organisations, sectors } = body;
    const aliases = sectors.flatMap(({ name, aliases: others }) => [name, ...others].map((alias) => [alias, name] as const));
    const made = { places, organisations, members, sectors: Object.fromEntries(aliases), mentions: mentions(id) };
    const written = JSON.stringify(made);
    const vocabulary = kept?.written === written ? kept.vocabulary : made;
    known.set(id, { body, members, vocabulary, written });
    return vocabulary;
  };
}
