import { StoreError } from './failure';
import { compare } from './order';
import { anyAt, parts } from './paths';
import { type Doc, type Found, isDoc, toNumber, typeName } from './values';

export interface SortKey {
  path: string;
  way: string[];
  direction: 1 | -1;
}

/** Reads a sort document; anything but 1 and -1 is refused (`$meta` needs a text index). */
export function sortKeys(sort: Doc): SortKey[] {
  if (sort.size > 32) throw new StoreError('BadValue', 'too many sort keys');
  return [...sort].map(([path, value]) => {
    const direction = toNumber(value);
    if (isDoc(value)) throw new StoreError('BadValue', 'The built-in store does not do $meta sorts');
    if (Number.isNaN(direction)) throw new StoreError(15974, `Illegal key in $sort specification: ${path}: ${typeName(value)}`);
    if (direction !== 1 && direction !== -1)
      throw new StoreError(15975, '$sort key ordering must be 1 (for ascending) or -1 (for descending)');
    if (path === '' || path.split('.').includes('')) throw new StoreError('BadValue', 'FieldPath field names may not be empty strings.');
    return { path, way: parts(path), direction };
  });
}

const empty = Symbol('an empty array sorts before null');
type SortValue = Found | typeof empty;

/** What a document is sorted by at one path: the least of an array's elements upwards, the greatest downwards. */
function sortValue(doc: Doc, key: SortKey): SortValue {
  let chosen: SortValue;
  let any = false;
  anyAt(doc, key.way, false, (value) => {
    const candidates: SortValue[] = Array.isArray(value) ? (value.length > 0 ? value : [empty]) : [value];
    for (const candidate of candidates) {
      if (!any || key.direction * compareSortValues(candidate, chosen) < 0) chosen = candidate;
      any = true;
    }
    return false;
  });
  return chosen;
}

function compareSortValues(a: SortValue, b: SortValue): number {
  if (a === empty || b === empty) {
    if (a === b) return 0;
    const other = a === empty ? b : a;
    const beforeEmpty = compare(other as Found, null) < 0 ? 1 : -1;
    return a === empty ? beforeEmpty : -beforeEmpty;
  }
  return compare(a, b);
}

/** The values a document is sorted by, taken once, so that sorting does not walk the documents again and again. */
export const sortTuple = (keys: SortKey[], doc: Doc): unknown[] => keys.map((key) => sortValue(doc, key));

export function compareTuples(keys: SortKey[], a: unknown[], b: unknown[]): number {
  for (const [index, key] of keys.entries()) {
    const difference = compareSortValues(a[index] as SortValue, b[index] as SortValue);
    if (difference !== 0) return difference * key.direction;
  }
  return 0;
}
