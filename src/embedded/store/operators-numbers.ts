import { Double } from 'bson';
import { combine } from './arithmetic';
import { StoreError } from './failure';
import { any, isNil, numbers, type OperatorCompiler, simple } from './operator-kit';
import { type Found, type Numeric, toNumber } from './values';

const real =
  (name: string, apply: (...args: number[]) => number): ((args: Found[]) => Found) =>
  (args) => {
    const given = numbers(name, args);
    return given && new Double(apply(...given.map(toNumber)));
  };

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
  const given = numbers('$divide', args);
  if (!given) return null;
  const [a, b] = given.map(toNumber) as [number, number];
  if (b === 0) throw new StoreError('BadValue', "can't $divide by zero");
  return new Double(a / b);
}

function mod(args: Found[]): Found {
  const given = numbers('$mod', args);
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
    const given = numbers(name, args);
    if (!given) return null;
    const [value] = given as [Numeric];
    return value instanceof Double ? new Double(apply(value.value)) : value;
  });

function roundTo(name: string, apply: (value: number) => number): [string, OperatorCompiler] {
  return simple(name, [1, 2], (args) => {
    const given = numbers(name, args);
    if (!given) return null;
    const [value, places] = given as [Numeric, Numeric?];
    const digits = places === undefined ? 0 : toNumber(places);
    if (!(value instanceof Double) && digits >= 0) return value;
    const factor = 10 ** Math.abs(digits);
    const scaled = digits >= 0 ? apply(toNumber(value) * factor) / factor : apply(toNumber(value) / factor) * factor;
    return value instanceof Double ? new Double(scaled) : scaled;
  });
}

/** Half to even, as MongoDB rounds. */
function halfEven(value: number): number {
  const down = Math.floor(value);
  if (value - down !== 0.5) return Math.round(value);
  return down % 2 === 0 ? down : down + 1;
}

export const calculation: Array<[string, OperatorCompiler]> = [
  simple('$add', any, add),
  simple('$subtract', 2, subtract),
  simple('$multiply', any, (args) => numbers('$multiply', args)?.reduce((a, b) => combine('multiply', a, b), 1 as Numeric) ?? null),
  simple('$divide', 2, divide),
  simple('$mod', 2, mod),
  simple('$abs', 1, (args) => {
    const given = numbers('$abs', args);
    return given && (toNumber(given[0]) < 0 ? combine('multiply', given[0] as Numeric, -1) : (given[0] as Numeric));
  }),
  rounding('$ceil', Math.ceil),
  rounding('$floor', Math.floor),
  roundTo('$round', halfEven),
  roundTo('$trunc', Math.trunc),
  simple('$sqrt', 1, real('$sqrt', Math.sqrt)),
  simple('$pow', 2, (args) => {
    const given = numbers('$pow', args);
    if (!given) return null;
    const result = toNumber(given[0]) ** toNumber(given[1]);
    return given.every((value) => typeof value === 'number') && (result | 0) === result ? result : new Double(result);
  }),
  simple('$exp', 1, real('$exp', Math.exp)),
  simple('$ln', 1, real('$ln', Math.log)),
  simple('$log10', 1, real('$log10', Math.log10)),
];
