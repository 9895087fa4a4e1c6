import { type Day, quarterOf } from '../foundation/day';
import type { ContactReading, MissingField, RecordChanges, RejectReason } from './readings';
import type { ContactRecord } from './record';
import type { RecordWords } from './texts';

/** The fields of a record that a reading fills and a correction changes. */
export type RecordFields = Pick<
  ContactRecord,
  | 'mode'
  | 'contactDate'
  | 'contactDateEnd'
  | 'datePrecision'
  | 'place'
  | 'organisation'
  | 'people'
  | 'peopleApprox'
  | 'time'
  | 'units'
  | 'contacts'
  | 'memberCount'
  | 'personsDistinct'
  | 'constituentType'
  | 'topics'
  | 'services'
  | 'results'
  | 'content'
  | 'demands'
  | 'missing'
>;

/** Above this a contact's number is asked about rather than believed; the reader may ask below it (`confirm`). */
const mostPeople = 100_000;

/** What is kept of a reading; `content` is the member's own words. A number that cannot be is left out and asked for. */
export function fieldsOf(reading: ContactReading, content: string | null, today: Day): RecordFields {
  const doubtful = isDoubtful(reading);
  const dates = datesOf(reading, today);
  const asked: MissingField[] = [];
  if (reading.date_precision === 'period' && !dates.contactDate) asked.push('date');
  if (doubtful) asked.push('people');
  return {
    mode: reading.mode,
    ...dates,
    place: reading.place,
    organisation: reading.organisation,
    people: doubtful ? null : reading.people,
    peopleApprox: reading.people_approx,
    ...toldBesides(reading),
    topics: reading.topics,
    services: reading.services,
    results: reading.results,
    content,
    demands: [...(reading.demands ?? [])],
    missing: [...new Set([...reading.missing, ...asked])],
  };
}

/** What stands in a record only when something was said of it. */
function toldBesides({ time, units, contacts, member_count, persons_distinct, constituent_type }: ContactReading): Partial<RecordFields> {
  return {
    ...(time ? { time } : {}),
    ...(units && Object.keys(units).length > 0 ? { units } : {}),
    ...(contacts && contacts.length > 0 ? { contacts: [...contacts] } : {}),
    ...(member_count === undefined ? {} : { memberCount: member_count }),
    ...(persons_distinct === undefined ? {} : { personsDistinct: persons_distinct }),
    ...(constituent_type ? { constituentType: constituent_type } : {}),
  };
}

type Dates = Pick<RecordFields, 'contactDate' | 'contactDateEnd' | 'datePrecision'>;

/**
 * The days of a contact. A month or ten days within one quarter is enough to be credited, a longer time is
 * no date. What is still going on (国庆期间, said on the fifth) ends today: no day is kept that has not come.
 */
function datesOf({ date, date_end, date_precision, date_from, date_to }: ContactReading, today: Day): Dates {
  const from = date_precision === 'period' ? date_from : date;
  const end = date_precision === 'period' ? date_to : date_end;
  const last = end && end > today ? today : end;
  if (date_precision === 'period' && (!from || !last || quarterOf(from) !== quarterOf(last)))
    return { contactDate: null, datePrecision: 'period' };
  return { contactDate: from ?? null, ...(last && last !== from ? { contactDateEnd: last } : {}), datePrecision: date_precision };
}

/** Why nothing of a contact may be stored. */
export function refusalOf(reading: ContactReading, today: Day): RejectReason | null {
  const from = reading.date ?? reading.date_from;
  return reading.reject ?? (from && from > today ? 'future_date' : null);
}

/** True when the number of people should be confirmed by the member before it counts. */
export function isDoubtful(reading: ContactReading): boolean {
  const { people } = reading;
  return (
    people !== null && (reading.confirm?.includes('people') === true || people > mostPeople || people < 0 || !Number.isInteger(people))
  );
}

const squeezed = (text: string | null): string => (text ?? '').normalize('NFKC').replace(/\s+/g, '').toLowerCase();

/** True when a change touches what tells one contact from another. */
export const concernsRepeat = (change: Partial<RecordFields>): boolean =>
  ['mode', 'contactDate', 'place', 'organisation'].some((field) => field in change);

/** Same day and same place or organisation: probably the same contact told twice (F31). A record without either is never called a repeat. */
export function looksLikeRepeat(fields: RecordFields, earlier: RecordFields): boolean {
  if (!fields.contactDate || fields.contactDate !== earlier.contactDate) return false;
  const here = squeezed(fields.place) + squeezed(fields.organisation);
  return (
    here !== '' &&
    here === squeezed(earlier.place) + squeezed(earlier.organisation) &&
    (fields.mode === null || earlier.mode === null || fields.mode === earlier.mode)
  );
}

type Identity = Pick<ContactRecord, 'status' | 'credited' | 'contactDate' | 'mode' | 'place' | 'organisation'>;

/** What a record counts as, for each credited member; nothing without a day and a place, or while it does not count. */
export function claimsOf({ status, credited, contactDate, mode, place, organisation }: Identity): string[] {
  const where = squeezed(place) + squeezed(organisation);
  if (status !== 'kept' || !contactDate || where === '') return [];
  return credited.map((member) => [member, contactDate, mode ?? '', where].join('|'));
}

const peopleAfter = (record: ContactRecord, { people, people_delta }: RecordChanges): number | undefined =>
  people ?? (people_delta === undefined ? undefined : (record.people ?? 0) + people_delta);
/** A contact with nobody is none. */
const isPossible = (people: number): boolean => people >= 1 && people <= mostPeople;

/** True for a correction to a number of people that cannot be. */
export function isImpossible(record: ContactRecord, changes: RecordChanges): boolean {
  const people = peopleAfter(record, changes);
  return people !== undefined && !isPossible(people);
}

/** The new place stands for the one that was said before: the organisation, where no place was. */
function placeAfter({ place, organisation }: ContactRecord, changes: RecordChanges): Partial<RecordFields> {
  if (!changes.place) return {};
  return { place: changes.place, ...(place === null && organisation !== null ? { organisation: null } : {}) };
}

/** What follows from the words goes with them. */
function matterAfter({ content, topics, services, results }: RecordChanges): Partial<RecordFields> {
  return {
    ...(content ? { content, demands: [] } : {}),
    ...(topics ? { topics } : {}),
    ...(services ? { services } : {}),
    ...(results ? { results } : {}),
  };
}

/** What a correction changes, as record fields; empty when nothing would change. */
export function correctionOf(record: ContactRecord, changes: RecordChanges): Partial<RecordFields> {
  const people = peopleAfter(record, changes);
  const newDay = changes.date !== undefined && changes.date !== record.contactDate;
  const wanted: Partial<RecordFields> = {
    ...(people !== undefined && isPossible(people) ? { people } : {}),
    // 约12人 corrected to 15 is 15; three more than about twelve are still about fifteen.
    ...(changes.people !== undefined && people !== record.people ? { peopleApprox: false } : {}),
    ...(newDay ? { contactDate: changes.date, datePrecision: 'day', ...(record.contactDateEnd ? { contactDateEnd: null } : {}) } : {}),
    ...placeAfter(record, changes),
    ...(changes.mode ? { mode: changes.mode } : {}),
    ...matterAfter(changes),
  };
  const real = Object.entries(wanted).filter(
    ([field, value]) => JSON.stringify(value) !== JSON.stringify(record[field as keyof RecordFields]),
  );
  return Object.fromEntries(real);
}

/** What an answer adds to a half-finished record: only what was missing; a date that was merely assumed does not count as one. */
export function completionOf(record: ContactRecord, answer: ContactReading, bareNumber: number | null, today: Day): Partial<RecordFields> {
  const people = answer.people ?? bareNumber;
  const filled: Partial<RecordFields> = {};
  for (const field of record.missing) {
    if (field === 'mode' && answer.mode) filled.mode = answer.mode;
    const dates = datesOf(answer, today);
    if (field === 'date' && dates.contactDate && dates.datePrecision !== 'assumed') Object.assign(filled, dates);
    if (field === 'where' && (answer.place || answer.organisation))
      Object.assign(filled, { place: answer.place, organisation: answer.organisation });
    if (field === 'people' && people !== null && isPossible(people)) Object.assign(filled, { people, peopleApprox: answer.people_approx });
  }
  return filled;
}

/** What is still missing after a change. */
export function stillMissing(missing: readonly MissingField[], change: Partial<RecordFields>): MissingField[] {
  const given: Record<MissingField, boolean> = {
    mode: Boolean(change.mode),
    date: Boolean(change.contactDate),
    where: Boolean(change.place) || Boolean(change.organisation),
    people: change.people !== undefined && change.people !== null,
  };
  return missing.filter((field) => !given[field]);
}

export const wordsOf = (record: ContactRecord): RecordWords => ({
  ...record,
  year: String(record.enteredAt.getUTCFullYear()),
});
