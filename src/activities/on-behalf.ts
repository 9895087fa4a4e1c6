import type { CommandContext } from '../chat/command';
import { may } from '../organisation/may';
import type { Activity } from './activity';
import type { PersonMeant } from './people-meant';
import { rights } from './readings';
import { most } from './rules';
import { activityTexts as texts } from './texts';

/** Whoever runs a sector, or the office, manages the sign-ups of the people in it. */
export const manages = ({ speaker }: CommandContext, { id, sector }: PersonMeant): boolean =>
  may(rights.signUpOthers, speaker, { memberId: id, sector });

/** So many others a member may sign up who does not run them; null where there is no limit: for oneself, and for who runs them. */
export const limitFor = (context: CommandContext, person: PersonMeant): number | null =>
  person.id === context.speaker.memberId || manages(context, person) ? null : most.colleagues;

/**
 * Those whom the speaker may sign up at all, and a sentence for the rest: organisers whom they run, others colleagues of their own
 * sector and whom they have signed up before. How many of these decides the activity (`limitFor`).
 */
export function allowedBy(
  context: CommandContext,
  activity: Activity,
  people: readonly PersonMeant[],
): { people: PersonMeant[]; refused: string[] } {
  const { speaker } = context;
  const before = (id: string): boolean => activity.signups.some(({ by, memberId }) => by === speaker.memberId && memberId === id);
  const mayAtAll = (person: PersonMeant): boolean =>
    person.id === speaker.memberId ||
    before(person.id) ||
    manages(context, person) ||
    may(rights.signUpColleague, speaker, { memberId: person.id, sector: person.sector });
  const strangers = people.filter((person) => !mayAtAll(person)).map(({ name }) => name);
  return { people: people.filter(mayAtAll), refused: strangers.length > 0 ? [texts.othersNotYours(strangers)] : [] };
}
