import { Decimal128, Double } from 'bson';
import { combine } from './arithmetic';
import { notDone, StoreError } from './failure';
import { any, isNil, numbers, type OperatorCompiler, simple } from './operator-kit';
import { type Found, type Numeric, toNumber } from './values';

/** The arguments as numbers that are no Decimal128, whose arithmetic is not done here. */
function binary(name: string, args: Found[]): Numeric[] | null {
  const given = numbers(name, args);
  if (given?.some((value) => value instanceof Decimal128)) throw notDone(`${name} of Decimal128`, 'BadValue');
  return given;
}

function add(args: Found[]): Found {
  if (args.some(isNil)) return null;
  const dates = args.filter((value) => value instanceof Date);
  if (dates.length > 1) throw new StoreError(16612, 'only one date allowed in an $add expression');
  const [date] = dates;
  const sum = (
    numbers(
      '$add',
      args.filter((value) => value !== date),
    ) as Numeric[]
  ).reduce((a, b) => combine('add', a, b), 0 as Numeric);
  return date ? new Date(date.getTime() + Math.round(toNumber(sum))) : sum;
}

function subtract([a, b]: Found[]): Found {
  if (isNil(a) || isNil(b)) return null;
  if (a instanceof Date)
    return b instanceof Date
      ? BigInt(a.getTime() - b.getTime())
      : new Date(a.getTime() - Math.round(toNumber((numbers('$subtract', [b]) as Numeric[])[0])));
  const [x, y] = numbers('$subtract', [a, b]) as [Numeric, Numeric];
  return combine('subtract', x, y);
}

function divide(args: Found[]): Found {
  const given = binary('$divide', args);
  if (!given) return null;
  const [a, b] = given.map(toNumber) as [number, number];
  if (b === 0) throw new StoreError('BadValue', "can't $divide by zero");
  return new Double(a / b);
}

function mod(args: Found[]): Found {
  const given = binary('$mod', args);
  if (!given) return null;
  const [a, b] = given as [Numeric, Numeric];
  if (toNumber(b) === 0) throw new StoreError(16610, "can't $mod by zero");
  if (typeof a === 'number' && typeof b === 'number') return (a % b) + 0;
  if (typeof a !== 'object' && typeof b !== 'object') return BigInt(a) % BigInt(b);
  return new Double(toNumber(a) % toNumber(b));
}

/** A rounding operator keeps the type of its argument, as whole numbers stay what they are. */
const rounding = (name: string, apply: (value: number) => number): [string, OperatorCompiler] =>
  simple(name, 1, (args) => {
    const given = binary(name, args);
    if (!given) return null;
    const [value] = given as [Numeric];
    return value instanceof Double ? new Double(apply(value.value)) : value;
  });

function absolute(args: Found[]): Found {
  const given = numbers('$abs', args);
  if (!given) return null;
  const [value] = given as [Numeric];
  if (value instanceof Double) return new Double(Math.abs(value.value));
  return toNumber(value) < 0 ? combine('multiply', value, -1) : value;
}

export const calculation: Array<[string, OperatorCompiler]> = [
  simple('$add', any, add),
  simple('$subtract', 2, subtract),
  simple('$multiply', any, (args) => numbers('$multiply', args)?.reduce((a, b) => combine('multiply', a, b), 1 as Numeric) ?? null),
  simple('$divide', 2, divide),
  simple('$mod', 2, mod),
  simple('$abs', 1, absolute),
  rounding('$ceil', Math.ceil),
  rounding('$floor', Math.floor),
];
