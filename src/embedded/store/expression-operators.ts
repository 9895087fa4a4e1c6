import { Double } from 'bson';
import { combine } from './arithmetic';
import { StoreError } from './failure';
import { truthy } from './matcher';
import { compare, equal } from './order';
import { type Doc, type Found, isDoc, isNumeric, type Numeric, toNumber, typeName, type Value } from './values';

interface Scope {
  root: Found;
  variables: ReadonlyMap<string, Found>;
}
type Expression = (scope: Scope) => Found;
interface Names {
  known: ReadonlySet<string>;
}
type Compile = (expr: Value, names: Names) => Expression;

/** Compiles one operator's operand; the compiler of inner expressions is handed in, as the two know each other. */
export type OperatorCompiler = (operand: Value, names: Names, compile: Compile) => Expression;

export const isNil = (value: Found): value is null | undefined => value === undefined || value === null;

/** An operator over its evaluated arguments. `count` is how many it takes, or the least and the most. */
export function simple(name: string, count: number | [number, number], apply: (args: Found[]) => Found): [string, OperatorCompiler] {
  const [least, most] = typeof count === 'number' ? [count, count] : count;
  return [
    name,
    (operand, names, compile) => {
      const args = (Array.isArray(operand) ? operand : [operand]).map((item) => compile(item, names));
      if (args.length < least || args.length > most) {
        throw new StoreError(16020, `Expression ${name} takes exactly ${least} arguments. ${args.length} were passed in.`);
      }
      return (scope) => apply(args.map((evaluate) => evaluate(scope)));
    },
  ];
}

/** An operator over one document of named arguments. */
export function named(name: string, fields: string[], apply: (args: Record<string, Found>) => Found): [string, OperatorCompiler] {
  return [
    name,
    (operand, names, compile) => {
      if (!isDoc(operand)) throw new StoreError('FailedToParse', `${name} only supports an object as its argument`);
      for (const field of operand.keys())
        if (!fields.includes(field)) throw new StoreError('FailedToParse', `${name} found an unknown argument: ${field}`);
      const args = [...operand].map(([field, value]) => [field, compile(value, names)] as const);
      return (scope) => apply(Object.fromEntries(args.map(([field, evaluate]) => [field, evaluate(scope)])));
    },
  ];
}

const any: [number, number] = [0, Number.POSITIVE_INFINITY];
const ordered = (name: string, holds: (difference: number) => boolean): [string, OperatorCompiler] =>
  simple(name, 2, ([a, b]) => holds(compareMissing(a, b)));

// In expressions missing is less than null; in filters and sorts they are the same.
function compareMissing(a: Found, b: Found): number {
  if (a === undefined || b === undefined) return a === b ? 0 : isNil(a) && isNil(b) ? (a === undefined ? -1 : 1) : compare(a, b);
  return compare(a, b);
}

const comparisons: Array<[string, OperatorCompiler]> = [
  ordered('$eq', (d) => d === 0),
  ordered('$ne', (d) => d !== 0),
  ordered('$gt', (d) => d > 0),
  ordered('$gte', (d) => d >= 0),
  ordered('$lt', (d) => d < 0),
  ordered('$lte', (d) => d <= 0),
  simple('$cmp', 2, ([a, b]) => Math.sign(compareMissing(a, b))),
];

const logic: Array<[string, OperatorCompiler]> = [
  simple('$and', any, (args) => args.every(truthy)),
  simple('$or', any, (args) => args.some(truthy)),
  simple('$not', 1, ([value]) => !truthy(value)),
  ['$literal', (operand) => () => operand],
  ['$cond', compileCond],
  ['$switch', compileSwitch],
  ['$ifNull', compileIfNull],
  ['$let', compileLet],
];

function compileCond(operand: Value, names: Names, compile: Compile): Expression {
  const list = isDoc(operand) ? ['if', 'then', 'else'].map((name) => operand.get(name)) : operand;
  if (isDoc(operand))
    for (const name of operand.keys())
      if (!['if', 'then', 'else'].includes(name)) throw new StoreError(17083, `Unrecognized parameter to $cond: ${name}`);
  if (!Array.isArray(list) || list.length !== 3 || list.includes(undefined))
    throw new StoreError(16020, 'Expression $cond takes exactly 3 arguments.');
  const [test, yes, no] = (list as Value[]).map((item) => compile(item, names)) as [Expression, Expression, Expression];
  return (scope) => (truthy(test(scope)) ? yes(scope) : no(scope));
}

function compileSwitch(operand: Value, names: Names, compile: Compile): Expression {
  const branches = isDoc(operand) ? operand.get('branches') : undefined;
  if (!isDoc(operand) || !Array.isArray(branches) || branches.length === 0)
    throw new StoreError(40068, '$switch requires at least one branch.');
  const compiled = branches.map((branch) => {
    if (!isDoc(branch) || !branch.has('case') || !branch.has('then'))
      throw new StoreError(40067, '$switch requires each branch have a case and a then expression');
    return [compile(branch.get('case') as Value, names), compile(branch.get('then') as Value, names)] as const;
  });
  const otherwise = operand.has('default') ? compile(operand.get('default') as Value, names) : undefined;
  return (scope) => {
    const chosen = compiled.find(([test]) => truthy(test(scope)))?.[1] ?? otherwise;
    if (!chosen) throw new StoreError(40066, '$switch could not find a matching branch for an input, and no default was specified.');
    return chosen(scope);
  };
}

function compileIfNull(operand: Value, names: Names, compile: Compile): Expression {
  if (!Array.isArray(operand) || operand.length < 2) throw new StoreError(1257300, '$ifNull needs at least two arguments');
  const items = operand.map((item) => compile(item, names));
  return (scope) => {
    let value: Found;
    for (const item of items) {
      value = item(scope);
      if (!isNil(value)) return value;
    }
    return value;
  };
}

const withNames = (names: Names, ...added: string[]): Names => ({ known: new Set([...names.known, ...added]) });
const withVariables = (scope: Scope, added: Array<[string, Found]>): Scope => ({
  ...scope,
  variables: new Map([...scope.variables, ...added]),
});

function compileLet(operand: Value, names: Names, compile: Compile): Expression {
  const vars = isDoc(operand) ? operand.get('vars') : undefined;
  if (!isDoc(operand) || !isDoc(vars) || !operand.has('in')) throw new StoreError(16876, '$let needs vars and in');
  const values = [...vars].map(([name, value]) => [name, compile(value, names)] as const);
  const inner = compile(operand.get('in') as Value, withNames(names, ...vars.keys()));
  return (scope) =>
    inner(
      withVariables(
        scope,
        values.map(([name, evaluate]) => [name, evaluate(scope)]),
      ),
    );
}

const numbers = (name: string, args: Found[]): Numeric[] | null => {
  if (args.some(isNil)) return null;
  return args.map((value) => {
    if (!isNumeric(value)) throw new StoreError('TypeMismatch', `${name} only supports numeric types, not ${typeName(value)}`);
    return value;
  });
};

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

const calculation: Array<[string, OperatorCompiler]> = [
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

export const operatorCompilers = new Map<string, OperatorCompiler>([...comparisons, ...logic, ...calculation]);

/** Adds a family of operators; each family lives in its own file. */
export function register(operators: Array<[string, OperatorCompiler]>): void {
  for (const [name, compiler] of operators) operatorCompilers.set(name, compiler);
}

export type { Compile, Doc, Expression, Names, Scope };
export { any as anyCount, compareMissing, withNames, withVariables };

void equal;
