import { StoreError } from './failure';
import { isOperators, singleElement, truthy } from './matcher';
import { parts } from './paths';
import { matchedPosition } from './updater';
import { type Doc, type Found, isDoc, isNumeric, toNumber, type Value } from './values';

export type Projection = (doc: Doc) => Doc;
/** Compiles an aggregation expression; computed fields of a projection are such. */
export type Compile = (expr: Value) => (doc: Doc) => Found;

/** The projected fields as a tree; a leaf says what happens to the value there. */
type Node = Map<string, Node | Leaf>;
type Leaf = true | Trim | Computed;

/** Changes a value in its place (`$slice`, `$elemMatch`). */
class Trim {
  constructor(readonly apply: (value: Found) => Found) {}
}

/** Gives a field a new value; it comes after the fields that are kept. */
class Computed {
  constructor(readonly evaluate: (doc: Doc) => Found) {}
}

const failed = (code: number, message: string): StoreError => new StoreError(code, message);

/** Compiles a find projection (docs: "Project Fields to Return"); undefined when everything is returned. */
export function compileProjection(spec: Doc, filter: Doc, compile: Compile, where: 'find' | 'stage' = 'find'): Projection | undefined {
  if (spec.size === 0) return undefined;
  const fields = flatten(spec).map(
    ([path, value]) => [path, where === 'stage' && neutral(value) ? asExpression(value) : value] as [string, Value],
  );
  const including = mode(fields);
  const tree: Node = new Map();
  const finders: string[] = [];
  for (const [path, value] of fields) {
    if (path === '_id' && !isDoc(value) && isFlag(value) && truthy(value) !== including) continue;
    if (path.endsWith('.$') && where === 'stage')
      throw failed(16410, "FieldPath field names may not start with '$'. Consider using $getField or $setField.");
    if (path.endsWith('.$')) {
      finders.push(path.slice(0, -2));
      place(tree, parts(path.slice(0, -2)), true);
    } else place(tree, parts(path), leaf(value, compile));
  }
  if (finders.length > 1) throw failed(31276, 'Cannot specify more than one positional projection per query.');
  const keepId = idWanted(fields, including);
  return (doc) => {
    const source = finders.length > 0 ? positioned(doc, finders[0] as string, filter) : doc;
    const result = including ? include(source, tree, source) : exclude(source, tree, source);
    return withId(source, result, keepId, including);
  };
}

// In a pipeline `$slice` is an expression; wrapped, so that find's own operators do not see it.
const asExpression = (value: Value): Value =>
  new Map([
    [
      '$let',
      new Map<string, Value>([
        ['vars', new Map()],
        ['in', value],
      ]),
    ],
  ]);

const isFlag = (value: Value): boolean => typeof value === 'boolean' || isNumeric(value);

/** `{a: {b: 1}}` means `{'a.b': 1}`. */
function flatten(spec: Doc, prefix = ''): Array<[string, Value]> {
  return [...spec].flatMap(([name, value]) => {
    const path = prefix + name;
    checkPath(path);
    if (isDoc(value) && value.size === 0) throw failed(51270, 'An empty sub-projection is not a valid value. Found empty object at path');
    return isDoc(value) && !isOperators(value) ? flatten(value, `${path}.`) : [[path, value] as [string, Value]];
  });
}

function checkPath(path: string): void {
  const pieces = parts(path);
  if (pieces.includes('')) throw failed(40353, 'FieldPath field names may not be empty strings or end with a dot.');
  const positional = pieces.findIndex((piece) => piece === '$');
  if (positional >= 0 && positional < pieces.length - 1)
    throw failed(31394, "As of 4.4, it's illegal to specify positional operator in the middle of a path.");
  if (pieces.some((piece) => piece.startsWith('$') && piece !== '$'))
    throw failed(16410, `FieldPath field names may not start with '$'. Consider using $getField or $setField.`);
}

const neutral = (value: Value): boolean => isDoc(value) && (value.has('$slice') || value.has('$elemMatch') || value.has('$meta'));

/** Whether the fields say what to include. Mixing both is refused, `_id` apart. */
function mode(fields: Array<[string, Value]>): boolean {
  const flags = fields.filter(([path, value]) => path !== '_id' && !neutral(value));
  const included = flags.filter(([, value]) => !isFlag(value) || truthy(value));
  const [first] = flags;
  if (first && included.length !== 0 && included.length !== flags.length) {
    const [path] = (isIncluded(first[1]) ? flags.find(([, value]) => !isIncluded(value)) : included[0]) as [string, Value];
    throw isIncluded(first[1])
      ? failed(31254, `Cannot do exclusion on field ${path} in inclusion projection`)
      : failed(31253, `Cannot do inclusion on field ${path} in exclusion projection`);
  }
  if (first) return included.length > 0;
  if (fields.some(([, value]) => isDoc(value) && value.has('$elemMatch'))) return true;
  const id = fields.find(([path]) => path === '_id');
  return id !== undefined && isIncluded(id[1]) && !fields.some(([, value]) => neutral(value));
}

const isIncluded = (value: Value): boolean => !isFlag(value) || truthy(value);

function idWanted(fields: Array<[string, Value]>, including: boolean): boolean {
  const id = fields.find(([path]) => path === '_id' || path.startsWith('_id.'));
  return id === undefined || (isFlag(id[1]) ? truthy(id[1]) : including);
}

function place(tree: Node, way: string[], value: Leaf): void {
  const [first, ...rest] = way as [string, ...string[]];
  const present = tree.get(first);
  if (rest.length === 0) {
    if (present !== undefined) throw failed(31250, `Path collision at ${first}`);
    tree.set(first, value);
    return;
  }
  if (present !== undefined && !(present instanceof Map))
    throw failed(31249, `Path collision at ${way.join('.')} remaining portion ${rest.join('.')}`);
  const inner: Node = present instanceof Map ? present : new Map();
  tree.set(first, inner);
  place(inner, rest, value);
}

function leaf(value: Value, compile: Compile): Leaf {
  if (isFlag(value)) return true;
  if (isDoc(value) && value.has('$slice') && isFindSlice(value.get('$slice'))) return slicer(value.get('$slice') as Value);
  if (isDoc(value) && value.has('$elemMatch')) return firstElement(value.get('$elemMatch') as Value);
  if (isDoc(value) && value.has('$meta')) throw failed(2, 'The built-in store does not do $meta');
  return new Computed(compile(value));
}

const isFindSlice = (value: Found): boolean => isNumeric(value) || (Array.isArray(value) && value.length === 2 && value.every(isNumeric));

function slicer(operand: Value): Leaf {
  const [skip, take] = Array.isArray(operand) ? operand.map(toNumber) : [undefined, toNumber(operand)];
  if (skip !== undefined && (take as number) <= 0) throw failed(28724, 'First argument to $slice must be positive');
  return new Trim((value) => {
    if (!Array.isArray(value)) return value;
    if (skip === undefined) return (take as number) >= 0 ? value.slice(0, take) : value.slice(take as number);
    const start = skip < 0 ? Math.max(0, value.length + skip) : skip;
    return value.slice(start, start + (take as number));
  });
}

function firstElement(operand: Value): Leaf {
  const test = singleElement(operand, {});
  return new Trim((value) => {
    const found = Array.isArray(value) ? value.find((item) => test(item)) : undefined;
    return found === undefined ? undefined : [found];
  });
}

function positioned(doc: Doc, path: string, filter: Doc): Doc {
  const way = parts(path);
  const index = matchedPosition(doc, path, filter);
  if (index === undefined)
    throw failed(
      51246,
      "Executor error during find command :: caused by :: positional operator '.$' couldn't find a matching element in the array",
    );
  const narrow = (value: Found, at: number): Found => {
    if (at === way.length) return Array.isArray(value) ? [value[index] as Value] : value;
    if (!isDoc(value)) return value;
    return new Map([...value].map(([name, item]) => [name, name === way[at] ? (narrow(item, at + 1) as Value) : item]));
  };
  return narrow(doc, 0) as Doc;
}

function include(value: Doc, tree: Node, root: Doc): Doc {
  const result: Doc = new Map();
  for (const [name, item] of value) {
    const node = tree.get(name);
    const kept =
      node === true ? item : node instanceof Trim ? node.apply(item) : node instanceof Map ? includeInside(item, node, root) : undefined;
    if (kept !== undefined) result.set(name, kept);
  }
  addComputed(tree, root, result);
  return result;
}

function addComputed(tree: Node, root: Doc, result: Doc): void {
  for (const [name, node] of tree) {
    if (node instanceof Map && !result.has(name)) {
      const inner = include(new Map(), node, root);
      if (inner.size > 0) result.set(name, inner);
    } else if (node instanceof Computed) {
      const made = node.evaluate(root);
      if (made !== undefined) result.set(name, made);
    }
  }
}

function includeInside(value: Value, tree: Node, root: Doc): Found {
  if (isDoc(value)) return include(value, tree, root);
  if (Array.isArray(value)) return value.map((item) => includeInside(item, tree, root)).filter((item) => item !== undefined);
  return undefined;
}

function exclude(value: Doc, tree: Node, root: Doc): Doc {
  const result: Doc = new Map();
  for (const [name, item] of value) {
    const node = tree.get(name);
    const kept =
      node === undefined
        ? item
        : node instanceof Trim
          ? node.apply(item)
          : node instanceof Map
            ? excludeInside(item, node, root)
            : undefined;
    if (kept !== undefined) result.set(name, kept);
  }
  addComputed(tree, root, result);
  return result;
}

function excludeInside(value: Value, tree: Node, root: Doc): Value {
  if (isDoc(value)) return exclude(value, tree, root);
  if (Array.isArray(value)) return value.map((item) => excludeInside(item, tree, root));
  return value;
}

function withId(source: Doc, result: Doc, keep: boolean, including: boolean): Doc {
  if (!keep) {
    result.delete('_id');
    return result;
  }
  const id = source.get('_id');
  if (!including || result.has('_id') || id === undefined) return result;
  return new Map<string, Value>([['_id', id], ...result]);
}
