import { notDone, StoreError } from './failure';
import { compileFilter, truthy } from './matcher';
import { isIndex, parts, put } from './paths';
import { applyOperator, isKnownOperator, type UpdateContext, validateOperand } from './update-operators';
import { type Doc, type Found, inShell, isDoc, type Value } from './values';

/** One field of one update operator. */
interface Change {
  operator: string;
  path: string[];
  operand: Value;
}

export type Update = (doc: Doc, context: UpdateContext) => void;

/** Compiles an operator update such as `{$set: …, $inc: …}`. Changes the given document in place. */
export function compileUpdate(update: Doc): Update {
  const changes = [...update].flatMap(([operator, fields]) => operatorChanges(operator, fields));
  refuseConflicts(changes);
  changes.sort(byPath);
  const arrays = [
    ...new Set(changes.filter(({ path }) => path.includes('$')).map(({ path }) => path.slice(0, path.indexOf('$')).join('.'))),
  ];
  return (doc, context) => {
    // `$` is the element that matched before anything was changed.
    const positions = new Map(context.inserting ? [] : arrays.map((array) => [array, matchedPosition(doc, array, context.filter)]));
    for (const change of changes) {
      if (change.operator === '$setOnInsert' && !context.inserting) continue;
      if (!context.inserting) refuseDollar(change);
      const target: Target = { doc, change, positions, context };
      descend(target, doc, 0);
    }
  };
}

// Names that begin with a dollar may be inserted, and changed below the first level (docs: "Field Names with Periods and
// Dollar Signs").
function refuseDollar({ operator, path: [first] }: Change): void {
  if (!first?.startsWith('$') || operator === '$unset') return;
  throw new StoreError('DollarPrefixedFieldName', `The dollar ($) prefixed field '${first}' in '${first}' is not valid for storage.`);
}

function operatorChanges(operator: string, fields: Value): Change[] {
  if (!isKnownOperator(operator)) {
    throw new StoreError(
      'FailedToParse',
      `Unknown modifier: ${operator}. Expected a valid update modifier or pipeline-style update specified as an array`,
    );
  }
  if (!isDoc(fields)) {
    throw new StoreError(
      'FailedToParse',
      `Modifiers operate on fields but we found type ${typeof fields} instead. For example: {$mod: {<field>: ...}} not {${operator}: ...}`,
    );
  }
  return [...fields].map(([path, operand]) => {
    checkPath(path);
    return { operator, path: parts(path), operand: validateOperand(operator, path, operand) };
  });
}

function checkPath(path: string): void {
  if (path === '') throw new StoreError('EmptyFieldName', 'An empty update path is not valid.');
  const pieces = parts(path);
  if (pieces.includes('')) {
    throw new StoreError('EmptyFieldName', `The update path '${path}' contains an empty field name, which is not allowed.`);
  }
  if (/^\$($|\[)/.test(pieces[0] as string)) {
    throw new StoreError('BadValue', `Cannot have array filter identifier or positional operator at the start of the path '${path}'`);
  }
  if (pieces.some((piece) => piece.startsWith('$['))) throw notDone('$[] and array filters', 'BadValue');
}

// Fields are created in the order of their names, numbers by value (docs: "Update Operators Behavior").
function byPath(a: Change, b: Change): number {
  for (let i = 0; i < Math.min(a.path.length, b.path.length); i++) {
    const [x, y] = [a.path[i] as string, b.path[i] as string];
    if (x === y) continue;
    return isIndex(x) && isIndex(y) ? Number(x) - Number(y) : x < y ? -1 : 1;
  }
  return a.path.length - b.path.length;
}

function refuseConflicts(changes: Change[]): void {
  const seen = new Set<string>();
  const inner = new Set<string>();
  for (const { path } of changes) {
    const whole = path.join('.');
    const prefixes = path.slice(1).map((_, index) => path.slice(0, index + 1).join('.'));
    const clash = seen.has(whole) || inner.has(whole) ? whole : prefixes.find((prefix) => seen.has(prefix));
    if (clash !== undefined) {
      throw new StoreError('ConflictingUpdateOperators', `Updating the path '${whole}' would create a conflict at '${clash}'`);
    }
    seen.add(whole);
    for (const prefix of prefixes) inner.add(prefix);
  }
}

interface Target {
  doc: Doc;
  change: Change;
  positions: ReadonlyMap<string, number | undefined>;
  context: UpdateContext;
}

const removing = new Set(['$unset', '$pull', '$pullAll']);

/** Follows the path and applies the operator at its end, creating documents on the way where the operator may. */
function descend(target: Target, container: Doc | Value[], at: number): void {
  const { change } = target;
  const part = change.path[at] as string;
  if (part === '$') return foundElement(target, container, at);
  if (at === change.path.length - 1) return applyOperator({ ...target, container, part });
  if (Array.isArray(container) && !isIndex(part)) {
    if (removing.has(change.operator)) return;
    throw notViable(change, at, container);
  }
  const found: Found = isDoc(container) ? container.get(part) : container[Number(part)];
  if (isDoc(found) || Array.isArray(found)) return descend(target, found, at + 1);
  if (removing.has(change.operator)) return;
  if (found !== undefined) throw change.path[at + 1] === '$' ? positional() : notViable(change, at + 1, found);
  const created: Doc = new Map();
  const next = change.path[at + 1] as string;
  if (next === '$') throw noArray(change, at + 1);
  put(container, part, created);
  descend(target, created, at + 1);
  if (created.size === 0 && isDoc(container)) container.delete(part);
}

function notViable(change: Change, at: number, found: Value): StoreError {
  return new StoreError(
    'PathNotViable',
    `Cannot create field '${change.path[at]}' in element {${change.path[at - 1] ?? ''}: ${inShell(found)}}`,
  );
}

const noArray = (change: Change, at: number): StoreError =>
  new StoreError(
    'BadValue',
    `The path '${change.path.slice(0, at).join('.')}' must exist in the document in order to apply array updates.`,
  );

function foundElement(target: Target, container: Doc | Value[], at: number): void {
  const { change } = target;
  if (!Array.isArray(container)) {
    throw new StoreError(
      'BadValue',
      `Cannot apply array updates to non-array element ${change.path[at - 1]}: ${isDoc(container) ? 'object' : 'value'}`,
    );
  }
  const path = [...change.path.slice(0, at), String(positionOf(target, at)), ...change.path.slice(at + 1)];
  descend({ ...target, change: { ...change, path } }, container, at);
}

/** `$`: the position of the first element that meets what the filter asks of this array. */
function positionOf({ change, positions }: Target, at: number): number {
  const index = positions.get(change.path.slice(0, at).join('.'));
  if (index === undefined) throw positional();
  return index;
}

const positional = (): StoreError => new StoreError('BadValue', 'The positional operator did not find the match needed from the query.');

/**
 * The element of the array at `path` that makes the filter true, as `$` means it. Where
 * several conditions point at different elements, MongoDB takes what its order of evaluation gives; that is refused.
 */
function matchedPosition(doc: Doc, path: string, filter: Doc): number | undefined {
  const conditions = [...clausesOn(path, filter)];
  if (conditions.length === 0) throw notDone('a positional $ whose filter asks nothing of an element of the array', 'BadValue');
  const items = arrayAt(doc, path);
  if (!items) return undefined;
  const positions = new Set(conditions.map((clause) => positionIn(items, path, clause)).filter((position) => position >= 0));
  if (positions.size > 1) throw notDone('a positional $ with conditions on different elements; use $elemMatch', 'BadValue');
  return [...positions][0];
}

function positionIn(items: Value[], path: string, clause: Doc): number {
  const test = compileFilter(clause);
  return items.findIndex((item) => test(withArray(path, [item])));
}

function* clausesOn(path: string, filter: Doc): Generator<Doc> {
  for (const [key, value] of filter) {
    if (key === '$and' && Array.isArray(value)) for (const inner of value) yield* isDoc(inner) ? clausesOn(path, inner) : [];
    if (key !== path && !key.startsWith(`${path}.`)) continue;
    if (isIndex(key.slice(path.length + 1).split('.')[0] ?? '')) continue;
    const pointing: Value = isDoc(value)
      ? new Map([...value].filter(([operator, operand]) => points(operator, operand, key !== path)))
      : value;
    if (!isDoc(pointing) || pointing.size > 0) yield new Map([[key, pointing]]);
  }
}

/** Conditions on the array as a whole, and on what is not there, point at no element. */
function points(operator: string, operand: Value, inside: boolean): boolean {
  if (operator === '$ne' || operator === '$nin' || operator === '$not') return false;
  if (operator === '$size') return inside;
  return operator !== '$exists' || (inside && truthy(operand));
}

function arrayAt(doc: Doc, path: string): Value[] | undefined {
  let value: Found = doc;
  for (const part of parts(path))
    value = isDoc(value) ? value.get(part) : Array.isArray(value) && isIndex(part) ? value[Number(part)] : undefined;
  return Array.isArray(value) ? value : undefined;
}

function withArray(path: string, items: Value[]): Doc {
  const pieces = parts(path);
  let value: Value = items;
  for (const piece of [...pieces].reverse()) value = new Map([[piece, value]]);
  return value as unknown as Doc;
}
