import { bindExpression } from './expression';
import { StoreError } from './failure';
import { compileProjection } from './projection';
import { type Doc, type Found, isDoc, type Value } from './values';

interface Context {
  variables: ReadonlyMap<string, Found>;
}

type Stage = (docs: Iterable<Doc>) => Iterable<Doc>;

/** `$project`: as in find, but without find's own operators, which mean expressions here. */
export function compileStageProjection(spec: Doc, { variables }: Context): Stage {
  if (spec.size === 0)
    throw new StoreError(51272, 'Invalid $project :: caused by :: projection specification must have at least one field');
  const project = compileProjection(spec, new Map(), bindExpression(variables), 'stage');
  return function* (docs) {
    for (const doc of docs) yield project ? project(doc) : doc;
  };
}

type Assign = Map<string, Assign | ((doc: Doc) => Found)>;

/** `$addFields`: computed fields laid over the document, inside arrays too. */
export function compileAddFields(spec: Doc, { variables }: Context): Stage {
  if (spec.size === 0) throw new StoreError(40177, 'Invalid $addFields :: caused by :: specification must have at least one field');
  const compile = bindExpression(variables);
  const tree: Assign = new Map();
  for (const [path, value] of spec) assign(tree, path.split('.'), value, compile);
  return function* (docs) {
    for (const doc of docs) yield laid(doc, tree, doc);
  };
}

function assign(tree: Assign, way: string[], value: Value, compile: (expr: Value) => (doc: Doc) => Found): void {
  const [part, ...rest] = way as [string, ...string[]];
  if (part === '') throw new StoreError(40352, 'FieldPath cannot be constructed with empty string');
  if (part.startsWith('$'))
    throw new StoreError(16410, `FieldPath field names may not start with '$'. Consider using $getField or $setField.`);
  const nested = rest.length === 0 && isDoc(value) && value.size > 0 && ![...value.keys()][0]?.startsWith('$');
  if (rest.length === 0 && !nested) {
    if (tree.has(part))
      throw new StoreError(
        40176,
        `Invalid $addFields :: caused by :: specification contains two conflicting paths. Cannot specify both '${part}' and an earlier path`,
      );
    tree.set(part, compile(value));
    return;
  }
  const present = tree.get(part);
  if (present !== undefined && !(present instanceof Map))
    throw new StoreError(40176, `Invalid $addFields :: caused by :: specification contains two conflicting paths at '${part}'`);
  const inner: Assign = present ?? new Map();
  tree.set(part, inner);
  if (rest.length > 0) assign(inner, rest, value, compile);
  else for (const [name, item] of value as Doc) assign(inner, name.split('.'), item, compile);
}

function laid(target: Doc, tree: Assign, root: Doc): Doc {
  const result: Doc = new Map(target);
  for (const [name, node] of tree) {
    const value = node instanceof Map ? laidInside(result.get(name), node, root) : node(root);
    if (value === undefined) result.delete(name);
    else result.set(name, value);
  }
  return result;
}

function laidInside(value: Found, tree: Assign, root: Doc): Found {
  if (Array.isArray(value)) return value.map((item) => laidInside(item, tree, root) as Value);
  return laid(isDoc(value) ? value : new Map(), tree, root);
}
