import type { ContactReading, CorrectReading, MissingField } from '../chat/reader/reading';
import type { RecordWords } from '../chat/texts/contacts';
import { maskPersonal } from '../foundation/mask';
import type { ContactRecord } from './record';

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
  | 'topics'
  | 'services'
  | 'results'
  | 'content'
  | 'demands'
  | 'missing'
>;

/** Above this a contact's number is asked about rather than believed; the reader may ask below it (`confirm`). */
const mostPeople = 100_000;

const masked = (text: string | null): string | null => (text === null ? null : maskPersonal(text));

/** What is kept of a reading; `content` is the member's own words, masked already. A number that cannot be is left out and asked for. */
export function fieldsOf(reading: ContactReading, content: string | null): RecordFields {
  const doubtful = isDoubtful(reading);
  return {
    mode: reading.mode,
    contactDate: reading.date,
    ...(reading.date_end ? { contactDateEnd: reading.date_end } : {}),
    datePrecision: reading.date_precision,
    place: masked(reading.place),
    organisation: masked(reading.organisation),
    people: doubtful ? null : reading.people,
    peopleApprox: reading.people_approx,
    topics: reading.topics,
    services: reading.services,
    results: reading.results,
    content,
    demands: (reading.demands ?? []).map((demand) => maskPersonal(demand)),
    missing: doubtful && !reading.missing.includes('people') ? [...reading.missing, 'people'] : reading.missing,
  };
}

/** True when the number of people should be confirmed by the member before it counts. */
export function isDoubtful(reading: ContactReading): boolean {
  const { people } = reading;
  return (
    people !== null && (reading.confirm?.includes('people') === true || people > mostPeople || people < 0 || !Number.isInteger(people))
  );
}

const squeezed = (text: string | null): string => (text ?? '').normalize('NFKC').replace(/\s+/g, '').toLowerCase();

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

/** What a correction changes, as record fields; empty when nothing would change. */
export function correctionOf(record: ContactRecord, changes: CorrectReading['changes']): Partial<RecordFields> {
  const people = changes.people ?? (changes.people_delta === undefined ? undefined : (record.people ?? 0) + changes.people_delta);
  const wanted: Partial<RecordFields> = {
    ...(people !== undefined && people >= 0 && people <= mostPeople ? { people } : {}),
    ...(changes.date ? { contactDate: changes.date } : {}),
    ...(changes.place ? { place: maskPersonal(changes.place) } : {}),
    ...(changes.mode ? { mode: changes.mode } : {}),
    ...(changes.results ? { results: changes.results } : {}),
  };
  const real = Object.entries(wanted).filter(
    ([field, value]) => JSON.stringify(value) !== JSON.stringify(record[field as keyof RecordFields]),
  );
  return Object.fromEntries(real);
}

/** What an answer adds to a half-finished record: only what was missing; a date that was merely assumed does not count as one. */
export function completionOf(record: ContactRecord, answer: ContactReading, bareNumber: number | null): Partial<RecordFields> {
  const people = answer.people ?? bareNumber;
  const filled: Partial<RecordFields> = {};
  for (const field of record.missing) {
    if (field === 'mode' && answer.mode) filled.mode = answer.mode;
    if (field === 'date' && answer.date && answer.date_precision !== 'assumed')
      Object.assign(filled, { contactDate: answer.date, datePrecision: answer.date_precision });
    if (field === 'where' && (answer.place || answer.organisation))
      Object.assign(filled, { place: masked(answer.place), organisation: masked(answer.organisation) });
    if (field === 'people' && people !== null && people <= mostPeople)
      Object.assign(filled, { people, peopleApprox: answer.people_approx });
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
