import type { CommandContext, Reply } from '../chat/command';
import type { ActivityCreateReading } from '../chat/reader/reading';
import { activityKindWords, activityTexts as texts, whenText } from '../chat/texts/activities';
import { type CppccBody, mayCreateActivities, type OrganisationService, sectorNamed } from '../organisation/service';
import type { ActivityDetails } from './activity';
import type { Activities } from './service';

export interface ActivityTools {
  activities: Activities;
  organisation: OrganisationService;
}

/** One line announces an activity; while something is missing nothing is kept and nothing announced. */
export async function createActivity(tools: ActivityTools, context: CommandContext, reading: ActivityCreateReading): Promise<Reply> {
  if (!mayCreateActivities(context.speaker.roles)) return { text: texts.onlyOrganisers };
  const { title, start, place } = reading;
  if (title === null || start === null || place === null) return { text: whatIsMissing(reading) };
  const body = await tools.organisation.body(context.body);
  const details: ActivityDetails = {
    title,
    kind: activityKindWords.find(([words]) => words.test(title))?.[1] ?? 'sector_activity',
    sector: sectorOf(body, reading.sector, context.speaker.sector),
    start,
    place,
    capacity: reading.capacity,
    deadline: reading.deadline,
  };
  const made = { eventKey: context.eventKey, by: context.speaker.memberId };
  const result = await tools.activities.create(context.body, context.zone, details, made);
  if (result.kind === 'fault') return { text: texts.createFault(result.fault) };
  const { id } = result.activity;
  const card = { title: result.activity.title, buttons: [texts.buttons.signUp(id), texts.buttons.look(id)] };
  return { text: texts.created(result.activity, body.mentions[0] ?? ''), card };
}

function whatIsMissing(reading: ActivityCreateReading): string {
  const { title, start, place } = reading;
  const missing = (['title', 'start', 'place'] as const).filter((each) => reading[each] === null);
  if (missing.length === 3) return texts.createHow;
  const understood = [title, start === null ? null : whenText(start), place].filter((each) => each !== null);
  return texts.createMissing(missing, understood);
}

/** The sector's code by name or alias; unnamed or unknown: the organiser's own. */
function sectorOf({ sectors }: CppccBody, spoken: string | null, own: string | null): string | null {
  return (spoken ? sectorNamed(sectors, spoken)?.code : undefined) ?? own;
}
