import { bindExpression, fieldPath } from './expression';
import { notDone, StoreError } from './failure';
import { compileGroup } from './group';
import { compileFilter } from './matcher';
import { Held, sizeOf } from './memory';
import { encode } from './order';
import { expressionValue, parts } from './paths';
import { sortRows } from './scan';
import { sortKeys } from './sorting';
import { compileAddFields, compileStageProjection } from './stage-projection';
import { type Doc, type Found, isDoc, isNumeric, toNumber, typeName, type Value } from './values';

/** What stages may need beside the documents: variables, and other collections for `$lookup` and `$unionWith`. */
export interface StageContext {
  variables: ReadonlyMap<string, Found>;
  /** The documents of another collection of the database; undefined where stages may not reach for one. */
  others?: (collection: string) => Iterable<Doc>;
}

export type Stage = (docs: Iterable<Doc>) => Iterable<Doc>;
type StageCompiler = (operand: Value, context: StageContext) => Stage;

/** Compiles one stage of a pipeline (docs: "Aggregation Stages"). */
export function compileStage(stage: Value, context: StageContext): Stage {
  if (!isDoc(stage)) throw new StoreError('TypeMismatch', "Each element of the 'pipeline' array must be an object");
  if (stage.size !== 1) throw new StoreError(40323, 'A pipeline stage specification object must contain exactly one field.');
  const [[name, operand]] = [...stage] as [[string, Value]];
  const compiler = stages.get(name);
  if (!compiler) throw new StoreError(40324, `Unrecognized pipeline stage name: '${name}' (or one that the built-in store does not do).`);
  return compiler(operand, context);
}

export const compilePipeline = (pipeline: Value[], context: StageContext): Stage => {
  const compiled = pipeline.map((stage) => compileStage(stage, context));
  return (docs) => compiled.reduce((current, stage) => stage(current), docs);
};

const eachDoc = (change: (doc: Doc) => Doc): Stage =>
  function* (docs) {
    for (const doc of docs) yield change(doc);
  };

const wanted = (name: string, operand: Value, code: number): Doc => {
  if (!isDoc(operand)) throw new StoreError(code, `the ${name} stage specification must be an object, got ${typeName(operand)}`);
  return operand;
};

function wholeNumber(name: string, operand: Value, least: number): number {
  const number = toNumber(operand);
  if (!isNumeric(operand) || !Number.isInteger(number))
    throw new StoreError(5107201, `invalid argument to ${name} stage: Expected an integer`);
  if (number < least)
    throw new StoreError(
      name === '$limit' ? 15958 : 5107200,
      name === '$limit' ? 'the limit must be positive' : `invalid argument to ${name} stage: Expected a non-negative number`,
    );
  return number;
}

const match: StageCompiler = (operand, { variables }) => {
  const test = compileFilter(wanted('$match', operand, 15959), { expression: bindExpression(variables) });
  return function* (docs) {
    for (const doc of docs) if (test(doc)) yield doc;
  };
};

const limit: StageCompiler = (operand) => {
  const most = wholeNumber('$limit', operand, 1);
  return function* (docs) {
    let taken = 0;
    for (const doc of docs) {
      yield doc;
      if (++taken >= most) return;
    }
  };
};

const skip: StageCompiler = (operand) => {
  const first = wholeNumber('$skip', operand, 0);
  return function* (docs) {
    let at = 0;
    for (const doc of docs) if (at++ >= first) yield doc;
  };
};

const sort: StageCompiler = (operand) => {
  const keys = sortKeys(wanted('$sort', operand, 15973));
  if (keys.length === 0) throw new StoreError(15976, '$sort stage must have at least one sort key');
  return function* (docs) {
    for (const { doc } of sortRows(wrap(docs), keys, 0)) yield doc;
  };
};

function* wrap(docs: Iterable<Doc>): Generator<{ doc: Doc }> {
  for (const doc of docs) yield { doc };
}

const count: StageCompiler = (operand) => {
  if (typeof operand !== 'string' || operand === '') throw new StoreError(40156, 'the count field must be a non-empty string');
  if (operand.startsWith('$')) throw new StoreError(40158, 'the count field cannot be a $-prefixed path');
  if (operand.includes('.')) throw new StoreError(40160, "the count field cannot contain '.'");
  return function* (docs) {
    let n = 0;
    for (const doc of docs) n += doc ? 1 : 0;
    if (n > 0) yield new Map([[operand, n]]);
  };
};

const unwind: StageCompiler = (operand) => {
  const spec = isDoc(operand) ? operand : new Map<string, Value>([['path', operand]]);
  for (const name of spec.keys())
    if (!['path', 'includeArrayIndex', 'preserveNullAndEmptyArrays'].includes(name))
      throw new StoreError(28811, `unrecognized option to $unwind stage: ${name}`);
  const path = spec.get('path');
  if (typeof path !== 'string') throw new StoreError(28808, `expected a string as the path for $unwind stage, got ${typeName(path)}`);
  if (!path.startsWith('$')) throw new StoreError(28818, `path option to $unwind stage should be prefixed with a '$': ${path}`);
  const way = fieldPath(path.slice(1));
  const index = spec.get('includeArrayIndex');
  if (index !== undefined && (typeof index !== 'string' || index === ''))
    throw new StoreError(28810, 'expected a non-empty string for the includeArrayIndex option to $unwind stage');
  const keep = spec.get('preserveNullAndEmptyArrays') === true;
  return function* (docs) {
    for (const doc of docs) yield* unwound(doc, way, index as string | undefined, keep);
  };
};

function* unwound(doc: Doc, way: string[], index: string | undefined, keep: boolean): Generator<Doc> {
  let value: Found = doc;
  for (const part of way) value = isDoc(value) ? value.get(part) : undefined;
  const numbered = (changed: Doc, at: bigint | null): Doc => (index === undefined ? changed : withPath(changed, parts(index), at));
  if (Array.isArray(value)) {
    for (const [at, item] of value.entries()) yield numbered(withPath(doc, way, item), BigInt(at));
    if (value.length === 0 && keep) yield numbered(withPath(doc, way, undefined), null);
  } else if (value !== undefined && value !== null) yield numbered(doc, null);
  else if (keep) yield numbered(doc, null);
}

/** A copy with the value at a path; undefined takes it away. The rest is shared. */
function withPath(doc: Doc, way: string[], value: Found): Doc {
  const copy: Doc = new Map(doc);
  const [part, ...rest] = way as [string, ...string[]];
  if (rest.length === 0) {
    if (value === undefined) copy.delete(part);
    else copy.set(part, value);
    return copy;
  }
  const inner = copy.get(part);
  copy.set(part, withPath(isDoc(inner) ? inner : new Map(), rest, value));
  return copy;
}

const replaceRoot: StageCompiler = (operand, { variables }) => {
  const spec = wanted('$replaceRoot', operand, 40229);
  const newRoot = spec.get('newRoot');
  if (newRoot === undefined || spec.size !== 1) throw new StoreError(40231, 'no newRoot specified for the $replaceRoot stage');
  return replaceWith(newRoot, { variables });
};

const replaceWith: StageCompiler = (operand, { variables }) => {
  const evaluate = bindExpression(variables)(operand);
  return eachDoc((doc) => {
    const root = evaluate(doc);
    if (!isDoc(root))
      throw new StoreError(40228, `'newRoot' expression must evaluate to an object, but resulting value was of type: '${typeName(root)}'`);
    return root;
  });
};

const facet: StageCompiler = (operand, context) => {
  const spec = wanted('$facet', operand, 40169);
  if (spec.size === 0) throw new StoreError(40169, 'the $facet specification must be a non-empty object');
  const branches = [...spec].map(([name, pipeline]) => {
    if (!Array.isArray(pipeline)) throw new StoreError(40170, `arguments to $facet must be arrays, ${name} is type ${typeName(pipeline)}`);
    for (const stage of pipeline)
      if (isDoc(stage) && (stage.has('$facet') || stage.has('$out') || stage.has('$merge')))
        throw new StoreError(40600, `${[...stage.keys()][0]} is not allowed to be used within a $facet stage`);
    return [name, compilePipeline(pipeline, context)] as const;
  });
  return function* (docs) {
    const held = new Held('$facet exceeded the memory limit of 104857600 bytes');
    const all: Doc[] = [];
    for (const doc of docs) {
      held.add(sizeOf(doc));
      all.push(doc);
    }
    yield new Map(branches.map(([name, run]) => [name, [...run(all)]]));
  };
};

const sortByCount: StageCompiler = (operand, context) => {
  const run = compilePipeline(
    [
      new Map([
        [
          '$group',
          new Map<string, Value>([
            ['_id', operand],
            ['count', new Map([['$sum', 1]])],
          ]),
        ],
      ]),
      new Map([['$sort', new Map([['count', -1]])]]),
    ],
    context,
  );
  return run;
};

const unset: StageCompiler = (operand, context) => {
  const paths = Array.isArray(operand) ? operand : [operand];
  if (paths.length === 0 || !paths.every((path) => typeof path === 'string' && path !== ''))
    throw new StoreError(31002, '$unset specification must be a string or an array of strings');
  return compileStageProjection(new Map((paths as string[]).map((path) => [path, false])), context);
};

const lookup: StageCompiler = (operand, { others }) => {
  const spec = wanted('$lookup', operand, 9);
  for (const name of spec.keys())
    if (!['from', 'localField', 'foreignField', 'as'].includes(name)) throw notDone(`$lookup with ${name}`, 'FailedToParse');
  const [from, localField, foreignField, as] = ['from', 'localField', 'foreignField', 'as'].map((name) => {
    const value = spec.get(name);
    if (typeof value !== 'string')
      throw new StoreError('FailedToParse', `$lookup argument '${name}' must be a string, is type ${typeName(value)}`);
    return value;
  }) as [string, string, string, string];
  if (!others) throw notDone('$lookup here', 'FailedToParse');
  return function* (docs) {
    const table = joinTable(others(from), parts(foreignField));
    for (const doc of docs) yield withPath(doc, parts(as), joined(table, expressionValue(doc, parts(localField))));
  };
};

/** The documents by each value their field has. */
function joinTable(docs: Iterable<Doc>, way: string[]): Map<string, Doc[]> {
  const table = new Map<string, Doc[]>();
  const held = new Held('The built-in store does not do $lookup into more than 100 MB.');
  for (const doc of docs) {
    held.add(sizeOf(doc));
    for (const key of joinKeys(expressionValue(doc, way), true)) {
      const present = table.get(key);
      if (present) present.push(doc);
      else table.set(key, [doc]);
    }
  }
  return table;
}

function joinKeys(value: Found, whole: boolean): Set<string> {
  const values: Found[] = Array.isArray(value) ? [...value, ...(whole ? [value] : [])] : [value];
  return new Set(values.map((item) => encode(item ?? null).toString('latin1')));
}

function joined(table: Map<string, Doc[]>, local: Found): Value[] {
  const found = new Set<Doc>();
  for (const key of joinKeys(local, false)) for (const doc of table.get(key) ?? []) found.add(doc);
  return [...found];
}

const stages = new Map<string, StageCompiler>([
  ['$match', match],
  ['$limit', limit],
  ['$skip', skip],
  ['$sort', sort],
  ['$count', count],
  ['$unwind', unwind],
  ['$project', (operand, context) => compileStageProjection(wanted('$project', operand, 15969), context)],
  ['$addFields', (operand, context) => compileAddFields(wanted('$addFields', operand, 40272), context)],
  ['$set', (operand, context) => compileAddFields(wanted('$set', operand, 40272), context)],
  ['$unset', unset],
  ['$group', (operand, { variables }) => compileGroup(wanted('$group', operand, 15947), variables)],
  ['$replaceRoot', replaceRoot],
  ['$replaceWith', replaceWith],
  ['$facet', facet],
  ['$sortByCount', sortByCount],
  ['$lookup', lookup],
]);
