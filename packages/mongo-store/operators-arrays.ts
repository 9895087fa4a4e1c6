import { StoreError } from './failure';
import { truthy } from './matcher';
import {
  any,
  type Compile,
  type Expression,
  isNil,
  type Names,
  type OperatorCompiler,
  simple,
  withNames,
  withVariables,
} from './operator-kit';
import { equal } from './order';
import { type Found, isDoc, isNumeric, toNumber, typeName, type Value } from './values';

function list(name: string, value: Found, code = 28664): Value[] {
  if (Array.isArray(value)) return value;
  throw new StoreError(code, `The argument to ${name} must be an array, but was of type: ${typeName(value)}`);
}

function whole(name: string, value: Found): number {
  const number = toNumber(value);
  if (!isNumeric(value) || !Number.isInteger(number))
    throw new StoreError(28691, `${name} requires whole numbers, found: ${typeName(value)}`);
  return number;
}

function element([value, index]: Found[]): Found {
  if (isNil(value) || isNil(index)) return null;
  return list('$arrayElemAt', value, 28689).at(whole('$arrayElemAt', index));
}

function slice(args: Found[]): Found {
  const [value, first, second] = args;
  if (args.some(isNil)) return null;
  const items = list('$slice', value, 28724);
  if (second === undefined) {
    const count = whole('$slice', first);
    return count >= 0 ? items.slice(0, count) : items.slice(count);
  }
  const [position, count] = [whole('$slice', first), whole('$slice', second)];
  if (count <= 0) throw new StoreError(28729, 'Third argument to $slice must be positive');
  const from = position < 0 ? Math.max(0, items.length + position) : position;
  return items.slice(from, from + count);
}

interface Loop {
  input: Expression;
  as: string;
  body: Expression;
}

/** The parts of `$map` and `$filter`: what to go through, the element's name, what to do with each. */
function loop(
  name: string,
  operand: Value,
  scope: { names: Names; compile: Compile },
  body: string,
): Loop & { limit: Expression | undefined } {
  if (!isDoc(operand)) throw new StoreError(16878, `${name} only supports an object as its argument`);
  for (const field of operand.keys())
    if (!['input', 'as', body, 'limit'].includes(field) || (field === 'limit' && name !== '$filter'))
      throw new StoreError(16879, `Unrecognized parameter to ${name}: ${field}`);
  const as = operand.get('as') ?? 'this';
  if (typeof as !== 'string' || !operand.has('input') || !operand.has(body)) throw new StoreError(16880, `${name} needs input and ${body}`);
  const { names, compile } = scope;
  const limit = operand.get('limit');
  return {
    input: compile(operand.get('input') as Value, names),
    as,
    body: compile(operand.get(body) as Value, withNames(names, as)),
    limit: limit === undefined ? undefined : compile(limit, names),
  };
}

const map: OperatorCompiler = (operand, names, compile) => {
  const { input, as, body } = loop('$map', operand, { names, compile }, 'in');
  return (scope) => {
    const items = input(scope);
    if (isNil(items)) return null;
    return list('$map', items, 16883).map((item) => body(withVariables(scope, [[as, item]])) ?? null);
  };
};

const filter: OperatorCompiler = (operand, names, compile) => {
  const { input, as, body, limit } = loop('$filter', operand, { names, compile }, 'cond');
  return (scope) => {
    const items = input(scope);
    if (isNil(items)) return null;
    const kept = list('$filter', items, 28651).filter((item) => truthy(body(withVariables(scope, [[as, item]]))));
    const most = limit?.(scope);
    if (isNil(most)) return kept;
    const count = whole('$filter', most);
    if (count < 1) throw new StoreError(327392, '$filter: limit must be greater than 0');
    return kept.slice(0, count);
  };
};

const reduce: OperatorCompiler = (operand, names, compile) => {
  if (!isDoc(operand) || !['input', 'initialValue', 'in'].every((field) => operand.has(field)) || operand.size !== 3)
    throw new StoreError(40075, '$reduce needs input, initialValue and in');
  const input = compile(operand.get('input') as Value, names);
  const initial = compile(operand.get('initialValue') as Value, names);
  const body = compile(operand.get('in') as Value, withNames(names, 'value', 'this'));
  return (scope) => {
    const items = input(scope);
    if (isNil(items)) return null;
    return list('$reduce', items, 40080).reduce<Found>(
      (value, item) =>
        body(
          withVariables(scope, [
            ['value', value],
            ['this', item],
          ]),
        ),
      initial(scope),
    );
  };
};

export const arrays: Array<[string, OperatorCompiler]> = [
  simple('$isArray', 1, ([value]) => Array.isArray(value)),
  simple('$size', 1, ([value]) => list('$size', value, 17124).length),
  simple('$arrayElemAt', 2, element),
  simple('$first', 1, ([value]) => (isNil(value) ? null : list('$first', value).at(0))),
  simple('$last', 1, ([value]) => (isNil(value) ? null : list('$last', value).at(-1))),
  simple('$slice', [2, 3], slice),
  simple('$concatArrays', any, (args) => (args.some(isNil) ? null : args.flatMap((value) => list('$concatArrays', value)))),
  simple('$in', 2, ([value, items]) =>
    list('$in', items, 40081).some((item) => equal(item, value) && (value !== undefined || item === undefined)),
  ),
  simple('$reverseArray', 1, ([value]) => (isNil(value) ? null : list('$reverseArray', value, 34435).toReversed())),
  ['$map', map],
  ['$filter', filter],
  ['$reduce', reduce],
];
