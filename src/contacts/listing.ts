import type { CommandContext, Reply } from '../chat/command';
import { inPrivate } from '../chat/in-private';
import { type Day, yearOf } from '../foundation/day';
import { may } from '../organisation/may';
import { type Member, type OrganisationService, sectorNamed } from '../organisation/service';
import { lineOf } from './own-list';
import { type RecordQueryReading, rights } from './readings';
import type { Contacts } from './service';
import { listTexts as texts } from './texts/lists';

interface Tools {
  contacts: Contacts;
  organisation: OrganisationService;
}

const shown = 10;
const shownUndated = 5;

/** What was asked for: whose records, once it is known that the speaker may see them. */
type Listed = { who: string; members: readonly Member[] | null };

/** Records of the time asked for: one's own, or of whom one looks after; always in private. */
export async function listRecords(tools: Tools, context: CommandContext, reading: RecordQueryReading): Promise<Reply> {
  const { body, speaker, today } = context;
  const own = reading.scope === 'self' || (reading.scope === 'member' && reading.subject === speaker.name);
  const listed = own ? null : await whose(tools.organisation, context, reading);
  if (listed && 'text' in listed) return listed;
  const days = daysOf(reading);
  const limit = days && days.from !== days.to ? shown : shownUndated;
  const credited = listed ? (listed.members?.map(({ id }) => id) ?? null) : [speaker.memberId];
  const { records, count } = await tools.contacts.listed(body, credited, { ...(days ? { days } : {}), limit: listed ? shown : limit });
  const several = listed !== null && listed.members?.length !== 1;
  const lines = await Promise.all(
    records.map(async (record) => {
      const line = await lineOf(tools.organisation, record, credited?.length === 1 ? (credited[0] ?? '') : record.memberId);
      return several ? texts.of((await tools.organisation.member(body, record.memberId))?.name ?? '', line) : line;
    }),
  );
  return inPrivate(context, 'records', texts.list({ who: listed?.who ?? null, days, year: yearOf(today) }, lines, count));
}

function daysOf({ date, date_from: from, date_to: to }: RecordQueryReading): { from: Day; to: Day } | null {
  if (from !== undefined && to !== undefined) return { from, to };
  return date === null ? null : { from: date, to: date };
}

async function whose(
  organisation: OrganisationService,
  { body, speaker }: CommandContext,
  reading: RecordQueryReading,
): Promise<Listed | Reply> {
  const { scope, subject } = reading;
  const mayList = (memberId: string | undefined, sector: string | null): boolean =>
    may(rights.list, speaker, { ...(memberId === undefined ? {} : { memberId }), sector });
  if (scope === 'member' && subject !== undefined) {
    // Peers are refused before the name is looked up: a refusal tells nothing of the roster.
    if (!looksAfterOthers(speaker)) return { text: texts.denied };
    const named = await organisation.membersNamed(body, subject);
    const open = named.filter(({ id, sector }) => mayList(id, sector));
    const [member, another] = open;
    if (another) return { text: texts.severalNamed(subject) };
    if (!member) return { text: named.length > 0 ? texts.notYourSector(subject) : texts.noSuchMember(subject) };
    return { who: texts.member(member.name), members: [member] };
  }
  if (scope === 'org') return mayList(undefined, null) ? { who: texts.everybody, members: null } : { text: texts.denied };
  const { sectors } = await organisation.body(body);
  const sector = subject === undefined ? sectors.find(({ code }) => code === speaker.sector) : sectorNamed(sectors, subject);
  if (!sector) return { text: texts.whichSector };
  if (!mayList(undefined, sector.code)) return { text: texts.denied };
  const members: Member[] = [];
  for await (const member of organisation.members(body)) if (member.sector === sector.code) members.push(member);
  return { who: sector.name, members };
}

/** Whether a right over others' records is theirs at all. */
const looksAfterOthers = ({ roles }: CommandContext['speaker']): boolean =>
  roles.some((role) => rights.list.grants[role] !== undefined && rights.list.grants[role] !== 'own');
