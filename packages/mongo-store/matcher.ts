import { BSONRegExp } from 'bson';
import { StoreError } from './failure';
import { compare, equal, orderOf } from './order';
import { anyAt, parts } from './paths';
import { toRegExp } from './regular';
import { type Doc, type Found, isDoc, isNumeric, toNumber, typeName, typeNumbers, type Value } from './values';

export type Test = (doc: Doc) => boolean;
type ValueTest = (value: Found) => boolean;

const bad = (message: string): StoreError => new StoreError('BadValue', message);

/** Compiles a filter (docs: "Query and Projection Operators"). Unknown operators fail here, before anything is read. */
export function compileFilter(filter: Doc): Test {
  const tests = [...filter].map(([key, condition]) => compileClause(key, condition));
  if (tests.length === 1) return tests[0] as Test;
  return (doc) => tests.every((test) => test(doc));
}

/** The fields of a reference to another collection; the only names with a dollar that are fields in a filter. */
const dbRefNames = ['$ref', '$id', '$db'];

function compileClause(key: string, condition: Value): Test {
  if (!key.startsWith('$') || dbRefNames.includes(key)) return compileField(key, condition);
  switch (key) {
    case '$and':
    case '$or':
    case '$nor': {
      const tests = clauses(key, condition).map((clause) => compileFilter(clause));
      if (key === '$and') return (doc) => tests.every((test) => test(doc));
      return key === '$or' ? (doc) => tests.some((test) => test(doc)) : (doc) => !tests.some((test) => test(doc));
    }
    default:
      throw bad(`unknown top level operator: ${key} (or one that the built-in store does not do)`);
  }
}

function clauses(key: string, condition: Value): Doc[] {
  if (!Array.isArray(condition)) throw bad(`${key} must be an array`);
  if (condition.length === 0) throw bad('$and/$or/$nor must be a nonempty array');
  return condition.map((clause) => {
    if (!isDoc(clause)) throw bad('$or/$and/$nor entries need to be full objects');
    return clause;
  });
}

/** False, null, missing and zero are false; everything else is true (docs: "Boolean Expression Operators"). */
export const truthy = (value: Found): boolean =>
  !(value === undefined || value === null || value === false || (isNumeric(value) && toNumber(value) === 0));

/** Whether a condition is `{$op: …}` and not a document to compare with. A mixture is refused as MongoDB does. */
export function isOperators(condition: Value): boolean {
  if (!isDoc(condition)) return false;
  const [first] = condition.keys();
  return first?.startsWith('$') === true && !dbRefNames.includes(first);
}

function compileField(path: string, condition: Value): Test {
  const way = parts(path);
  if (!isDoc(condition) || !isOperators(condition)) return positive(way, true, equality(condition));
  const tests = compileOperators(way, condition);
  return tests.length === 1 ? (tests[0] as Test) : (doc) => tests.every((test) => test(doc));
}

function compileOperators(way: string[], whole: Doc): Test[] {
  if (whole.has('$options') && !whole.has('$regex')) throw bad('$options needs a $regex');
  return [...whole]
    .filter(([operator]) => operator !== '$options')
    .map(([operator, operand]) => compileOperator(way, operator, operand, whole));
}

const positive =
  (way: string[], leaves: boolean, test: ValueTest): Test =>
  (doc) =>
    anyAt(doc, way, leaves, test);

function compileOperator(way: string[], operator: string, operand: Value, whole: Doc): Test {
  switch (operator) {
    case '$ne': {
      if (operand instanceof BSONRegExp) throw bad("Can't have regex as arg to $ne.");
      const test = positive(way, true, equality(operand));
      return (doc) => !test(doc);
    }
    case '$nin': {
      const test = positive(way, true, membership('$nin', operand));
      return (doc) => !test(doc);
    }
    case '$not': {
      const inner = negated(way, operand);
      return (doc) => !inner(doc);
    }
    case '$exists': {
      const exists = positive(way, false, (value) => value !== undefined);
      return truthy(operand) ? exists : (doc) => !exists(doc);
    }
    case '$all':
      return compileAll(way, operand);
    case '$size':
    case '$elemMatch':
      return positive(way, false, operator === '$size' ? sizeTest(operand) : elementTest(operand));
    default:
      return positive(way, true, valueTest(operator, operand, whole));
  }
}

function negated(way: string[], operand: Value): Test {
  if (operand instanceof BSONRegExp) return positive(way, true, equality(operand));
  if (!isDoc(operand)) throw bad('$not needs a regex or a document');
  if (operand.size === 0) throw bad('$not cannot be empty');
  if (!isOperators(operand)) throw bad(`unknown operator: ${[...operand.keys()][0]}`);
  const tests = compileOperators(way, operand);
  return (doc) => tests.every((test) => test(doc));
}

/** The tests on one value; what they say of an array's elements is decided by the path. */
function valueTest(operator: string, operand: Value, whole: Doc): ValueTest {
  switch (operator) {
    case '$eq':
      return operand instanceof BSONRegExp ? (value) => equalOrNull(value, operand) : equality(operand);
    case '$gt':
    case '$gte':
    case '$lt':
    case '$lte':
      return comparison(operator, operand);
    case '$in':
      return membership('$in', operand);
    case '$regex':
      return regexTest(operand, whole.get('$options'));
    case '$type':
      return typeTest(operand);
    default:
      throw bad(`unknown operator: ${operator} (or one that the built-in store does not do)`);
  }
}

const equalOrNull: (value: Found, operand: Value) => boolean = (value, operand) =>
  value === undefined ? operand === null : orderOf(value) === orderOf(operand) && equal(value, operand);

function equality(operand: Value): ValueTest {
  if (operand instanceof BSONRegExp) {
    const matches = toRegExp(operand);
    return (value) => (typeof value === 'string' ? matches.test(value) : value instanceof BSONRegExp && equal(value, operand));
  }
  if (operand === null) return (value) => value === undefined || value === null;
  if (typeof operand === 'string') return (value) => value === operand;
  return (value) => value !== undefined && equal(value, operand);
}

/** Ordered comparisons stay within one type, except against MinKey and MaxKey (docs: "Comparison/Sort Order"). */
function comparison(operator: string, operand: Value): ValueTest {
  if (operand instanceof BSONRegExp) throw bad(`Can't have RegEx as arg to predicate over field with ${operator}.`);
  const holds = { $gt: (n: number) => n > 0, $gte: (n: number) => n >= 0, $lt: (n: number) => n < 0, $lte: (n: number) => n <= 0 }[
    operator
  ] as (n: number) => boolean;
  const type = typeName(operand);
  if (type === 'minKey' || type === 'maxKey') return (value) => holds(compare(value, operand));
  if (operand === null) return (value) => (value === undefined || value === null) && holds(0);
  const order = orderOf(operand);
  const operandIsNaN = isNaNValue(operand);
  return (value) => {
    if (value === undefined || orderOf(value) !== order) return false;
    if (operandIsNaN || isNaNValue(value)) return holds(0) && operandIsNaN && isNaNValue(value);
    return holds(compare(value, operand));
  };
}

export const isNaNValue = (value: Found): boolean =>
  typeof value === 'object' && value !== null && isNumeric(value) && Number.isNaN(toNumber(value));

function membership(operator: string, operand: Value): ValueTest {
  if (!Array.isArray(operand)) throw bad(`${operator} needs an array`);
  if (operand.some((item) => isOperators(item))) throw bad(`cannot nest $ under ${operator}`);
  const tests = operand.map(equality);
  const words = new Set(operand.filter((item) => typeof item === 'string'));
  const onlyWords = words.size === new Set(operand).size && words.size > 8;
  return onlyWords ? (value) => typeof value === 'string' && words.has(value) : (value) => tests.some((test) => test(value));
}

function regexTest(operand: Value, options: Found): ValueTest {
  if (options !== undefined && typeof options !== 'string') throw bad('$options has to be a string');
  if (typeof operand === 'string') return equality(new BSONRegExp(operand, options ?? ''));
  if (!(operand instanceof BSONRegExp)) throw bad('$regex has to be a string');
  if (options && operand.options) throw new StoreError(51075, 'options set in both $regex and $options');
  return equality(options ? new BSONRegExp(operand.pattern, options) : operand);
}

const numbers = ['int', 'long', 'double'];
const aliasOf = new Map(Object.entries(typeNumbers).map(([alias, number]) => [number, alias]));

/** `$type`: an alias, a number, 'number', or several of them. */
function typeTest(operand: Value): ValueTest {
  const wanted = new Set((Array.isArray(operand) ? operand : [operand]).flatMap(aliases));
  if (wanted.size === 0) throw new StoreError('FailedToParse', '$type must match at least one type');
  return (value) => value !== undefined && wanted.has(typeName(value));
}

function aliases(item: Value): string[] {
  if (item === 'number') return numbers;
  if (typeof item === 'string') {
    if (!(item in typeNumbers)) throw bad(`Unknown type name alias: ${item}`);
    return [item];
  }
  if (!isNumeric(item)) throw new StoreError('TypeMismatch', 'type must be represented as a number or a string');
  const alias = aliasOf.get(toNumber(item));
  if (!alias) throw bad(`Invalid numerical type code: ${toNumber(item)}`);
  return [alias];
}

function sizeTest(operand: Value): ValueTest {
  const size = toNumber(operand);
  if (!isNumeric(operand))
    throw new StoreError('FailedToParse', `Failed to parse $size. Expected a number in: $size: ${typeName(operand)}`);
  if (!Number.isInteger(size)) throw new StoreError('FailedToParse', `Failed to parse $size. Expected an integer: $size: ${size}`);
  if (size < 0) throw new StoreError('FailedToParse', `Failed to parse $size. Expected a non-negative number in: $size: ${size}`);
  return (value) => Array.isArray(value) && value.length === size;
}

function compileAll(way: string[], operand: Value): Test {
  if (!Array.isArray(operand)) throw bad('$all needs an array');
  if (operand.length === 0) return () => false;
  const byElement = isDoc(operand[0]) && operand[0].has('$elemMatch');
  const tests = operand.map((item) => {
    if (byElement && isDoc(item) && item.has('$elemMatch') && item.size === 1)
      return positive(way, false, elementTest(item.get('$elemMatch') as Value));
    if (byElement || isOperators(item)) throw bad('no $ expressions in $all');
    return positive(way, true, equality(item));
  });
  return (doc) => tests.every((test) => test(doc));
}

/** `$elemMatch`: one element meets all conditions; operators are tested on the element, fields inside of it. */
function elementTest(operand: Value): ValueTest {
  const test = singleElement(operand);
  return (value) => Array.isArray(value) && value.some(test);
}

function singleElement(operand: Value): (item: Value) => boolean {
  if (!isDoc(operand)) throw bad('$elemMatch needs an Object');
  const logical = ['$and', '$or', '$nor'];
  const [first] = operand.keys();
  if (first?.startsWith('$') && !logical.includes(first) && isOperators(operand)) {
    // The element stands as the only field of a document, so that every operator keeps its one meaning.
    const test = compileFilter(new Map([['item', operand]]));
    return (item) => test(new Map([['item', Array.isArray(item) ? [item] : item]]));
  }
  const test = compileFilter(operand);
  return (item) => (isDoc(item) ? test(item) : Array.isArray(item) && test(asPositions(item)));
}

/** An array inside an array is matched like a document of its positions. */
const asPositions = (items: Value[]): Doc => new Map(items.map((item, index) => [String(index), item]));
