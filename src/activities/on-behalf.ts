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

/**
 * Those whom the speaker may sign up, and a sentence for the rest: organisers whom they run, others a few colleagues of
 * their own sector, counted over the whole activity.
 */
export function allowedBy(
  context: CommandContext,
  activity: Activity,
  people: readonly PersonMeant[],
): { people: PersonMeant[]; refused: string[] } {
  const { speaker } = context;
  const signedUp = activity.signups.filter(({ by, memberId }) => by === speaker.memberId && memberId !== speaker.memberId);
  let free = most.colleagues - signedUp.length;
  const allowed: PersonMeant[] = [];
  const strangers: string[] = [];
  const tooMany: string[] = [];
  for (const person of people) {
    const known = person.id === speaker.memberId || signedUp.some(({ memberId }) => memberId === person.id) || manages(context, person);
    if (known) allowed.push(person);
    else if (!may(rights.signUpColleague, speaker, { memberId: person.id, sector: person.sector })) strangers.push(person.name);
    else if (free > 0) {
      free -= 1;
      allowed.push(person);
    } else tooMany.push(person.name);
  }
  return {
    people: allowed,
    refused: [
      ...(strangers.length > 0 ? [texts.othersNotYours(strangers)] : []),
      ...(tooMany.length > 0 ? [texts.tooManyOthers(most.colleagues)] : []),
    ],
  };
}
