import { StoreError } from './failure';
import { emptyArrayKey, encode, keyPart } from './order';
import { type Doc, type Found, isDoc, type Value } from './values';

/** One field of an index. */
export interface IndexField {
  path: string;
  way: string[];
  descending: boolean;
}

export interface IndexKeys {
  keys: Buffer[];
  /** The values of each key, for the message about a duplicate. */
  values: Found[][];
  /** The fields whose path led through an array. */
  multikey: boolean[];
  /** Whether a value was too long to be kept whole. */
  cut: boolean;
  /** Whether none of the fields was there: a sparse index leaves the document out. */
  absent: boolean;
}

export const partLimit = (fields: number): number => Math.min(512, Math.floor(1900 / fields));

/** All keys a document has in an index: one, or one for each element when a field is an array. */
export function indexKeys(fields: IndexField[], doc: Doc): IndexKeys {
  const result: IndexKeys = { keys: [], values: [], multikey: fields.map(() => false), cut: false, absent: true };
  const tuples = leafTuples(
    fields.map(({ way }) => way),
    doc,
    {
      multikey: result.multikey,
      parallel: (names) => new StoreError('CannotIndexParallelArrays', `cannot index parallel arrays ${names}`),
    },
  );
  const seen = new Set<string>();
  for (const tuple of tuples) {
    const encoded = tuple.map((value, index) => {
      const field = fields[index] as IndexField;
      const part = keyPart(value === emptyArray ? emptyArrayKey : encode(value as Found), field.descending, partLimit(fields.length));
      result.cut ||= part.cut;
      if (value !== undefined) result.absent = false;
      return part.bytes;
    });
    const key = Buffer.concat(encoded);
    const text = key.toString('latin1');
    if (tuples.length > 1 && seen.has(text)) continue;
    seen.add(text);
    result.keys.push(key);
    result.values.push(tuple.map((value) => (value === emptyArray ? undefined : value)));
  }
  return result;
}

export const emptyArray = Symbol('an empty array in an index or a sort');
export type Leaf = Found | typeof emptyArray;

interface Notes {
  /** Set for each path that led through an array. */
  multikey: boolean[];
  parallel: (names: string) => StoreError;
}

/** The values at several paths together: one tuple, or one for each element of the array that they lead through. */
export function leafTuples(ways: string[][], doc: Doc, notes: Notes): Leaf[][] {
  return expand(
    ways.map((way) => ({ value: doc as Found, way, at: 0, opened: false })),
    notes,
  );
}

/** How far the walk of one field has come. */
interface Cursor {
  value: Leaf;
  way: string[];
  at: number;
  /** Whether the value is an element taken out of an array at this very step. */
  opened: boolean;
}

// All fields walk together, because fields below the same array take their values from the same element.
function expand(cursors: Cursor[], notes: Notes): Leaf[][] {
  const moved = cursors.map(advance);
  const arrays = new Set(moved.filter(stopsAtArray).map((cursor) => cursor.value as Value[]));
  if (arrays.size === 0) return [moved.map((cursor) => (cursor.at < cursor.way.length ? undefined : cursor.value))];
  if (arrays.size > 1) throw notes.parallel(names(moved));
  const [items] = arrays as unknown as [Value[]];
  const inside = (cursor: Cursor): boolean => cursor.value === items;
  for (const [index, cursor] of moved.entries()) if (inside(cursor)) notes.multikey[index] = true;
  const elements: Leaf[] = items.length > 0 ? items : [emptyArray];
  return elements.flatMap((item) =>
    expand(
      moved.map((cursor) => (inside(cursor) ? enter(cursor, item) : cursor)),
      notes,
    ),
  );
}

const names = (cursors: Cursor[]): string =>
  cursors
    .filter(stopsAtArray)
    .map((cursor) => `[${cursor.way.slice(0, cursor.at).join('.')}]`)
    .join(' ');

const stopsAtArray = (cursor: Cursor): boolean => Array.isArray(cursor.value) && !isLeafElement(cursor);

// An element that is itself an array is indexed as a whole: arrays are opened once at the end of a path.
const isLeafElement = (cursor: Cursor): boolean => cursor.opened && cursor.at >= cursor.way.length;

function enter(cursor: Cursor, item: Leaf): Cursor {
  if (item === emptyArray) return { ...cursor, value: cursor.at >= cursor.way.length ? emptyArray : undefined, at: cursor.way.length };
  const next: Cursor = { ...cursor, value: item, opened: true };
  if (cursor.at < cursor.way.length && !isDoc(item)) return { ...next, value: undefined, at: cursor.way.length };
  return next;
}

function advance(cursor: Cursor): Cursor {
  let { value, at, opened } = cursor;
  while (at < cursor.way.length && isDoc(value)) {
    value = value.get(cursor.way[at++] as string);
    opened = false;
  }
  if (at < cursor.way.length && Array.isArray(value)) return positional({ ...cursor, value, at, opened });
  if (at < cursor.way.length) return { ...cursor, value: undefined, at: cursor.way.length };
  return { ...cursor, value, at, opened };
}

// 'a.0.b' over an array means its position; MongoDB refuses documents where it could mean both.
function positional(cursor: Cursor): Cursor {
  const part = cursor.way[cursor.at] as string;
  if (/^(0|[1-9]\d*)$/.test(part))
    throw new StoreError(16746, `The built-in store does not index or sort by array positions ('${cursor.way.join('.')}')`);
  return cursor;
}
