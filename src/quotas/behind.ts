import type { CommandContext, Reply } from '../chat/command';
import { inPrivate } from '../chat/in-private';
import type { Base } from '../feature';
import { type Day, periodBounds, quarterOf } from '../foundation/day';
import { may } from '../organisation/may';
import type { Member, OrganisationService, Sector } from '../organisation/service';
import type { Span } from './asked-span';
import type { Progress } from './progress';
import { rights } from './readings';
import { isOpen, shortfallOf } from './reminder-rules';
import type { Quotas } from './service';
import { quotaTexts as texts } from './texts';

type Group = { kind: 'sector'; code: string; name: string; mayOpen: boolean } | { kind: 'body'; mayOpen: boolean };

interface Parts {
  quotas: Quotas;
  organisation: OrganisationService;
  pageAt: Base['pageAt'];
}

/** Where the whole list stands. */
export const behindPath = '/behind';

export interface Behind {
  id: string;
  name: string;
  sector: string | null;
  lines: Progress[];
}

/** Who of them has something open, in their order. */
export const behindOf = (
  members: readonly Member[],
  states: ReadonlyMap<string, Progress[]>,
  { span, today }: { span: Span | null; today: Day },
): Behind[] =>
  members
    .map(({ id, name, sector }) => ({ id, name, sector, lines: openIn(states.get(id) ?? [], span, today) }))
    .filter(({ lines }) => lines.length > 0);

/** How many in each sector, in the sectors' order. */
const countsBySector = (names: readonly Behind[], sectors: readonly Sector[]): { name: string; count: number }[] =>
  sectors.map(({ code, name }) => ({ name, count: names.filter(({ sector }) => sector === code).length })).filter(({ count }) => count > 0);

interface Question {
  whose: Group;
  /** The time that was named. */
  span: Span | null;
}

/** Who of a sector or of the body has something open, in roster order: for those who look after them, in private (C09). */
export async function whoIsBehind(
  { quotas, organisation, pageAt }: Parts,
  context: CommandContext,
  { whose, span }: Question,
): Promise<Reply> {
  const { body, today } = context;
  const group = whose.mayOpen ? whose : await ownSector(organisation, context, whose);
  if (!group) return { text: texts.othersDenied };
  const { policies } = await quotas.scheme(body);
  if (policies.every(({ advisory }) => advisory)) return { text: texts.advisoryOnly };
  const members = await membersOf(quotas, body, group);
  const states = await quotas.progressOf(body, members, today, span);
  const asked = [...states.values()].some((each) => each.length > 0);
  const every = policies.flatMap(({ rules }) => rules.map((rule) => rule.every));
  if (span && !asked) return { text: texts.nobodyBehind(span, today, every) };
  const names = behindOf(members, states, { span, today });
  const who = group.kind === 'sector' ? group.name : texts.everybody;
  const { sectors } = await organisation.body(body);
  const parts = group.kind === 'body' ? countsBySector(names, sectors) : [];
  const said = texts.behind({ who, today, span }, names, { parts, page: pageAt(body, behindPath) });
  return inPrivate(context, 'behind', group === whose || group.kind === 'body' ? said : `${texts.onlyOwnSector(group.name)}${said}`);
}

/** Who asks about everybody and may see the own sector hears of that. */
async function ownSector(organisation: OrganisationService, { body, speaker }: CommandContext, asked: Group): Promise<Group | null> {
  if (asked.kind === 'sector' || speaker.sector === null || !may(rights.seeOpen, speaker, { sector: speaker.sector })) return null;
  const { sectors } = await organisation.body(body);
  const sector = sectors.find(({ code }) => code === speaker.sector);
  return sector ? { kind: 'sector', code: sector.code, name: sector.name, mayOpen: true } : null;
}

/** Of a time that was named what lies in it; else what ends with this quarter, or where nothing does, what runs. */
export function openIn(states: readonly Progress[], span: Span | null, today: Day): Progress[] {
  const quarterEnd = periodBounds(quarterOf(today)).to;
  if (span || !states.some(({ due }) => due === quarterEnd)) return states.filter(isOpen);
  return shortfallOf(states, today);
}

export async function membersOf(
  quotas: Quotas,
  body: string,
  group: { kind: 'sector'; code: string } | { kind: 'body' },
): Promise<Member[]> {
  const members: Member[] = [];
  for await (const member of quotas.members(body)) if (group.kind === 'body' || member.sector === group.code) members.push(member);
  return members;
}
