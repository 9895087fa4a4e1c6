import { StoreError } from './failure';
import { truthy } from './matcher';
import {
  type Compile,
  compareMissing,
  type Expression,
  isNil,
  type Names,
  type OperatorCompiler,
  type Scope,
  simple,
  withNames,
  withVariables,
} from './operator-kit';
import { type Doc, type Found, isDoc, type Value } from './values';

const ordered = (name: string, holds: (difference: number) => boolean): [string, OperatorCompiler] =>
  simple(name, 2, ([a, b]) => holds(compareMissing(a, b)));

export const comparisons: Array<[string, OperatorCompiler]> = [
  ordered('$eq', (d) => d === 0),
  ordered('$ne', (d) => d !== 0),
  ordered('$gt', (d) => d > 0),
  ordered('$gte', (d) => d >= 0),
  ordered('$lt', (d) => d < 0),
  ordered('$lte', (d) => d <= 0),
  simple('$cmp', 2, ([a, b]) => Math.sign(compareMissing(a, b))),
];

export const logic: Array<[string, OperatorCompiler]> = [
  ['$and', lazy((items, scope) => items.every((item) => truthy(item(scope))))],
  ['$or', lazy((items, scope) => items.some((item) => truthy(item(scope))))],
  simple('$not', 1, ([value]) => !truthy(value)),
  ['$literal', (operand) => () => operand],
  ['$cond', compileCond],
  ['$switch', compileSwitch],
  ['$ifNull', compileIfNull],
  ['$let', compileLet],
];

/** `$and` and `$or` stop at the first operand that decides, so that a later one may fail where an earlier one guards it. */
function lazy(decide: (items: Expression[], scope: Scope) => boolean): OperatorCompiler {
  return (operand, names, compile) => {
    const items = (Array.isArray(operand) ? operand : [operand]).map((item) => compile(item, names));
    return (scope) => decide(items, scope);
  };
}

function refuseOthers(name: string, given: Doc, known: string[]): void {
  for (const field of given.keys())
    if (!known.includes(field)) throw new StoreError('FailedToParse', `${name} found an unknown argument: ${field}`);
}

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
  refuseOthers('$switch', operand, ['branches', 'default']);
  const compiled = branches.map((branch) => {
    if (!isDoc(branch) || !branch.has('case') || !branch.has('then'))
      throw new StoreError(40067, '$switch requires each branch have a case and a then expression');
    refuseOthers('$switch', branch, ['case', 'then']);
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

function compileLet(operand: Value, names: Names, compile: Compile): Expression {
  const vars = isDoc(operand) ? operand.get('vars') : undefined;
  if (!isDoc(operand) || !isDoc(vars) || !operand.has('in')) throw new StoreError(16876, '$let needs vars and in');
  refuseOthers('$let', operand, ['vars', 'in']);
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
