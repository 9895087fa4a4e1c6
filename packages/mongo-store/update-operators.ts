import { notDone, StoreError } from './failure';
import { compileFilter, isOperators } from './matcher';
import { add } from './numbers';
import { compare, equal } from './order';
import { isIndex, put } from './paths';
import { clone, type Doc, type Found, inShell, isDoc, isNumeric, type Numeric, toNumber, typeName, type Value } from './values';

/** What an update may refer to: the filter (for `$`), and whether it is an upsert's insert. */
export interface UpdateContext {
  filter: Doc;
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

export const isKnownOperator = (operator: string): boolean => operator in operators;

const mismatch = (message: string): StoreError => new StoreError('TypeMismatch', message);

/** Refuses operands that MongoDB refuses when it parses the update, before any document is read. */
export function validateOperand(operator: string, path: string, operand: Value): Value {
  if (operator === '$inc' && !isNumeric(operand)) {
    throw mismatch(`Cannot increment with non-numeric argument: {${path}: ${inShell(operand)}}`);
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
    if (name === '$sort') throw notDone('$push with $sort', 'BadValue');
    if (!['$each', '$slice', '$position'].includes(name)) throw new StoreError('BadValue', `Unrecognized clause in $push: ${name}`);
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
}

/** Applies one operator at the end of its path. */
export function applyOperator(place: Place): void {
  const { container, part, change } = place;
  if (Array.isArray(container) && !isIndex(part)) {
    if (['$unset', '$pull', '$pullAll'].includes(change.operator)) return;
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
  $inc: (found, operand, place) => increased(found, operand as Numeric, place),
  $min: (found, operand) => (found === undefined || compare(operand, found) < 0 ? clone(operand) : undefined),
  $max: (found, operand) => (found === undefined || compare(operand, found) > 0 ? clone(operand) : undefined),
  $push: (found, operand, place) => pushed(arrayOf(found, place, '$push'), operand),
  $addToSet: (found, operand, place) => {
    const items = [...arrayOf(found, place, '$addToSet')];
    const added = isDoc(operand) && operand.has('$each') ? (operand.get('$each') as Value[]) : [operand];
    for (const item of added) if (!items.some((present) => sameValue(present, item))) items.push(clone(item));
    return items;
  },
  $pull: (found, operand, place) => kept(found, place, pullTest(operand)),
  $pullAll: (found, operand, place) => kept(found, place, (item) => (operand as Value[]).some((gone) => sameValue(gone, item))),
};

const sameValue = (a: Value, b: Value): boolean => equal(a, b);

const idOf = ({ doc }: Place): string => `{_id: ${inShell(doc.get('_id'))}}`;

function arrayOf(found: Found, place: Place, operator: string): Value[] {
  if (found === undefined) return [];
  if (Array.isArray(found)) return found;
  const path = place.change.path.join('.');
  if (operator === '$push')
    throw new StoreError('BadValue', `The field '${path}' must be an array but is of type ${typeName(found)} in document ${idOf(place)}`);
  if (operator === '$addToSet')
    throw new StoreError(
      'BadValue',
      `Cannot apply $addToSet to non-array field. Field named '${place.part}' has non-array type ${typeName(found)}`,
    );
  throw new StoreError('BadValue', `Cannot apply ${operator} to a non-array value`);
}

function increased(found: Found, operand: Numeric, place: Place): Value {
  if (found === undefined) return operand;
  if (isNumeric(found)) return add(found, operand);
  throw mismatch(
    `Cannot apply $inc to a value of non-numeric type. ${idOf(place)} has the field '${place.part}' of non-numeric type ${typeName(found)}`,
  );
}

function pushed(items: Value[], operand: Value): Value {
  if (!isDoc(operand) || !operand.has('$each')) return [...items, clone(operand)];
  const position = operand.has('$position') ? toNumber(operand.get('$position')) : items.length;
  const at = position < 0 ? Math.max(0, items.length + position) : Math.min(position, items.length);
  const result = [...items.slice(0, at), ...(clone(operand.get('$each')) as Value[]), ...items.slice(at)];
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
