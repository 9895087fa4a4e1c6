import { Decimal128, Double, Timestamp } from 'bson';
import { combine } from './arithmetic';
import { notDone, StoreError } from './failure';
import { compileFilter, isOperators } from './matcher';
import { compare, equal } from './order';
import { anyAt, isIndex, parts, put } from './paths';
import { compareBy, sortKeys } from './sorting';
import { clone, type Doc, type Found, inShell, isDoc, isNumeric, type Numeric, textOf, toNumber, typeName, type Value } from './values';

/** What an update may refer to: the filter (for `$`), named array filters, the time, and whether it is an upsert's insert. */
export interface UpdateContext {
  filter: Doc;
  now: Date;
  inserting: boolean;
}

/** Where an operator acts: a field of a document or a position of an array. */
interface Place {
  doc: Doc;
  container: Doc | Value[];
  part: string;
  change: { operator: string; path: string[]; operand: Value };
  context: UpdateContext;
}

const known = new Set(
  '$set $unset $setOnInsert $inc $mul $min $max $rename $currentDate $push $addToSet $pull $pullAll $pop $bit'.split(' '),
);

export const isKnownOperator = (operator: string): boolean => known.has(operator);

const failed = (message: string): StoreError => new StoreError('FailedToParse', message);
const mismatch = (message: string): StoreError => new StoreError('TypeMismatch', message);

/** Refuses operands that MongoDB refuses when it parses the update, before any document is read. */
export function validateOperand(operator: string, path: string, operand: Value): Value {
  if ((operator === '$inc' || operator === '$mul') && !isNumeric(operand)) {
    throw mismatch(`Cannot ${operator === '$inc' ? 'increment' : 'multiply'} with non-numeric argument: {${path}: ${inShell(operand)}}`);
  }
  if (operator === '$rename') {
    if (typeof operand !== 'string')
      throw new StoreError('BadValue', `The 'to' field for $rename must be a string: ${path}: ${inShell(operand)}`);
    if (operand === path) throw new StoreError('BadValue', `The source and target field for $rename must differ: ${path}: "${operand}"`);
    if (`${path}.${operand}`.includes('$'))
      throw new StoreError('BadValue', `The source and target field for $rename may not be dynamic: ${path}`);
  }
  if (operator === '$pop' && !(isNumeric(operand) && [1, -1].includes(toNumber(operand)))) {
    throw failed(`$pop expects 1 or -1, found: ${inShell(operand)}`);
  }
  if (operator === '$pullAll' && !Array.isArray(operand))
    throw new StoreError('BadValue', '$pullAll requires an array argument but was given a ' + typeName(operand));
  if (operator === '$push') checkPush(operand);
  if (operator === '$addToSet' && isDoc(operand) && operand.has('$each')) {
    if (!Array.isArray(operand.get('$each')))
      throw mismatch(`The argument to $each in $addToSet must be an array but it was of type ${typeName(operand.get('$each'))}`);
    if (operand.size > 1)
      throw new StoreError('BadValue', `Found unexpected fields after $each in $addToSet: ${[...operand.keys()].slice(1).join(', ')}`);
  }
  return operand;
}

function checkPush(operand: Value): void {
  if (!isDoc(operand) || !operand.has('$each')) return;
  for (const name of operand.keys()) {
    if (!['$each', '$slice', '$sort', '$position'].includes(name))
      throw new StoreError('BadValue', `Unrecognized clause in $push: ${name}`);
  }
  if (!Array.isArray(operand.get('$each')))
    throw new StoreError(
      'BadValue',
      `The argument to $each in $push must be an array but it was of type: ${typeName(operand.get('$each'))}`,
    );
  for (const name of ['$slice', '$position']) {
    const number = operand.get(name);
    if (number !== undefined && !Number.isInteger(toNumber(number)))
      throw new StoreError('BadValue', `The value for ${name} must be an integer value but was given type: ${typeName(number)}`);
  }
  const sort = operand.get('$sort');
  if (sort !== undefined && !isDoc(sort) && ![1, -1].includes(toNumber(sort)))
    throw new StoreError('BadValue', 'The $sort is invalid: use 1/-1 to sort the whole element, or {field:1/-1} to sort embedded fields');
}

/** Applies one operator at the end of its path. */
export function applyOperator(place: Place): void {
  const { container, part, change } = place;
  if (Array.isArray(container) && !isIndex(part)) {
    if (['$unset', '$pull', '$pullAll', '$pop'].includes(change.operator)) return;
    throw new StoreError('PathNotViable', `Cannot create field '${part}' in element {${change.path.at(-2)}: [ ... ]}`);
  }
  const found: Found = isDoc(container) ? container.get(part) : container[Number(part)];
  const next = operators[change.operator]?.(found, change.operand, place);
  if (next !== undefined) put(container, part, next);
}

/** Each gives the field's new value, or undefined to leave the document as it is (or as the operator has changed it). */
type Operator = (found: Found, operand: Value, place: Place) => Found;

const set: Operator = (_found, operand) => clone(operand);

const operators: Record<string, Operator> = {
  $set: set,
  $setOnInsert: set,
  $unset: (found, _operand, { container, part }) => {
    if (isDoc(container)) container.delete(part);
    else if (found !== undefined) return null;
    return undefined;
  },
  $inc: (found, operand, place) => calculate('add', found, operand as Numeric, place),
  $mul: (found, operand, place) => calculate('multiply', found, operand as Numeric, place),
  $min: (found, operand) => (found === undefined || compare(operand, found) < 0 ? clone(operand) : undefined),
  $max: (found, operand) => (found === undefined || compare(operand, found) > 0 ? clone(operand) : undefined),
  $rename: () => undefined,
  $renameTarget: (_found, operand, place) => renamed(textOf(operand), place),
  $currentDate: (_found, operand, { context }) => currentDate(operand, context.now),
  $push: (found, operand, place) => pushed(arrayOf(found, place, '$push'), operand),
  $addToSet: (found, operand, place) => {
    const items = [...arrayOf(found, place, '$addToSet')];
    const added = isDoc(operand) && operand.has('$each') ? (operand.get('$each') as Value[]) : [operand];
    for (const item of added) if (!items.some((present) => sameValue(present, item))) items.push(clone(item));
    return items;
  },
  $pull: (found, operand, place) => kept(found, place, pullTest(operand)),
  $pullAll: (found, operand, place) => kept(found, place, (item) => (operand as Value[]).some((gone) => sameValue(gone, item))),
  $pop: (found, operand, place) => {
    if (found === undefined) return undefined;
    const items = arrayOf(found, place, '$pop');
    return toNumber(operand) === 1 ? items.slice(0, -1) : items.slice(1);
  },
  $bit: (found, operand, place) => bits(found, operand, place),
};

const sameValue = (a: Value, b: Value): boolean => equal(a, b);

const idOf = ({ doc }: Place): string => `{_id: ${inShell(doc.get('_id'))}}`;

function arrayOf(found: Found, place: Place, operator: string): Value[] {
  if (found === undefined) return [];
  if (Array.isArray(found)) return found;
  const path = place.change.path.join('.');
  if (operator === '$push')
    throw new StoreError('BadValue', `The field '${path}' must be an array but is of type ${typeName(found)} in document ${idOf(place)}`);
  if (operator === '$pop') throw mismatch(`Path '${path}' contains an element of non-array type '${typeName(found)}'`);
  if (operator === '$addToSet')
    throw new StoreError(
      'BadValue',
      `Cannot apply $addToSet to non-array field. Field named '${place.part}' has non-array type ${typeName(found)}`,
    );
  throw new StoreError('BadValue', `Cannot apply ${operator} to a non-array value`);
}

function calculate(operation: 'add' | 'multiply', found: Found, operand: Numeric, place: Place): Value {
  if (found === undefined) return operation === 'add' ? operand : zeroLike(operand);
  if (!isNumeric(found)) {
    const operator = operation === 'add' ? '$inc' : '$mul';
    throw mismatch(
      `Cannot apply ${operator} to a value of non-numeric type. ${idOf(place)} has the field '${place.part}' of non-numeric type ${typeName(found)}`,
    );
  }
  return combine(operation, found, operand);
}

function zeroLike(operand: Numeric): Numeric {
  if (typeof operand === 'number') return 0;
  if (typeof operand === 'bigint') return 0n;
  return operand instanceof Double ? new Double(0) : Decimal128.fromString('0');
}

function renamed(source: string, { doc }: Place): Found {
  const path = parts(source);
  let holder: Found = doc;
  for (const part of path.slice(0, -1)) {
    holder = isDoc(holder) ? holder.get(part) : undefined;
  }
  if (!isDoc(holder)) {
    if (anyAt(doc, path, false, (value) => value !== undefined))
      throw new StoreError('BadValue', `The source field cannot be an array element, '${source}' in doc`);
    return undefined;
  }
  const last = path.at(-1) as string;
  const value = holder.get(last);
  holder.delete(last);
  return value;
}

function currentDate(operand: Value, now: Date): Value {
  if (typeof operand === 'boolean') return now;
  const type = isDoc(operand) ? operand.get('$type') : undefined;
  if (type === 'date') return now;
  if (type === 'timestamp') return new Timestamp({ t: Math.floor(now.getTime() / 1000), i: 1 });
  throw new StoreError(
    'BadValue',
    `${typeName(operand)} is not valid type for $currentDate. Please use a boolean ('true') or a $type expression ({$type: 'timestamp/date'}).`,
  );
}

function pushed(items: Value[], operand: Value): Value {
  if (!isDoc(operand) || !operand.has('$each')) return [...items, clone(operand)];
  const position = operand.has('$position') ? toNumber(operand.get('$position')) : items.length;
  const at = position < 0 ? Math.max(0, items.length + position) : Math.min(position, items.length);
  const result = [...items.slice(0, at), ...(clone(operand.get('$each')) as Value[]), ...items.slice(at)];
  const sort = operand.get('$sort');
  if (sort !== undefined) {
    const by = isDoc(sort) ? sortKeys(sort) : undefined;
    const direction = by ? 1 : toNumber(sort);
    result.sort((a, b) => (by ? compareBy(by, isDoc(a) ? a : new Map(), isDoc(b) ? b : new Map()) : direction * compare(a, b)));
  }
  const slice = operand.has('$slice') ? toNumber(operand.get('$slice')) : undefined;
  if (slice === undefined) return result;
  return slice === 0 ? [] : slice > 0 ? result.slice(0, slice) : result.slice(slice);
}

function kept(found: Found, place: Place, gone: (item: Value) => boolean): Found {
  if (found === undefined) return undefined;
  const items = arrayOf(found, place, place.change.operator);
  const left = items.filter((item) => !gone(item));
  return left.length === items.length ? undefined : left;
}

const logical = new Set(['$and', '$or', '$nor']);

/** `$pull` takes a value, a condition on the element, or conditions on the fields of the element. */
function pullTest(operand: Value): (item: Value) => boolean {
  if (isDoc(operand) && (!isOperators(operand) || logical.has([...operand.keys()][0] as string))) {
    const test = compileFilter(operand);
    return (item) => isDoc(item) && test(item);
  }
  if (Array.isArray(operand)) return (item) => sameValue(item, operand);
  const test = compileFilter(new Map([['item', operand]]));
  return (item) => test(new Map([['item', item]]));
}

function bits(found: Found, operand: Value, place: Place): Value {
  if (!isDoc(operand) || operand.size === 0)
    throw new StoreError(
      'BadValue',
      `The $bit modifier is not compatible with a ${typeName(operand)}. You must pass in an embedded document: {$bit: {field: {and/or/xor: #}}`,
    );
  const current = found ?? 0;
  if (typeof current !== 'number' && typeof current !== 'bigint')
    throw new StoreError(
      'BadValue',
      `Cannot apply $bit to a value of non-integral type. ${idOf(place)} has the field ${place.part} of non-integer type ${typeName(current)}`,
    );
  let value = BigInt(current);
  let wide = typeof current === 'bigint';
  for (const [name, mask] of operand) {
    if (typeof mask !== 'number' && typeof mask !== 'bigint')
      throw new StoreError(
        'BadValue',
        `The $bit modifier field must be an Integer(32/64 bit); a '${typeName(mask)}' is not supported here`,
      );
    wide ||= typeof mask === 'bigint';
    if (name === 'and') value &= BigInt(mask);
    else if (name === 'or') value |= BigInt(mask);
    else if (name === 'xor') value ^= BigInt(mask);
    else throw notDone(`$bit with ${name}`, 'BadValue');
  }
  return wide ? value : Number(value);
}
