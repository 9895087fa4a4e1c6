import type { Contribution, MeasureName, MeasureQuery, MeasureRow } from '../measures';
import { isEnterprise } from '../reader/enterprise';
import type { CountedRecord } from './record';

interface Records {
  counted(query: MeasureQuery): Promise<CountedRecord[]>;
  totals(query: MeasureQuery): Promise<{ records: number; people: number }>;
}

/** What contact records add to the house's figures: each an event, with its person-times. */
export function contactMeasures(records: Records): Contribution[] {
  const once = sharedWhileAsked((query: MeasureQuery) => records.counted(query));
  const contribution = (measure: MeasureName, amount: (record: CountedRecord) => number, total: 'records' | 'people'): Contribution => ({
    measure,
    rows: async (query) => (await once(query)).map((record) => rowOf(record, amount(record))),
    count: async (query) => (await records.totals(query))[total],
  });
  const distinct = (measure: MeasureName, namesOf: (record: CountedRecord) => readonly string[]): Contribution => ({
    measure,
    rows: async (query) => (await once(query)).flatMap((record) => namesOf(record).map((name) => ({ ...rowOf(record, 1), once: name }))),
  });
  const told = (measure: MeasureName, amount: (record: CountedRecord) => number): Contribution => ({
    measure,
    rows: async (query) => (await once(query)).filter((record) => amount(record) > 0).map((record) => rowOf(record, amount(record))),
  });
  return [
    contribution('events', () => 1, 'records'),
    contribution('person_times', ({ people }) => people, 'people'),
    told('households', ({ households }) => households),
    told('demands_told', ({ demands }) => demands),
    distinct('distinct_enterprises', enterprisesIn),
    distinct('distinct_places', ({ place }) => (place === null ? [] : namesIn(place))),
  ];
}

/** Several are written in one field, joined. */
const namesIn = (field: string): string[] => [
  ...new Set(
    field
      .normalize('NFKC')
      .split(/[、,，;；]/)
      .map((name) => name.trim())
      .filter((name) => name !== ''),
  ),
];

const enterprisesIn = ({ place, organisation }: CountedRecord): string[] =>
  namesIn([organisation, place].filter((each) => each !== null).join('、')).filter(isEnterprise);

const rowOf = ({ id, date, credited, mode }: CountedRecord, amount: number): MeasureRow => ({ id, date, members: credited, amount, mode });

/** Whoever asks for two figures with one and the same query object has the records read once. */
function sharedWhileAsked<Query extends object, Answer>(ask: (query: Query) => Promise<Answer>): (query: Query) => Promise<Answer> {
  const asked = new WeakMap<Query, Promise<Answer>>();
  return (query) => {
    const known = asked.get(query);
    if (known) return known;
    const answer = ask(query);
    asked.set(query, answer);
    return answer;
  };
}
