import type { CommandContext } from '../chat/command';
import type { Activity } from './activity';
import { isActivityId, matching, phaseOf } from './rules';
import type { Activities } from './service';
import { activityTexts as texts } from './texts';

type Found = { activity: Activity } | { say: string };

const shown = 5;

/**
 * The activity a line speaks of: by number, else by keyword and day among `among`, else by the number in the quoted
 * message, else the only one there is. Otherwise what to say; nothing is guessed between several.
 */
export async function findActivity(
  activities: Pick<Activities, 'find'>,
  context: CommandContext,
  wanted: { activity: string | null; activity_date: string | null },
  among: readonly Activity[],
): Promise<Found> {
  const { activity: word, activity_date: day } = wanted;
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
