import { type Command, type CommandContext, command, type Reply } from '../chat/command';
import type { Member, OrganisationService, Role, RoleBook } from '../organisation/service';
import { type AskRuleReading, askRule, rights } from './readings';
import type { Scheme } from './scheme';
import type { Quotas } from './service';
import { type Heading, headingIn, modeIn, ruleTexts as texts } from './texts/rules';

interface Parts {
  quotas: Quotas;
  organisation: OrganisationService;
  roles: RoleBook;
}

/** What the body's own rules say: who is who, whose duty what is, what counts, what is asked; each with where it stands. */
export const ruleCommands = (parts: Parts): Command[] => [
  command(askRule, { may: rights.seeTotals, help: texts.help, handle: (context, reading) => answer(parts, context, reading) }),
];

async function answer(parts: Parts, context: CommandContext, { topic }: AskRuleReading): Promise<Reply> {
  const asked = `${context.text} ${topic}`;
  const scheme = await parts.quotas.scheme(context.body);
  const role = roleIn(parts.roles, asked);
  if (role && texts.asksWho.test(asked)) {
    const who = await whoIs(parts, context, role);
    return { text: texts.asksPhone.test(asked) ? `${who}${texts.noPhones}` : who };
  }
  const mode = modeIn(asked);
  if (mode && texts.asksCounting.test(asked)) return { text: texts.counting(mode, countingOf(scheme, mode), scheme.title) };
  if (role) return { text: texts.duty(parts.roles[role].name, parts.roles[role].duty) };
  const heading = headingIn(asked);
  if (heading) return { text: sheetText(scheme, heading) };
  if (texts.asksCounting.test(asked)) return { text: texts.whatCounts(exceptedModes(scheme), scheme.title) };
  return { text: texts.required(scheme.title, scheme.sheet !== undefined) };
}

/** The longest role name in a line: 副主任 is no 主任. */
function roleIn(roles: RoleBook, asked: string): Role | null {
  const named = (Object.keys(roles) as Role[]).flatMap((role) => [roles[role].name, ...roles[role].roster].map((name) => ({ role, name })));
  const [found] = named.filter(({ name }) => asked.includes(name)).sort((a, b) => b.name.length - a.name.length);
  return found?.role ?? null;
}

/** By name, of the speaker's sector where there are some; the roster is no secret. */
async function whoIs({ organisation, roles }: Parts, { body, speaker }: CommandContext, role: Role): Promise<string> {
  const all: Member[] = [];
  for await (const member of organisation.members(body)) if (member.roles.includes(role)) all.push(member);
  const { sectors } = await organisation.body(body);
  const sectorOf = ({ sector }: Member): string | null => sectors.find(({ code }) => code === sector)?.name ?? null;
  const own = speaker.sector === null ? [] : all.filter(({ sector }) => sector === speaker.sector);
  const told = own.length > 0 ? own : all.filter(({ sector }) => sector === null || speaker.sector === null);
  const mine = sectors.find(({ code }) => code === speaker.sector)?.name ?? null;
  return texts.who(
    roles[role].name,
    mine,
    told.map((member) => ({ name: member.name, sector: sectorOf(member) })),
  );
}

const exceptedModes = ({ policies }: Scheme): string[] => [
  ...new Set(
    policies.flatMap(({ rules }) => rules.filter(({ metric }) => metric === 'events').flatMap(({ exceptModes = [] }) => exceptModes)),
  ),
];

/** For which of the two measures a mode counts under the scheme; null where the scheme does not ask for it. */
function countingOf({ policies }: Scheme, mode: string): { events: boolean | null; person_times: boolean | null } {
  const rules = policies.flatMap((policy) => policy.rules);
  const counts = (metric: string): boolean | null => {
    const own = rules.filter((rule) => rule.metric === metric);
    return own.length === 0 ? null : own.some(({ exceptModes = [] }) => !exceptModes.some((each) => each === mode));
  };
  return { events: counts('events'), person_times: counts('person_times') };
}

function sheetText({ sheet }: Scheme, heading: Heading): string {
  return sheet ? texts.sheet(heading, sheet[heading], sheet.source) : texts.noSheet(heading);
}
