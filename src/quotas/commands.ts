import { type Command, type CommandContext, command, type Reply } from '../chat/command';
import { inPrivate } from '../chat/in-private';
import type { Base } from '../feature';
import type { Measure, MeasureName } from '../measures';
import type { Member, OrganisationService } from '../organisation/service';
import { type Span, spanAsked, thisYear } from './asked-span';
import { membersOf, openIn, whoIsBehind } from './behind';
import { figureOf, measured } from './figures';
import type { Progress } from './progress';
import { type ProgressReading, queryProgress, rights } from './readings';
import type { Quotas } from './service';
import { quotaTexts as texts } from './texts';
import { type Whose, whoseOf } from './whose';

interface Parts {
  quotas: Quotas;
  organisation: OrganisationService;
  measure: (name: MeasureName) => Measure;
  pageAt: Base['pageAt'];
}

/** Sums over fewer would tell of single people (C09). */
const fewestInSums = 5;

/** What can be asked about progress. Numbers of one person are said in private only (C09). */
export function quotaCommands(parts: Parts): Command[] {
  return [
    command(queryProgress, {
      may: rights.see,
      help: [
        { say: texts.help.progress, first: ['member'], ofMembers: true },
        { say: texts.help.behind, may: rights.seeOpen, first: ['convener', 'liaison_officer', 'staff', 'auditor'] },
        { say: texts.help.figures },
      ],
      handle: (context, reading) => answer(parts, context, reading),
    }),
  ];
}

async function answer(parts: Parts, context: CommandContext, reading: ProgressReading): Promise<Reply> {
  const { body, today } = context;
  const span = spanAsked(reading);
  if (reading.refuse === 'public_ranking') {
    const said = span ?? thisYear(today);
    return { text: texts.noRanking(texts.sums({ who: texts.everybody, span: said, today }, await sumsOf(parts, { body, ...said }))) };
  }
  const whose = await whoseOf(parts.organisation, context, reading);
  if ('text' in whose) return whose;
  if (whose.kind === 'self' && (whose.member === null || whose.member.sector === null))
    return { text: texts.nothingAsked(context.speaker.name) };
  const about: About = { parts, context, reading, span };
  if (whose.kind === 'self' || whose.kind === 'member') return ofOne(about, whose.member as Member, whose.kind === 'self');
  if (reading.metric === 'behind_list') return whoIsBehind(parts, context, { whose, span });
  return ofMany(about, whose);
}

interface About {
  parts: Parts;
  context: CommandContext;
  reading: ProgressReading;
  span: Span | null;
}

/** One person's figures: what was counted if something was, else what is asked and done. */
async function ofOne({ parts, context, reading, span }: About, member: Member, own: boolean): Promise<Reply> {
  const { body, today, now, zone } = context;
  const who = own ? texts.own : texts.memberNamed(member.name);
  const said = (text: string): Reply => inPrivate(context, 'progress', text);
  const when = span ?? thisYear(today);
  const states = (await parts.quotas.progressOf(body, [member], today, span)).get(member.id) ?? [];
  const { metric, modes = [] } = reading;
  const name = metric === null ? null : measured(metric);
  if (metric !== null && name === null && texts.notCounted[metric]) return said(texts.notCounted[metric]);
  if (name !== null) {
    const figure = await figureOf(parts.measure(name), { body, ...when, members: [member.id], modes });
    const rule = states.find((each) => each.rule.metric === name && each.period === when.label);
    return said(texts.figure({ who, span: when, today }, { ...figure, modes, ...(rule ? { rule } : {}) }));
  }
  if (states.length > 0) return said(texts.progress({ name: member.name, own }, states, { now, zone }));
  const { policies } = await parts.quotas.scheme(body);
  const every = policies.flatMap(({ rules }) => rules.map((rule) => rule.every));
  return said(texts.outside({ who, span: when, today }, await sumsOf(parts, { body, ...when, members: [member.id] }), every));
}

/** Sums of a sector or of everybody, each thing once however many members share it. */
async function ofMany({ parts, context, reading, span }: About, whose: Extract<Whose, { mayOpen: boolean }>): Promise<Reply> {
  const { body, today } = context;
  const { metric, modes = [] } = reading;
  const name = metric === null ? null : measured(metric);
  if (metric !== null && name === null && texts.notCounted[metric]) return { text: texts.notCounted[metric] };
  const members = await membersOf(parts.quotas, body, whose);
  const few = members.length < fewestInSums;
  if (few && !whose.mayOpen) return { text: texts.tooFew };
  const when = span ?? thisYear(today);
  const asked = { body, ...when, ...(whose.kind === 'sector' ? { members: members.map(({ id }) => id) } : {}) };
  const who = whose.kind === 'sector' ? whose.name : texts.everybody;
  if (name !== null) {
    const text = texts.figure({ who, span: when, today }, { ...(await figureOf(parts.measure(name), { ...asked, modes })), modes });
    return few ? inPrivate(context, 'progress', text) : { text };
  }
  const sums = await sumsOf(parts, asked);
  const states = whose.mayOpen ? await parts.quotas.progressOf(body, members, today, span) : new Map<string, Progress[]>();
  const asks = [...states.values()].some((each) => each.some(({ advisory }) => !advisory));
  if (!asks) {
    const text = texts.sums({ who, span: when, today }, sums);
    return few ? inPrivate(context, 'progress', text) : { text };
  }
  const open = members.filter(({ id }) => openIn(states.get(id) ?? [], span, today).length > 0).length;
  return inPrivate(context, 'progress', texts.overview({ who, span: when, today }, sums, { members: members.length, open }));
}

async function sumsOf(
  { measure }: Parts,
  { body, from, to, members }: { body: string; from: string; to: string; members?: readonly string[] },
) {
  const query = { body, from, to, ...(members ? { members } : {}) };
  const [records, people] = await Promise.all([measure('events').count(query), measure('person_times').count(query)]);
  return { records, people };
}
