/** How far a reading fits an expectation. */
type Fields = Record<string, unknown>;

const sets = new Set(['missing', 'confirm']);
const subsets = new Set(['topics', 'services', 'results', 'demands', 'contacts', 'companions', 'names', 'pii', 'absent', 'on_leave']);
const contained = new Set([
  'activity',
  'subject',
  'keyword',
  'case',
  'opinion',
  'contact',
  'problem',
  'handler',
  'sector',
  'to',
  'content',
  'on_behalf_of',
]);
const notCompared = new Set(['reason', 'note', 'duplicate_of', 'form', 'title', 'records', 'intent']);

const squash = (value: unknown): string => String(value).normalize('NFKC').replace(/\s+/g, '');
const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
const list = (value: unknown): unknown[] => (isEmpty(value) ? [] : Array.isArray(value) ? value : [value]);
const same = (a: unknown, b: unknown): boolean => (isEmpty(a) && isEmpty(b)) || JSON.stringify(a) === JSON.stringify(b);
const within = (a: unknown, b: unknown): boolean =>
  isEmpty(a) || isEmpty(b) ? isEmpty(a) && isEmpty(b) : squash(a).includes(squash(b)) || squash(b).includes(squash(a));

function fits(field: string, want: unknown, got: Fields): boolean {
  const have = got[field];
  if (sets.has(field)) return same(list(want).map(squash).toSorted(), list(have).map(squash).toSorted());
  if (subsets.has(field)) return list(want).every((w) => list(have).some((h) => within(w, h)));
  const other = { place: 'organisation', organisation: 'place' }[field];
  if (other !== undefined) return within(want, have) || (isEmpty(have) ? within(want, got[other]) : isEmpty(want));
  if (contained.has(field)) return within(want, have);
  if (typeof want === 'object' && want !== null && !Array.isArray(want))
    return Object.entries(want).every(([key, value]) =>
      typeof value === 'string' ? within(value, (have as Fields | undefined)?.[key]) : same(value, (have as Fields | undefined)?.[key]),
    );
  return same(want, have);
}

/** What differs, as sentences; empty when the reading is what was expected. */
export function differences(expected: Fields, reading: Fields, at = ''): string[] {
  const faults =
    expected['intent'] === undefined || expected['intent'] === reading['intent'] ? [] : [`intent: ${String(reading['intent'])}`];
  for (const [field, want] of Object.entries(expected)) {
    if (notCompared.has(field) || fits(field, want, reading)) continue;
    faults.push(`${at}${field}: want ${JSON.stringify(want)}, got ${JSON.stringify(reading[field])}`);
  }
  const records = list(expected['records']) as Fields[];
  const have = list(reading['records']) as Fields[];
  if (records.length > 0 && records.length !== have.length) faults.push(`${at}records: want ${records.length}, got ${have.length}`);
  return [...faults, ...records.flatMap((record, i) => differences(record, have[i] ?? {}, `${at}records[${i}].`))];
}
