import { StoreError } from './failure';
import { compileGroup } from './group';
import { compileFilter } from './matcher';
import { compileProjection } from './projection';
import { sortRows } from './scan';
import { sortKeys } from './sorting';
import { type Doc, isDoc, isNumeric, toNumber, typeName, type Value } from './values';

export type Stage = (docs: Iterable<Doc>) => Iterable<Doc>;

/** Compiles the stages of a pipeline (docs: "Aggregation Stages"). */
export function compilePipeline(pipeline: Value[]): Stage {
  const compiled = pipeline.map(compileStage);
  return (docs) => compiled.reduce((current, stage) => stage(current), docs);
}

function compileStage(stage: Value): Stage {
  if (!isDoc(stage)) throw new StoreError('TypeMismatch', "Each element of the 'pipeline' array must be an object");
  if (stage.size !== 1) throw new StoreError(40323, 'A pipeline stage specification object must contain exactly one field.');
  const [[name, operand]] = [...stage] as [[string, Value]];
  const compiler = stages.get(name);
  if (!compiler) throw new StoreError(40324, `Unrecognized pipeline stage name: '${name}' (or one that the built-in store does not do).`);
  return compiler(operand);
}

const wanted = (name: string, operand: Value, code: number): Doc => {
  if (!isDoc(operand)) throw new StoreError(code, `the ${name} stage specification must be an object, got ${typeName(operand)}`);
  return operand;
};

function wholeNumber(name: string, operand: Value, least: number): number {
  const number = toNumber(operand);
  if (!isNumeric(operand) || !Number.isInteger(number))
    throw new StoreError(5107201, `invalid argument to ${name} stage: Expected an integer`);
  if (number >= least) return number;
  throw name === '$limit'
    ? new StoreError(15958, 'the limit must be positive')
    : new StoreError(5107200, `invalid argument to ${name} stage: Expected a non-negative number`);
}

function match(operand: Value): Stage {
  const test = compileFilter(wanted('$match', operand, 15959));
  return function* (docs) {
    for (const doc of docs) if (test(doc)) yield doc;
  };
}

function limit(operand: Value): Stage {
  const most = wholeNumber('$limit', operand, 1);
  return function* (docs) {
    let taken = 0;
    for (const doc of docs) {
      yield doc;
      if (++taken >= most) return;
    }
  };
}

function skip(operand: Value): Stage {
  const first = wholeNumber('$skip', operand, 0);
  return function* (docs) {
    let at = 0;
    for (const doc of docs) if (at++ >= first) yield doc;
  };
}

function sort(operand: Value): Stage {
  const keys = sortKeys(wanted('$sort', operand, 15973));
  if (keys.length === 0) throw new StoreError(15976, '$sort stage must have at least one sort key');
  return function* (docs) {
    for (const { doc } of sortRows(wrap(docs), keys, 0)) yield doc;
  };
}

function* wrap(docs: Iterable<Doc>): Generator<{ doc: Doc }> {
  for (const doc of docs) yield { doc };
}

function project(operand: Value): Stage {
  const spec = wanted('$project', operand, 15969);
  if (spec.size === 0)
    throw new StoreError(51272, 'Invalid $project :: caused by :: projection specification must have at least one field');
  const change = compileProjection(spec);
  return function* (docs) {
    for (const doc of docs) yield change ? change(doc) : doc;
  };
}

const stages = new Map<string, (operand: Value) => Stage>([
  ['$match', match],
  ['$limit', limit],
  ['$skip', skip],
  ['$sort', sort],
  ['$project', project],
  ['$group', (operand) => compileGroup(wanted('$group', operand, 15947))],
]);
