import { StoreError } from './failure';
import { expressionValue, parts } from './paths';
import { type Doc, type Found, isDoc, type Value } from './values';

export type Expression = (doc: Doc) => Found;

/** Compiles what `$group` may ask of a document: a constant, a field '$a.b', or a document of such. */
export function compileExpression(expr: Value): Expression {
  if (typeof expr === 'string' && expr.startsWith('$')) return field(expr.slice(1));
  if (Array.isArray(expr)) throw new StoreError('InvalidPipelineOperator', 'The built-in store does not do arrays as expressions.');
  if (!isDoc(expr)) return () => expr;
  const [first] = expr.keys();
  if (first?.startsWith('$')) {
    throw new StoreError('InvalidPipelineOperator', `Unrecognized expression '${first}' (the built-in store does no operators here).`);
  }
  return object(expr);
}

function field(path: string): Expression {
  if (path.startsWith('$')) throw new StoreError(17276, `Use of undefined variable: ${path.slice(1)} (the built-in store does none)`);
  if (path === '') throw new StoreError(16872, "'$' by itself is not a valid FieldPath");
  const way = parts(path);
  if (way.includes('')) throw new StoreError(path.endsWith('.') ? 40353 : 15998, 'FieldPath field names may not be empty strings.');
  if (way.some((part) => part.startsWith('$')))
    throw new StoreError(16410, "FieldPath field names may not start with '$'. Consider using $getField or $setField.");
  return (doc) => expressionValue(doc, way);
}

function object(expr: Doc): Expression {
  const entries = [...expr].map(([name, value]) => {
    if (name.includes('.'))
      throw new StoreError(16412, `FieldPath field names may not contain '.'. Consider using $getField or $setField.`);
    return [name, compileExpression(value)] as const;
  });
  return (doc) => {
    const result: Doc = new Map();
    for (const [name, evaluate] of entries) {
      const value = evaluate(doc);
      if (value !== undefined) result.set(name, value);
    }
    return result;
  };
}
