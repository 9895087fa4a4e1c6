import { notDone, StoreError } from './failure';
import type { Expression, Names } from './operator-kit';
import { operatorCompilers } from './operators';
import { expressionValue, parts } from './paths';
import { type Doc, type Found, isDoc, type Value } from './values';

/** Compiles an aggregation expression (docs: "Aggregation Operators"); unknown operators and variables fail here. */
function compileExpression(expr: Value, names: Names): Expression {
  if (typeof expr === 'string' && expr.startsWith('$'))
    return expr.startsWith('$$') ? variable(expr.slice(2), names) : field(expr.slice(1));
  if (Array.isArray(expr)) {
    const items = expr.map((item) => compileExpression(item, names));
    return (scope) => items.map((item) => item(scope) ?? null);
  }
  if (!isDoc(expr)) return () => expr;
  const [first] = expr.keys();
  if (first?.startsWith('$')) return operator(first, expr, names);
  return object(expr, names);
}

function field(path: string): Expression {
  const way = fieldPath(path);
  return (scope) => expressionValue(scope.root, way);
}

export function fieldPath(path: string): string[] {
  if (path === '') throw new StoreError(16872, "'$' by itself is not a valid FieldPath");
  const way = parts(path);
  if (way.includes('')) throw new StoreError(path.endsWith('.') ? 40353 : 15998, 'FieldPath field names may not be empty strings.');
  if (way.some((part) => part.startsWith('$')))
    throw new StoreError(16410, "FieldPath field names may not start with '$'. Consider using $getField or $setField.");
  return way;
}

function variable(path: string, names: Names): Expression {
  if (path === '') throw new StoreError('FailedToParse', 'empty variable names are not allowed');
  const [name, ...way] = parts(path) as [string, ...string[]];
  if (name === 'ROOT') return (scope) => expressionValue(scope.variables.get('ROOT') ?? scope.root, way);
  if (name === 'CURRENT') return (scope) => expressionValue(scope.root, way);
  if (name === 'REMOVE') return () => undefined;
  if (/^(CLUSTER_TIME|USER_ROLES|SEARCH_META|JS_SCOPE|IS_MR)$/.test(name)) throw notDone(`$$${name}`, 'BadValue');
  if (name !== 'NOW' && !names.known.has(name)) throw new StoreError(17276, `Use of undefined variable: ${name}`);
  return (scope) => expressionValue(scope.variables.get(name), way);
}

function object(expr: Doc, names: Names): Expression {
  const entries = [...expr].map(([name, value]) => {
    if (name.includes('.'))
      throw new StoreError(16412, `FieldPath field names may not contain '.'. Consider using $getField or $setField.`);
    return [name, compileExpression(value, names)] as const;
  });
  return (scope) => {
    const result: Doc = new Map();
    for (const [name, evaluate] of entries) {
      const value = evaluate(scope);
      if (value !== undefined) result.set(name, value);
    }
    return result;
  };
}

function operator(name: string, expr: Doc, names: Names): Expression {
  if (expr.size !== 1) {
    throw new StoreError(15983, `an object representing an expression must have exactly one field: it has ${expr.size}`);
  }
  const compiler = operatorCompilers.get(name);
  if (!compiler) {
    throw new StoreError('InvalidPipelineOperator', `Unrecognized expression '${name}'. (Or one that the built-in store does not do.)`);
  }
  return compiler(expr.get(name) as Value, names, compileExpression);
}

/** The variables of a command: its `let` and the time. */
export function commandVariables(lets: Doc | undefined, now: Date): Map<string, Found> {
  const variables = new Map<string, Found>([['NOW', now]]);
  for (const [name, value] of lets ?? []) {
    if (!/^[a-z\u0080-\uffff][A-Za-z0-9_\u0080-\uffff]*$/.test(name))
      throw new StoreError('FailedToParse', `'${name}' starts with an invalid character for a user variable name`);
    variables.set(name, compileExpression(value, { known: new Set(variables.keys()) })({ root: undefined, variables }));
  }
  return variables;
}

/** An expression over one document, with a command's variables. */
export function bindExpression(variables: ReadonlyMap<string, Found>): (expr: Value) => (doc: Doc) => Found {
  return (expr) => {
    const evaluate = compileExpression(expr, { known: new Set(variables.keys()) });
    return (doc) => evaluate({ root: doc, variables });
  };
}
