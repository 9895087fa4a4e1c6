import { StoreError } from './failure';
import { compare } from './order';
import { type Found, isDoc, isNumeric, type Numeric, typeName, type Value } from './values';

/** Where an expression is evaluated: the document and the variables in sight. */
export interface Scope {
  root: Found;
  variables: ReadonlyMap<string, Found>;
}

export type Expression = (scope: Scope) => Found;

/** The variables that are known where an expression stands. */
export interface Names {
  known: ReadonlySet<string>;
}

export type Compile = (expr: Value, names: Names) => Expression;

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

/** An operator over one document of named arguments. One that evaluates to nothing counts as null; one not given is undefined. */
export function named(name: string, fields: string[], apply: (args: Record<string, Found>) => Found): [string, OperatorCompiler] {
  return [
    name,
    (operand, names, compile) => {
      if (!isDoc(operand)) throw new StoreError('FailedToParse', `${name} only supports an object as its argument`);
      for (const field of operand.keys())
        if (!fields.includes(field)) throw new StoreError('FailedToParse', `${name} found an unknown argument: ${field}`);
      const args = [...operand].map(([field, value]) => [field, compile(value, names)] as const);
      return (scope) => apply(Object.fromEntries(args.map(([field, evaluate]) => [field, evaluate(scope) ?? null])));
    },
  ];
}

export const any: [number, number] = [0, Number.POSITIVE_INFINITY];
/** In expressions missing is less than null; in filters and sorts they are the same. */
export function compareMissing(a: Found, b: Found): number {
  if (a === undefined || b === undefined) return a === b ? 0 : isNil(a) && isNil(b) ? (a === undefined ? -1 : 1) : compare(a, b);
  return compare(a, b);
}

export const withNames = (names: Names, ...added: string[]): Names => ({ known: new Set([...names.known, ...added]) });
export const withVariables = (scope: Scope, added: Array<[string, Found]>): Scope => ({
  ...scope,
  variables: new Map([...scope.variables, ...added]),
});

/** The arguments as numbers; null when one is null or missing. */
export const numbers = (name: string, args: Found[]): Numeric[] | null => {
  if (args.some(isNil)) return null;
  return args.map((value) => {
    if (!isNumeric(value)) throw new StoreError('TypeMismatch', `${name} only supports numeric types, not ${typeName(value)}`);
    return value;
  });
};
