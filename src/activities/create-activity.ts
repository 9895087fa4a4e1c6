import type { CommandContext, GroupMessage, Reply } from '../chat/command';
import { type ChatGroups, type CppccBody, type OrganisationService, sectorNamed } from '../organisation/service';
import type { Activity, ActivityDetails } from './activity';
import type { ActivityDraft, Opening } from './draft';
import type { ActivityCreateReading } from './readings';
import type { Activities } from './service';
import { activityKindWords, activityTexts as texts, whenText } from './texts';

export interface ActivityTools {
  activities: Activities;
  organisation: OrganisationService;
  chatGroups: ChatGroups;
  /** Whether a group can be written to without having been asked. */
  reachesGroup(body: string, platform: CommandContext['platform'], chatId: string): boolean;
}

/** One line announces an activity; while something is missing or odd, nothing is kept and nothing announced. */
export async function announceActivity(
  tools: ActivityTools,
  opening: Opening,
  context: CommandContext,
  reading: ActivityCreateReading,
): Promise<Reply> {
  const { sector, hosts, hostNames } = await hostsOf(tools, context, reading);
  const draft: ActivityDraft = {
    title: reading.title,
    start: reading.start,
    place: reading.place,
    capacity: reading.capacity,
    deadline: reading.deadline,
    sector,
    hosts,
    hostNames,
    series: reading.series ?? null,
    saidWeekday: reading.said_weekday ?? null,
  };
  return openOrAsk(tools, opening, context, { draft, doubts: [...(reading.doubts ?? [])], turn: 1 });
}

const mostTurns = 2;

/** Announces what is complete and plain; else asks, at most twice. */
export async function openOrAsk(
  tools: ActivityTools,
  opening: Opening,
  context: CommandContext,
  { draft, doubts, turn }: { draft: ActivityDraft; doubts: Parameters<typeof texts.createCheck>[1][number][]; turn: number },
): Promise<Reply> {
  const { title, start, place } = draft;
  const asks = { ask: opening.ask({ draft, doubts, turn }) };
  if (title === null || start === null || place === null)
    return turn > mostTurns ? { text: texts.createGivenUp } : { text: whatIsMissing(draft), ...asks };
  if (doubts.length > 0)
    return turn > mostTurns
      ? { text: texts.createGivenUp }
      : { text: texts.createCheck({ ...draft, title, start, place }, doubts), ...asks };
  return publish(tools, context, { ...draft, title, start, place });
}

type Complete = ActivityDraft & Pick<ActivityDetails, 'title' | 'start' | 'place'>;

async function publish(tools: ActivityTools, context: CommandContext, draft: Complete): Promise<Reply> {
  const { title, start, place, capacity, deadline, sector, hosts, hostNames } = draft;
  const body = await tools.organisation.body(context.body);
  const details: ActivityDetails = {
    title,
    kind: activityKindWords.find(([words]) => words.test(title))?.[1] ?? 'sector_activity',
    sector,
    start,
    place,
    capacity,
    deadline,
    ...(hosts.length > 0 ? { hosts } : {}),
  };
  const made = { eventKey: context.eventKey, by: context.speaker.memberId };
  const result = await tools.activities.create(context.body, context.zone, details, made);
  if (result.kind === 'fault') return { text: texts.createFault(result.fault) };
  const { id } = result.activity;
  const card = { title: result.activity.title, buttons: [texts.buttons.signUp(id), texts.buttons.look(id)] };
  const text = texts.created(result.activity, hostNames, body.mentions[0] ?? '');
  const groups = (await groupsToTell(tools, context, result.activity, 'announced')).map((group) => ({ ...group, text, card }));
  return groups.length > 0 ? { text: text + texts.toldGroups(groups.length), card, groups } : { text, card };
}

function whatIsMissing({ title, start, place }: ActivityDraft): string {
  const missing = Object.entries({ title, start, place }).flatMap(([name, value]) =>
    value === null ? [name as 'title' | 'start' | 'place'] : [],
  );
  if (missing.length === 3) return texts.createHow;
  const understood = [title, start === null ? null : whenText(start), place].filter((each) => each !== null);
  return texts.createMissing(missing, understood);
}

/** Whose activity it is: the sectors named, else the work group's or the organiser's own. Several are hosts together. */
async function hostsOf(tools: ActivityTools, context: CommandContext, { sector, sectors }: ActivityCreateReading) {
  const body = await tools.organisation.body(context.body);
  const own = (await sectorOfGroup(tools, context)) ?? context.speaker.sector;
  const named = (sectors ?? []).map((name) => ({ name, sector: sectorNamed(body.sectors, name) }));
  const hosts = [...new Set(named.flatMap((each) => each.sector?.code ?? []))];
  const hostNames = [...new Set(named.map((each) => each.sector?.name ?? each.name))];
  const [only, another] = hosts;
  if (another !== undefined) return { sector: null, hosts, hostNames };
  return { sector: only ?? sectorOf(body, sector, own), hosts: [], hostNames };
}

/** The sector of the work group in which it is said, when that is bound to exactly one. */
async function sectorOfGroup({ chatGroups }: ActivityTools, { body, platform, chat }: CommandContext): Promise<string | undefined> {
  const binding = chat.kind === 'group' ? await chatGroups.binding(body, platform, chat.id) : null;
  return binding?.sectors.length === 1 ? binding.sectors[0] : undefined;
}

/** The bound groups of its sectors, except the one in which it is said, where we can write. `why` makes the key. */
export async function groupsToTell(
  tools: ActivityTools,
  { body, platform, chat }: CommandContext,
  { id, sector, hosts }: Activity,
  why: string,
): Promise<Pick<GroupMessage, 'platform' | 'chatId' | 'key'>[]> {
  const all = await Promise.all((hosts ?? [sector]).map((each) => tools.chatGroups.groupsOf(body, each)));
  const groups = new Map(all.flat().map((group) => [`${group.platform}:${group.chatId}`, group]));
  return [...groups.values()]
    .filter((group) => tools.reachesGroup(body, group.platform, group.chatId) && !(group.platform === platform && group.chatId === chat.id))
    .map((group) => ({ platform: group.platform, chatId: group.chatId, key: `${why}:${id}:${group.platform}:${group.chatId}` }));
}

/** The sector's code by name or alias; unnamed or unknown: the group's or the organiser's own. */
function sectorOf({ sectors }: CppccBody, spoken: string | null, own: string | null): string | null {
  return (spoken ? sectorNamed(sectors, spoken)?.code : undefined) ?? own;
}
