import { accumulatorFor } from './accumulators';
import { StoreError } from './failure';
import { truthy } from './matcher';
import { any, isNil, type OperatorCompiler, simple } from './operator-kit';
import { compare, encode, equal } from './order';
import { type Found, typeName, type Value } from './values';

const key = (value: Value): string => encode(value).toString('latin1');

function set(name: string, value: Found): Map<string, Value> {
  if (!Array.isArray(value))
    throw new StoreError(17047, `All operands of ${name} must be arrays. One argument is of type: ${typeName(value)}`);
  return new Map(value.map((item) => [key(item), item]));
}

// MongoDB leaves the order of a set open; sorted, the same sets look the same.
const members = (found: Map<string, Value>): Value[] => [...found.values()].sort(compare);

function intersection(args: Found[]): Found {
  if (args.some(isNil)) return null;
  const [first, ...others] = args.map((value) => set('$setIntersection', value));
  return members(new Map([...(first ?? [])].filter(([name]) => others.every((other) => other.has(name)))));
}

/** `$sum`, `$avg`, `$min` and `$max` over their arguments, or over the elements of a single array. */
const accumulated = (name: string): [string, OperatorCompiler] =>
  simple(name, any, (args) => {
    const accumulator = accumulatorFor(name)?.();
    const [only] = args;
    for (const value of args.length === 1 && Array.isArray(only) ? only : args) accumulator?.add(value);
    return accumulator?.result();
  });

export const collections: Array<[string, OperatorCompiler]> = [
  simple('$setUnion', any, (args) => (args.some(isNil) ? null : members(new Map(args.flatMap((value) => [...set('$setUnion', value)]))))),
  simple('$setIntersection', any, intersection),
  simple('$setDifference', 2, ([a, b]) => {
    if (isNil(a) || isNil(b)) return null;
    const other = set('$setDifference', b);
    return [...set('$setDifference', a)].filter(([name]) => !other.has(name)).map(([, value]) => value);
  }),
  simple('$setIsSubset', 2, ([a, b]) => [...set('$setIsSubset', a).keys()].every((name) => set('$setIsSubset', b).has(name))),
  simple('$setEquals', [2, Number.POSITIVE_INFINITY], (args) => {
    const [first, ...others] = args.map((value) => members(set('$setEquals', value)));
    return others.every((other) => equal(first, other));
  }),
  simple('$anyElementTrue', 1, ([value]) => [...set('$anyElementTrue', value).values()].some(truthy)),
  simple('$allElementsTrue', 1, ([value]) => [...set('$allElementsTrue', value).values()].every(truthy)),
  accumulated('$sum'),
  accumulated('$avg'),
  accumulated('$min'),
  accumulated('$max'),
];
