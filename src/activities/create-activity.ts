import type { CommandContext, GroupMessage, Reply } from '../chat/command';
import { type ChatGroups, type CppccBody, mayCreateActivities, type OrganisationService, sectorNamed } from '../organisation/service';
import type { Activity, ActivityDetails } from './activity';
import type { ActivityCreateReading } from './readings';
import type { Activities } from './service';
import { activityKindWords, activityTexts as texts, whenText } from './texts';

export interface ActivityTools {
  activities: Activities;
  organisation: OrganisationService;
  chatGroups: ChatGroups;
  /** Whether a group can be written to without having been asked. */
  reachesGroup(platform: CommandContext['platform'], chatId: string): boolean;
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
    sector: sectorOf(body, reading.sector, (await sectorOfGroup(tools, context)) ?? context.speaker.sector),
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
  const text = texts.created(result.activity, body.mentions[0] ?? '');
  const groups = (await groupsToTell(tools, context, result.activity)).map((group) => ({ ...group, text, card }));
  return groups.length > 0 ? { text: text + texts.toldGroups(groups.length), card, groups } : { text, card };
}

function whatIsMissing(reading: ActivityCreateReading): string {
  const { title, start, place } = reading;
  const missing = (['title', 'start', 'place'] as const).filter((each) => reading[each] === null);
  if (missing.length === 3) return texts.createHow;
  const understood = [title, start === null ? null : whenText(start), place].filter((each) => each !== null);
  return texts.createMissing(missing, understood);
}

/** The sector of the work group in which it is said, when that is bound to exactly one. */
async function sectorOfGroup({ chatGroups }: ActivityTools, { body, platform, chat }: CommandContext): Promise<string | undefined> {
  const binding = chat.kind === 'group' ? await chatGroups.binding(body, platform, chat.id) : null;
  return binding?.sectors.length === 1 ? binding.sectors[0] : undefined;
}

/** The sector's bound groups, except the one in which it was announced, where we can write. */
async function groupsToTell(
  tools: ActivityTools,
  { body, platform, chat }: CommandContext,
  { id, sector }: Activity,
): Promise<Pick<GroupMessage, 'platform' | 'chatId' | 'key'>[]> {
  const groups = await tools.chatGroups.groupsOf(body, sector);
  return groups
    .filter((group) => tools.reachesGroup(group.platform, group.chatId) && !(group.platform === platform && group.chatId === chat.id))
    .map((group) => ({ platform: group.platform, chatId: group.chatId, key: `announced:${id}:${group.platform}:${group.chatId}` }));
}

/** The sector's code by name or alias; unnamed or unknown: the group's or the organiser's own. */
function sectorOf({ sectors }: CppccBody, spoken: string | null, own: string | null): string | null {
  return (spoken ? sectorNamed(sectors, spoken)?.code : undefined) ?? own;
}
