import { StoreError } from './failure';
import { emptyArray, type Leaf, leafTuples } from './index-keys';
import { compare } from './order';
import { parts } from './paths';
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

function compareLeaves(a: Leaf, b: Leaf): number {
  if (a !== emptyArray && b !== emptyArray) return compare(a, b);
  if (a === b) return 0;
  // An empty array sorts before null.
  if (a === emptyArray) return compare(b as Found, null) < 0 ? 1 : -1;
  return compare(a as Found, null) < 0 ? -1 : 1;
}

/**
 * The values a document is sorted by, taken once, so that sorting does not walk the documents again and again. Where arrays
 * lie on the way it is, as in an index of the same keys, the first of the tuples that their elements give.
 */
export function sortTuple(keys: SortKey[], doc: Doc): Leaf[] {
  const plain = keys.map(({ way }) => plainValue(doc, way));
  if (!plain.some(Array.isArray)) return plain;
  const parallel = (names: string): StoreError => new StoreError('BadValue', `cannot sort with keys that are parallel arrays ${names}`);
  const tuples = leafTuples(
    keys.map(({ way }) => way),
    doc,
    { multikey: [], parallel },
  );
  return tuples.reduce((first, tuple) => (compareTuples(keys, tuple, first) < 0 ? tuple : first));
}

/** The value at a path through documents; an array that comes first is given back itself. */
function plainValue(doc: Doc, way: string[]): Found {
  let value: Found = doc;
  for (const part of way) {
    if (!isDoc(value)) return Array.isArray(value) ? value : undefined;
    value = value.get(part);
  }
  return value;
}

export function compareTuples(keys: SortKey[], a: Leaf[], b: Leaf[]): number {
  for (const [index, key] of keys.entries()) {
    const difference = compareLeaves(a[index] as Leaf, b[index] as Leaf);
    if (difference !== 0) return difference * key.direction;
  }
  return 0;
}
