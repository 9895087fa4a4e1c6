import { notDone, StoreError } from './failure';
import { compileFilter, truthy } from './matcher';
import { anyAt, isIndex, parts, put } from './paths';
import { applyOperator, isKnownOperator, type UpdateContext, validateOperand } from './update-operators';
import { type Doc, type Found, inShell, isDoc, textOf, type Value } from './values';

/** One field of one update operator. */
interface Change {
  operator: string;
  path: string[];
  operand: Value;
}

export type Update = (doc: Doc, context: UpdateContext) => void;

/** Compiles an operator update such as `{$set: …, $inc: …}`. Changes the given document in place. */
export function compileUpdate(update: Doc, arrayFilters: Doc[]): Update {
  const changes = [...update].flatMap(([operator, fields]) => operatorChanges(operator, fields));
  const filters = compileArrayFilters(arrayFilters, changes);
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
      const target: Target = { doc, change, filters, positions, context };
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
  return [...fields].flatMap(([path, operand]) => {
    checkPath(path);
    const change = { operator, path: parts(path), operand: validateOperand(operator, path, operand) };
    if (operator !== '$rename') return [change];
    checkPath(textOf(operand));
    return [change, { operator: '$renameTarget', path: parts(textOf(operand)), operand: path }];
  });
}

function checkPath(path: string): void {
  if (path === '') throw new StoreError('EmptyFieldName', 'An empty update path is not valid.');
  const pieces = parts(path);
  if (pieces.includes('')) {
    throw new StoreError('EmptyFieldName', `The update path '${path}' contains an empty field name, which is not allowed.`);
  }
  if (isPositional(pieces[0] as string)) {
    throw new StoreError('BadValue', `Cannot have array filter identifier or positional operator at the start of the path '${path}'`);
  }
}

const isPositional = (part: string): boolean => part === '$' || /^\$\[[^\]]*\]$/.test(part);

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

type ArrayFilters = Map<string, (item: Value) => boolean>;

function compileArrayFilters(arrayFilters: Doc[], changes: Change[]): ArrayFilters {
  const filters: ArrayFilters = new Map();
  for (const filter of arrayFilters) {
    const names = new Set(identifiers(filter));
    const [name] = names;
    if (name === undefined)
      throw new StoreError('FailedToParse', 'Cannot use an expression without a top-level field name in arrayFilters');
    if (names.size > 1) {
      throw new StoreError(
        'FailedToParse',
        `Error parsing array filter :: caused by :: Expected a single top-level field name, found '${[...names].join("' and '")}'`,
      );
    }
    if (!/^[a-z][A-Za-z0-9]*$/.test(name)) {
      throw new StoreError(
        'BadValue',
        `Error parsing array filter :: caused by :: The top-level field name must be an alphanumeric string beginning with a lowercase letter, found '${name}'`,
      );
    }
    if (filters.has(name)) throw new StoreError('FailedToParse', `Found multiple array filters with the same top-level field name ${name}`);
    const test = compileFilter(filter);
    filters.set(name, (item) => test(new Map([[name, item]])));
  }
  const used = new Set(
    changes.flatMap(({ path }) => path.filter((part) => part !== '$' && isPositional(part)).map((part) => part.slice(2, -1))),
  );
  for (const name of filters.keys()) {
    if (!used.has(name)) throw new StoreError('FailedToParse', `The array filter for identifier '${name}' was not used in the update`);
  }
  for (const name of used) {
    if (name !== '' && !filters.has(name)) throw new StoreError('BadValue', `No array filter found for identifier '${name}' in path`);
  }
  return filters;
}

function identifiers(filter: Doc): string[] {
  return [...filter].flatMap(([key, value]) =>
    key.startsWith('$')
      ? Array.isArray(value)
        ? value.flatMap((item) => (isDoc(item) ? identifiers(item) : []))
        : []
      : [parts(key)[0] as string],
  );
}

interface Target {
  doc: Doc;
  change: Change;
  filters: ArrayFilters;
  positions: ReadonlyMap<string, number | undefined>;
  context: UpdateContext;
}

const removing = new Set(['$unset', '$pull', '$pullAll', '$pop', '$rename']);

/** Follows the path and applies the operator at its end, creating documents on the way where the operator may. */
function descend(target: Target, container: Doc | Value[], at: number): void {
  const { change } = target;
  const part = change.path[at] as string;
  if (isPositional(part)) return eachElement(target, container, at);
  if (at === change.path.length - 1) return applyOperator({ ...target, container, part });
  if (Array.isArray(container) && !isIndex(part)) {
    if (removing.has(change.operator)) return;
    throw notViable(change, at, container);
  }
  const found: Found = isDoc(container) ? container.get(part) : container[Number(part)];
  if (isDoc(found) || Array.isArray(found)) return descend(target, found, at + 1);
  if (removing.has(change.operator) && (found === undefined || change.operator !== '$rename')) return;
  if (found !== undefined) throw change.path[at + 1] === '$' ? positional() : notViable(change, at + 1, found);
  if (change.operator === '$renameTarget' && !willRename(target)) return;
  const created: Doc = new Map();
  const next = change.path[at + 1] as string;
  if (isPositional(next)) throw noArray(change, at + 1);
  put(container, part, created);
  descend(target, created, at + 1);
  if (created.size === 0 && isDoc(container)) container.delete(part);
}

const willRename = ({ doc, change }: Target): boolean => anyAt(doc, parts(textOf(change.operand)), false, (value) => value !== undefined);

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

function eachElement(target: Target, container: Doc | Value[], at: number): void {
  const { change, filters } = target;
  const part = change.path[at] as string;
  if (!Array.isArray(container)) {
    throw new StoreError(
      'BadValue',
      `Cannot apply array updates to non-array element ${change.path[at - 1]}: ${isDoc(container) ? 'object' : 'value'}`,
    );
  }
  const chosen =
    part === '$'
      ? [positionOf(target, at)]
      : [...container.keys()].filter((index) => part === '$[]' || filters.get(part.slice(2, -1))?.(container[index] as Value));
  for (const index of chosen) {
    const path = [...change.path.slice(0, at), String(index), ...change.path.slice(at + 1)];
    descend({ ...target, change: { ...change, path } }, container, at);
  }
}

/** `$`: the position of the first element that meets what the filter asks of this array. */
function positionOf({ change, positions }: Target, at: number): number {
  const index = positions.get(change.path.slice(0, at).join('.'));
  if (index === undefined) throw positional();
  return index;
}

const positional = (): StoreError => new StoreError('BadValue', 'The positional operator did not find the match needed from the query.');

/**
 * The element of the array at `path` that makes the filter true, as `$` in updates and projections means it. Where
 * several conditions point at different elements, MongoDB takes what its order of evaluation gives; that is refused.
 */
export function matchedPosition(doc: Doc, path: string, filter: Doc): number | undefined {
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
