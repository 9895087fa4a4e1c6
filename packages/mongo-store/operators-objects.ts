import { accumulatorFor } from './accumulators';
import { StoreError } from './failure';
import { any, isNil, type OperatorCompiler, simple } from './operator-kit';
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

/** `$sum`, `$avg`, `$min` and `$max` over their arguments, or over the elements of a single array. */
const accumulated = (name: string): [string, OperatorCompiler] =>
  simple(name, any, (args) => {
    const accumulator = accumulatorFor(name)?.();
    const [only] = args;
    for (const value of args.length === 1 && Array.isArray(only) ? only : args) accumulator?.add(value);
    return accumulator?.result();
  });

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
  accumulated('$sum'),
  accumulated('$avg'),
  accumulated('$min'),
  accumulated('$max'),
];
