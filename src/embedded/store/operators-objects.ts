import { Double } from 'bson';
import { StoreError } from './failure';
import { any, type Expression, isNil, named, type OperatorCompiler, simple } from './operator-kit';
import { type Doc, type Found, isDoc, typeName, type Value } from './values';

function document(name: string, value: Found): Doc {
  if (isDoc(value)) return value;
  throw new StoreError('TypeMismatch', `${name} requires an object, found: ${typeName(value)}`);
}

function merged(args: Found[]): Found {
  const lists = args.length === 1 && Array.isArray(args[0]) ? args[0] : args;
  const result: Doc = new Map();
  for (const one of lists) if (!isNil(one)) for (const [name, value] of document('$mergeObjects', one)) result.set(name, value);
  return result;
}

function asObject([list]: Found[]): Found {
  if (isNil(list)) return null;
  if (!Array.isArray(list)) throw new StoreError(40386, `$arrayToObject requires an array input, found: ${typeName(list)}`);
  const result: Doc = new Map();
  for (const item of list) {
    const pair = Array.isArray(item) ? item : isDoc(item) && item.size === 2 ? [item.get('k'), item.get('v')] : [];
    const [key, value] = pair;
    if (typeof key !== 'string' || value === undefined || pair.length !== 2 || Array.isArray(item) !== Array.isArray(list[0]))
      throw new StoreError(40392, '$arrayToObject requires pairs of a string and a value');
    result.set(key, value);
  }
  return result;
}

/** `$getField`'s short form names a field of the current document. */
const getField: OperatorCompiler = (operand, names, compile) => {
  const long = isDoc(operand) && (operand.has('field') || operand.has('input'));
  if (long && (!operand.has('field') || [...operand.keys()].some((name) => name !== 'field' && name !== 'input')))
    throw new StoreError(3041701, "$getField takes 'field' and 'input'");
  const field = compile(long ? (operand.get('field') ?? null) : operand, names);
  const input = long ? compile(operand.get('input') ?? '$$CURRENT', names) : compile('$$CURRENT', names);
  return (scope) => {
    const name = field(scope);
    if (typeof name !== 'string') throw new StoreError(5654602, "$getField requires 'field' to evaluate to type String");
    const from = input(scope);
    return isNil(from) ? (from === null ? null : undefined) : isDoc(from) ? from.get(name) : undefined;
  };
};

const changed = (input: Found, field: Found, value: Found): Found => {
  if (isNil(input)) return null;
  if (typeof field !== 'string') throw new StoreError(4161107, "$setField requires 'field' to evaluate to a string");
  const result = new Map(document('$setField', input));
  if (value === undefined) result.delete(field);
  else result.set(field, value);
  return result;
};

/** A `value` that evaluates to nothing takes the field away. */
const setField: OperatorCompiler = (operand, names, compile) => {
  const parts = ['field', 'input', 'value'].map((name) => (isDoc(operand) ? operand.get(name) : undefined));
  if (!isDoc(operand) || operand.size !== 3 || parts.includes(undefined))
    throw new StoreError(4161101, "$setField needs 'field', 'input' and 'value', and nothing else");
  const [field, input, value] = (parts as Value[]).map((part) => compile(part, names)) as [Expression, Expression, Expression];
  return (scope) => changed(input(scope), field(scope), value(scope));
};

export const objects: Array<[string, OperatorCompiler]> = [
  simple('$mergeObjects', any, merged),
  simple('$objectToArray', 1, ([value]) =>
    isNil(value)
      ? null
      : [...document('$objectToArray', value)].map(
          ([k, v]) =>
            new Map<string, Value>([
              ['k', k],
              ['v', v],
            ]),
        ),
  ),
  simple('$arrayToObject', 1, asObject),
  ['$getField', getField],
  ['$setField', setField],
  named('$unsetField', ['field', 'input'], ({ input, field }) => changed(input, field, undefined)),
  ['$rand', () => () => new Double(Math.random())],
];
