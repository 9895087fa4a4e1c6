import { notDone, StoreError } from './failure';
import { isOperators, truthy } from './matcher';
import { parts } from './paths';
import { type Doc, type Found, isDoc, isNumeric, type Value } from './values';

export type Projection = (doc: Doc) => Doc;

/** The projected fields as a tree; a leaf is the field as a whole. */
type Tree = Map<string, Tree | true>;

const failed = (code: number, message: string): StoreError => new StoreError(code, message);

/** Compiles a projection of fields to keep or to leave out (docs: "Project Fields to Return"); undefined when everything is kept. */
export function compileProjection(spec: Doc): Projection | undefined {
  if (spec.size === 0) return undefined;
  const fields = flatten(spec);
  const including = mode(fields);
  const tree: Tree = new Map();
  for (const [path, wanted] of fields) if (path !== '_id' || wanted === including) place(tree, parts(path));
  const keepsId = fields.find(([path]) => path === '_id')?.[1] ?? true;
  // What is kept comes with its `_id`, unless the projection itself speaks of it.
  const addsId = including && keepsId && !tree.has('_id');
  return (doc) => {
    const result = including ? include(doc, tree) : exclude(doc, tree);
    if (!keepsId) result.delete('_id');
    const id = addsId ? doc.get('_id') : undefined;
    return id === undefined ? result : new Map<string, Value>([['_id', id], ...result]);
  };
}

/** `{a: {b: 1}}` means `{'a.b': 1}`. */
function flatten(spec: Doc, prefix = ''): Array<[string, boolean]> {
  return [...spec].flatMap(([name, value]) => {
    const path = prefix + name;
    checkPath(path);
    if (isDoc(value) && value.size === 0) throw failed(51270, 'An empty sub-projection is not a valid value. Found empty object at path');
    if (isDoc(value) && !isOperators(value)) return flatten(value, `${path}.`);
    return [[path, flag(value)] as [string, boolean]];
  });
}

function flag(value: Value): boolean {
  if (typeof value === 'boolean' || isNumeric(value)) return truthy(value);
  const [operator] = isDoc(value) ? value.keys() : [];
  throw notDone(`projections with ${operator ?? 'computed values'}`, operator ? 'InvalidPipelineOperator' : 'BadValue');
}

function checkPath(path: string): void {
  const pieces = parts(path);
  if (pieces.includes('')) throw failed(40353, 'FieldPath field names may not be empty strings or end with a dot.');
  if (pieces.at(-1) === '$') throw notDone('the positional $ in projections', 'BadValue');
  if (pieces.some((piece) => piece.startsWith('$')))
    throw failed(16410, `FieldPath field names may not start with '$'. Consider using $getField or $setField.`);
}

/** Whether the fields say what to include. Mixing both is refused, `_id` apart. */
function mode(fields: Array<[string, boolean]>): boolean {
  const [first, ...others] = fields.filter(([path]) => path !== '_id');
  if (!first) return fields[0]?.[1] === true;
  const other = others.find(([, wanted]) => wanted !== first[1]);
  if (!other) return first[1];
  throw first[1]
    ? failed(31254, `Cannot do exclusion on field ${other[0]} in inclusion projection`)
    : failed(31253, `Cannot do inclusion on field ${other[0]} in exclusion projection`);
}

function place(tree: Tree, way: string[]): void {
  const [first, ...rest] = way as [string, ...string[]];
  const present = tree.get(first);
  if (rest.length === 0) {
    if (present !== undefined) throw failed(31250, `Path collision at ${first}`);
    tree.set(first, true);
    return;
  }
  if (present === true) throw failed(31249, `Path collision at ${way.join('.')} remaining portion ${rest.join('.')}`);
  const inner: Tree = present ?? new Map();
  tree.set(first, inner);
  place(inner, rest);
}

function include(doc: Doc, tree: Tree): Doc {
  const result: Doc = new Map();
  for (const [name, item] of doc) {
    const node = tree.get(name);
    const kept = node === undefined ? undefined : node === true ? item : includeInside(item, node);
    if (kept !== undefined) result.set(name, kept);
  }
  return result;
}

function includeInside(value: Value, tree: Tree): Found {
  if (isDoc(value)) return include(value, tree);
  if (Array.isArray(value)) return value.map((item) => includeInside(item, tree)).filter((item) => item !== undefined);
  return undefined;
}

function exclude(doc: Doc, tree: Tree): Doc {
  const result: Doc = new Map();
  for (const [name, item] of doc) {
    const node = tree.get(name);
    if (node !== true) result.set(name, node === undefined ? item : excludeInside(item, node));
  }
  return result;
}

function excludeInside(value: Value, tree: Tree): Value {
  if (isDoc(value)) return exclude(value, tree);
  if (Array.isArray(value)) return value.map((item) => excludeInside(item, tree));
  return value;
}
