import { StoreError } from './failure';
import { type Doc, type Found, isDoc, type Value } from './values';

const parsed = new Map<string, string[]>();

/** The parts of a dotted path; the same few paths are asked for again and again. */
export function parts(path: string): string[] {
  let found = parsed.get(path);
  if (!found) {
    found = path.split('.');
    if (parsed.size > 10_000) parsed.clear();
    parsed.set(path, found);
  }
  return found;
}

export const isIndex = (part: string): boolean => /^(0|[1-9]\d{0,8})$/.test(part);

/**
 * Whether `test` holds for any value a query path leads to. Arrays on the way are entered, both by position and through
 * their documents; with `leaves`, an array at the end offers itself and each of its elements (docs: "Query an Array").
 */
export function anyAt(value: Found, path: string[], leaves: boolean, test: (found: Found) => boolean): boolean {
  return walk(value, path, 0, { leaves, test });
}

interface Walk {
  leaves: boolean;
  test: (found: Found) => boolean;
}

function walk(value: Found, path: string[], at: number, how: Walk): boolean {
  if (at === path.length) {
    if (how.test(value)) return true;
    return how.leaves && Array.isArray(value) && value.some((item) => how.test(item));
  }
  const part = path[at] as string;
  if (isDoc(value)) return walk(value.get(part), path, at + 1, how);
  if (!Array.isArray(value)) return how.test(undefined);
  if (isIndex(part) && Number(part) < value.length && walkItem(value[Number(part)], path, at + 1, how)) return true;
  return value.some((item) => isDoc(item) && walk(item, path, at, how));
}

// An element reached by its position is not opened again: {'a.0': 5} finds [[5]] only through the array itself.
function walkItem(item: Found, path: string[], at: number, how: Walk): boolean {
  if (at === path.length) return how.test(item);
  return (isDoc(item) || Array.isArray(item)) && walk(item, path, at, how);
}

/**
 * The value of an aggregation path '$a.b': each array on the way becomes the array of its documents' values; positions
 * mean nothing there.
 */
export function expressionValue(value: Found, path: string[], at = 0): Found {
  if (at === path.length) return value;
  if (isDoc(value)) return expressionValue(value.get(path[at] as string), path, at + 1);
  if (!Array.isArray(value)) return undefined;
  const found: Value[] = [];
  for (const item of value) {
    if (!isDoc(item) && !Array.isArray(item)) continue;
    const inner = expressionValue(item, path, at);
    if (inner !== undefined) found.push(inner);
  }
  return found;
}

/** Puts a value into a document or, by position, into an array, which is filled up with nulls. */
export function put(container: Doc | Value[], part: string, value: Value): void {
  if (isDoc(container)) {
    container.set(part, value);
    return;
  }
  const index = Number(part);
  if (index > container.length + 1_500_000) throw new StoreError('BadValue', `can't backfill more than 1500000 elements`);
  while (container.length < index) container.push(null);
  container[index] = value;
}
