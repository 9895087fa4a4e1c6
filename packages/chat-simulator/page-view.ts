import { privateChat, type ShownMessage } from './chat-log';
import { longTime } from './demo-time';
import type { Group, Person, SimulatorOptions } from './options';
import type { PageStage } from './page-stage';
import { pageTexts } from './page-texts';

/** One row of the list of chats. */
export interface ChatRow {
  href: string;
  name: string;
  hint: string;
  unread: number;
  current: boolean;
}

/** Everything the page shows, decided; the components only lay it out. */
export interface PageView {
  platform: PageStage['platform'];
  /** Every platform that is played; one for whom there is no choice. */
  platforms: { platform: PageStage['platform']; href: string; current: boolean }[];
  title: string;
  me: Person;
  /** The open group, or null for my private chat. */
  group: Group | null;
  /** As /say expects it. */
  chat: string;
  groups: ChatRow[];
  mine: ChatRow;
  others: ChatRow[];
  othersLeftOut: number;
  messages: readonly ShownMessage[];
  nameOf(from: string): string;
  featured: Person[];
  everybody: Person[];
  botName: string;
  examples: readonly string[];
  zone: string;
  clock: string;
  canMoveClock: boolean;
  /** Leads to the chosen person's own page; null where the application has none. */
  mineHref: string | null;
}

const messagesShown = 200;
const othersShown = 12;
const featuredShown = 16;

export const defaultZone = 'Asia/Shanghai';

/** Unknown people and chats fall back to the first one there is, so that an old address still opens something. */
export function pageView(
  options: SimulatorOptions,
  stages: readonly PageStage[],
  asked: { on: string; as: string; chat: string },
): PageView {
  const stage = stageOf(stages, asked.on);
  const { platform, people, log, botName } = stage;
  const featured = featuredOf(people);
  const me = people.find((person) => person.userId === asked.as) ?? featured[0] ?? people[0];
  if (!me) throw new Error('the simulator has no people');
  const groups = stage.groups.filter((group) => group.members.includes(me.userId));
  const group = asked.chat === 'private' ? null : (groups.find((one) => one.chatId === asked.chat) ?? groups[0] ?? null);
  const key = group?.chatId ?? privateChat(me.userId);
  const names = namesOn(stage);
  const zone = options.zone ?? defaultZone;
  const others = otherChats(stage, me.userId);
  return {
    platform,
    platforms: stages.map((each) => ({ platform: each.platform, href: sameChatOn(each, me, group), current: each === stage })),
    title: options.title ?? pageTexts.defaultTitle,
    me,
    group,
    chat: group?.chatId ?? 'private',
    groups: groups.map((one) => groupRow(stage, one, me.userId, one === group)),
    mine: { ...privateRow(stage, me), name: botName, hint: pageTexts.privateHint, current: group === null },
    others: others.slice(0, othersShown),
    othersLeftOut: Math.max(0, others.length - othersShown),
    messages: log.messages(key).slice(-messagesShown),
    nameOf: (from) => names.get(from) ?? from,
    featured,
    everybody: people,
    botName,
    examples: options.examples ?? pageTexts.defaultExamples,
    zone,
    clock: longTime(options.clock.now(), zone),
    canMoveClock: options.clock.moveTo !== undefined,
    mineHref: options.pages && platform === 'wecom' ? `/open-mine?${new URLSearchParams({ as: me.userId }).toString()}` : null,
  };
}

function namesOn({ people, botName }: PageStage): Map<string, string> {
  const ours: [string, string][] = [
    ['bot', botName],
    ['app', pageTexts.appName],
    ['webhook', pageTexts.webhookName],
  ];
  return new Map([...people.map((person): [string, string] => [person.userId, person.name]), ...ours]);
}

/** Unknown platforms fall back to the first. */
export function stageOf(stages: readonly PageStage[], platform: string): PageStage {
  const stage = stages.find((each) => each.platform === platform) ?? stages[0];
  if (!stage) throw new Error('no platform is played');
  return stage;
}

export const addressOf = (platform: PageStage['platform'], userId: string, chat: string): string =>
  `/?${new URLSearchParams({ ...(platform === 'wecom' ? {} : { on: platform }), as: userId, chat }).toString()}`;

/** The same person in the group of the same name, else in private. */
function sameChatOn({ platform, groups }: PageStage, me: Person, group: Group | null): string {
  const same = group && groups.find(({ name, members }) => name === group.name && members.includes(me.userId));
  return addressOf(platform, me.userId, same?.chatId ?? 'private');
}

function featuredOf(people: Person[]): Person[] {
  const chosen = people.filter((person) => person.featured);
  return (chosen.length > 0 ? chosen : people.filter((person) => person.note)).slice(0, featuredShown);
}

function groupRow({ platform, log }: PageStage, group: Group, userId: string, current: boolean): ChatRow {
  const last = log.messages(group.chatId).at(-1);
  return {
    href: addressOf(platform, userId, group.chatId),
    name: group.name,
    hint: last ? preview(last.text) : pageTexts.members(group.members.length),
    unread: current ? 0 : log.unread(userId, group.chatId),
    current,
  };
}

/** The beginning of a message without its markdown signs. */
const preview = (text: string): string =>
  text
    .replace(/[*`#>]|<[^>]*>/g, '')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 40);

function privateRow({ platform, log }: PageStage, person: Person): ChatRow {
  return {
    href: addressOf(platform, person.userId, 'private'),
    name: person.name,
    hint: person.note ?? '',
    unread: log.unread(person.userId, privateChat(person.userId)),
    current: false,
  };
}

/** Private chats of other people in which something happened: those one is likely to play first, then the newest. */
function otherChats(stage: PageStage, myId: string): ChatRow[] {
  const people = new Map(stage.people.map((person) => [privateChat(person.userId), person]));
  return stage.log
    .livelyPrivateChats()
    .flatMap((chat) => people.get(chat) ?? [])
    .filter((person) => person.userId !== myId)
    .sort((a, b) => Number(b.featured ?? false) - Number(a.featured ?? false))
    .map((person) => privateRow(stage, person));
}
