import type { ContactRecord } from '../contacts/record';
import { addDays, type Day, daysBetween, instantOf, periodBounds, quarterOf } from '../foundation/day';
import type { Member } from '../organisation/service';
import type { Chance } from './chance';
import { modeShares, resultShares, subjects } from './contact-words';
import { yunchuan } from './yunchuan';

type Behaviour = 'ahead' | 'on_time' | 'behind_one' | 'behind_both' | 'exempt';

/** Of a quarter's members. */
const behaviourShares: readonly (readonly [Behaviour, number])[] = [
  ['ahead', 22],
  ['on_time', 50],
  ['behind_one', 18],
  ['behind_both', 7],
  ['exempt', 3],
];
/** Records in a quarter, from and to. */
const recordsOf: Readonly<Record<Behaviour, readonly [number, number]>> = {
  ahead: [3, 5],
  on_time: [1, 2],
  behind_one: [0, 1],
  behind_both: [0, 0],
  exempt: [0, 1],
};
/** History ids stand far above the series that live records take (R1024 …). */
const firstHistoryId = 100_001;
const largestCount = 210;

/** Who has nothing yet this quarter, so that a visitor sees the first record count. */
interface History {
  today: Day;
  nothingThisQuarter: readonly string[];
}

/** A year of contacts ending the day before `today`; in the order in which they were entered. */
export function makeContacts(chance: Chance, members: readonly Member[], history: History): ContactRecord[] {
  const quarters = quartersBefore(history.today);
  const records = members.flatMap((member) => {
    const usual = chance.weighted(behaviourShares);
    return quarters.flatMap((quarter) => {
      const idle = quarter === quarters.at(-1) && history.nothingThisQuarter.includes(member.name);
      const behaviour = idle ? 'behind_both' : behaviourIn(chance, { member, quarter, usual });
      return contactDays(chance, quarter, behaviour)
        .filter((day) => day < history.today && daysBetween(day, history.today) <= 366)
        .map((day) => contact(chance, member, day, behaviour));
    });
  });
  return numbered(withLife(chance, records, { members, today: history.today }));
}

function quartersBefore(today: Day): string[] {
  return [4, 3, 2, 1, 0].map((back) => {
    const month = Number(today.slice(0, 4)) * 12 + Number(today.slice(5, 7)) - 1 - back * 3;
    return quarterOf(`${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-01`);
  });
}

interface Situation {
  member: Member;
  quarter: string;
  usual: Behaviour;
}

/** People are steady: two quarters in three are like their usual ones. */
function behaviourIn(chance: Chance, { member, quarter, usual }: Situation): Behaviour {
  if (member.exemptions.some(({ period }) => quarter.startsWith(period))) return 'exempt';
  return chance.happens(0.65) ? usual : chance.weighted(behaviourShares);
}

/** On-time members rush in the last two weeks. */
function contactDays(chance: Chance, quarter: string, behaviour: Behaviour): Day[] {
  const { from, to } = periodBounds(quarter);
  const length = daysBetween(from, to);
  const rush = behaviour === 'on_time' && chance.happens(0.6);
  return Array.from({ length: chance.int(...recordsOf[behaviour]) }, () => addDays(from, chance.int(rush ? length - 13 : 0, length)));
}

/**
 * Person-times: median 9, ninetieth percentile 40, at most 210 over all modes. Telephone calls are few people, so the
 * rest is drawn a little higher.
 */
function personTimes(chance: Chance, few: boolean): number {
  for (;;) {
    const people = Math.max(1, Math.round(Math.exp(2.367 + 1.089 * chance.normal())));
    if (people <= (few ? 6 : largestCount)) return people;
  }
}

function contact(chance: Chance, member: Member, day: Day, behaviour: Behaviour): ContactRecord {
  const { mode, word } = chance.weighted(modeShares);
  const remote = mode === 'phone' || mode === 'online';
  const subject = chance.pick(subjects);
  const atOrganisation = !remote && chance.happens(0.35);
  const place = remote || atOrganisation ? null : chance.pick(yunchuan.places.slice(9));
  const organisation = atOrganisation ? chance.pick(yunchuan.organisations) : null;
  const people = personTimes(chance, mode === 'phone' || behaviour === 'behind_one');
  const when = `${Number(day.slice(5, 7))}月${Number(day.slice(8, 10))}日`;
  return {
    id: '',
    body: yunchuan.id,
    memberId: member.id,
    credited: [member.id],
    mode,
    contactDate: day,
    datePrecision: 'day',
    place,
    organisation,
    people,
    peopleApprox: false,
    topics: [...subject.topics],
    services: [...subject.services],
    results: [...chance.weighted(resultShares)],
    content: subject.words,
    text: ['/记录', word, when, place ?? organisation, `${people}人`, subject.words].filter((part) => part !== null).join(' '),
    missing: [],
    status: 'kept',
    enteredAt: enteredAt(chance, day, 0),
    source: '',
    history: [],
  };
}

const enteredAt = (chance: Chance, day: Day, daysLater: number): Date =>
  instantOf(
    addDays(day, daysLater),
    `${String(chance.int(9, 20)).padStart(2, '0')}:${String(chance.int(0, 59)).padStart(2, '0')}`,
    yunchuan.zone,
  );

/** 7 % late, 4 % corrected, 2 % typed twice and taken back, one in ten made together with a colleague of the sector. */
function withLife(chance: Chance, records: readonly ContactRecord[], around: { members: readonly Member[]; today: Day }): ContactRecord[] {
  const duplicates: ContactRecord[] = [];
  for (const record of records) {
    const day = record.contactDate ?? around.today;
    if (chance.happens(0.07)) record.enteredAt = enteredAt(chance, day, Math.min(chance.int(8, 25), daysBetween(day, around.today) - 1));
    if (chance.happens(0.04)) correct(record);
    if (chance.happens(0.02)) duplicates.push(duplicateOf(record));
    if (chance.happens(0.1)) record.credited.push(...companionOf(chance, record, around.members));
  }
  const most = records.reduce((a, b) => ((b.people ?? 0) > (a.people ?? 0) ? b : a));
  restate(most, largestCount);
  return [...records, ...duplicates];
}

function companionOf(chance: Chance, record: ContactRecord, members: readonly Member[]): string[] {
  const sector = members.find(({ id }) => id === record.memberId)?.sector;
  const colleagues = members.filter((member) => member.sector === sector && member.id !== record.memberId);
  return chance.sample(colleagues, 1).map(({ id }) => id);
}

function restate(record: ContactRecord, people: number): void {
  record.text = record.text.replace(` ${record.people}人 `, ` ${people}人 `);
  record.people = people;
}

/** The line said one person fewer at first. */
function correct(record: ContactRecord): void {
  const right = record.people ?? 1;
  restate(record, right + 1);
  record.people = right;
  const at = new Date(record.enteredAt.getTime() + 4 * 60_000);
  record.history.push({
    at,
    by: record.memberId,
    source: 'demo:correction',
    kind: 'corrected',
    before: { people: right + 1 },
    after: { people: right },
  });
}

function duplicateOf(record: ContactRecord): ContactRecord {
  const at = new Date(record.enteredAt.getTime() + 3 * 60_000);
  const withdrawn = { at, by: record.memberId, source: 'demo:withdrawal', kind: 'withdrawn' as const, before: {}, after: {} };
  return { ...record, credited: [record.memberId], status: 'withdrawn', enteredAt: at, history: [withdrawn] };
}

function numbered(records: readonly ContactRecord[]): ContactRecord[] {
  return records
    .toSorted((a, b) => a.enteredAt.getTime() - b.enteredAt.getTime())
    .map((record, at) => {
      const id = `R${firstHistoryId + at}`;
      return { ...record, id, source: `demo:${id}` };
    });
}
