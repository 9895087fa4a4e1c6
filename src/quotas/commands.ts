import { type Command, type CommandContext, command, type Reply } from '../chat/command';
import { inPrivate } from '../chat/in-private';
import { type Day, periodBounds, yearOf } from '../foundation/day';
import type { Measure, MeasureName } from '../measures';
import { may } from '../organisation/may';
import { type Member, type OrganisationService, sectorNamed } from '../organisation/service';
import { type ProgressReading, queryProgress, rights } from './readings';
import { shortfallOf } from './reminder-rules';
import type { Quotas } from './service';
import { quotaTexts as texts } from './texts';

interface Parts {
  quotas: Quotas;
  organisation: OrganisationService;
  measure: (name: MeasureName) => Measure;
}

/** What can be asked about progress. Numbers of one person are said in private only (C09). */
export function quotaCommands(parts: Parts): Command[] {
  return [
    command(queryProgress, { may: rights.see, help: texts.help.progress, handle: (context, reading) => answer(parts, context, reading) }),
  ];
}

async function answer(parts: Parts, context: CommandContext, reading: ProgressReading): Promise<Reply> {
  if (reading.refuse === 'public_ranking') return { text: texts.noRanking(await totals(parts, context, reading.period)) };
  if (reading.scope === 'self') return inPrivate(context, 'progress', await own(parts, context, reading.period));
  const list = reading.metric === 'behind_list' || reading.privacy !== undefined;
  if (reading.scope === 'org' && !list) return { text: await totals(parts, context, reading.period) };
  return behind(parts, context, reading.subject);
}

async function own({ quotas, organisation }: Parts, context: CommandContext, period: string | null): Promise<string> {
  const { body, speaker, today, now, zone } = context;
  const member = await organisation.member(body, speaker.memberId);
  if (!member || member.sector === null) return texts.nothingAsked(speaker.name);
  const asOf = dayWithin(period, today);
  const progress = await quotas.progress(body, member, asOf);
  return texts.progress(member.name, progress, { now, zone, current: asOf === today });
}

/** Today when the period is running or none was named; else the last day of the past period. */
function dayWithin(period: string | null, today: Day): Day {
  if (!period || !/^\d{4}(-(Q[1-4]|H[12]|\d\d))?$/.test(period)) return today;
  const { to } = periodBounds(period);
  return to < today ? to : today;
}

async function totals({ measure }: Parts, { body, today }: CommandContext, period: string | null): Promise<string> {
  const known = period && /^\d{4}(-(Q[1-4]|H[12]|\d\d))?$/.test(period) ? period : yearOf(today);
  const query = { body, ...periodBounds(known) };
  const [records, people] = await Promise.all([measure('events').count(query), measure('person_times').count(query)]);
  return texts.totals(known, known === yearOf(today), { records, people });
}

/** Who of a sector has something open: for its convener and the office, in private. */
async function behind({ quotas, organisation }: Parts, context: CommandContext, subject: string | null): Promise<Reply> {
  const { body, speaker, today } = context;
  const { sectors } = await organisation.body(body);
  const sector = subject === null ? sectors.find(({ code }) => code === speaker.sector) : sectorNamed(sectors, subject);
  if (!sector || !may(rights.seeOpen, speaker, { sector: sector.code })) return { text: texts.othersDenied };
  const names = [];
  for await (const member of quotas.members(body)) {
    if (member.sector !== sector.code) continue;
    const lines = shortfallOf(await quotas.progress(body, member as Member, today), today);
    if (lines.length > 0) names.push({ name: member.name, lines });
  }
  return inPrivate(context, 'behind', texts.behind(sector.name, names));
}
