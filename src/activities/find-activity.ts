import type { CommandContext } from '../chat/command';
import { may } from '../organisation/may';
import type { Activity } from './activity';
import { rights } from './readings';
import { isActivityId, matching, phaseOf } from './rules';
import type { Activities } from './service';
import { activityTexts as texts } from './texts';

type Found = { activity: Activity } | { say: string };

interface Wanted {
  activity: string | null;
  activity_date?: string | null;
}

const shown = 5;

/**
 * The activity a line speaks of: by number, else by keyword and day among `among`, else by the number in the quoted
 * message, else the only one there is. Otherwise what to say; nothing is guessed between several.
 */
export async function findActivity(
  activities: Pick<Activities, 'find'>,
  context: CommandContext,
  { activity: word, activity_date: day = null }: Wanted,
  among: readonly Activity[],
): Promise<Found> {
  const id = word === null && day === null ? quotedId(context.quoted) : word?.normalize('NFKC').trim();
  if (id && isActivityId(id)) {
    const activity = await activities.find(context.body, id.toUpperCase());
    return activity ? { activity } : { say: texts.noSuchActivity(id.toUpperCase()) };
  }
  if (word === null && day === null) return only(among, context.now, texts.noneComing);
  return only(matching(among, word, day), context.now, texts.noneMatches);
}

function only(candidates: readonly Activity[], now: Date, none: string): Found {
  const open = candidates.filter((each) => phaseOf(each, now) === 'open');
  const left = candidates.length > 1 && open.length > 0 ? open : candidates;
  const [first] = left;
  if (!first) return { say: none };
  return left.length === 1 ? { activity: first } : { say: texts.whichOne(left.slice(0, shown)) };
}

function quotedId(quoted: string | undefined): string | undefined {
  const ids = new Set((quoted ?? '').match(/(?<![A-Za-z0-9])[AB]\d{1,6}(?![A-Za-z0-9])/g));
  return ids.size === 1 ? [...ids][0] : undefined;
}

/** Whether the speaker may change it: it is the speaker's own, of the sector, or the office's business. */
export const mayChange = ({ speaker }: CommandContext, { createdBy, sector, hosts }: Activity): boolean =>
  [sector, ...(hosts ?? [])].some((each) => may(rights.change, speaker, { memberId: createdBy, sector: each }));

/**
 * The activity an organiser speaks of. `among`: coming or past ones; without a name the only one of those that are the
 * speaker's to change, or with `latest` the one just opened. One that is not the speaker's is found and refused.
 */
export async function findOwnActivity(
  activities: Pick<Activities, 'find'>,
  context: CommandContext,
  wanted: Wanted & { latest?: true },
  among: readonly Activity[],
): Promise<Found> {
  const named = wanted.activity !== null || (wanted.activity_date ?? null) !== null || quotedId(context.quoted) !== undefined;
  const own = among.filter((each) => mayChange(context, each));
  const mine = own.filter(({ createdBy }) => createdBy === context.speaker.memberId);
  const newest = mine.toSorted((a, b) => b.createdAt.getTime() - a.createdAt.getTime())[0];
  if (!named && wanted.latest && newest) return { activity: newest };
  const found = await findActivity(activities, context, wanted, named ? among : own);
  if ('say' in found) {
    if (found.say === texts.noneComing) return { say: texts.whichToChange };
    return found.say === texts.noneMatches ? { say: texts.noneToChange } : found;
  }
  return mayChange(context, found.activity) ? found : { say: texts.changeNotYours(found.activity) };
}
