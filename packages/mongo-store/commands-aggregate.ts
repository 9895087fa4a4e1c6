import { type Encoded, writeDocument } from './bson-writer';
import type { Command, Reply } from './command';
import { countRows, openCursor } from './commands-read';
import { notDone, StoreError } from './failure';
import { compilePipeline } from './pipeline';
import { type Query, queryRows, readQuery } from './query';
import type { Row } from './scan';
import { type Doc, isDoc, isNumeric, toNumber, type Value } from './values';

/** A pipeline with its beginning taken as a query, so that `$match`, `$sort`, `$skip` and `$limit` there use indexes. */
interface SplitPipeline {
  query: Query;
  rest: Value[];
  isCount: boolean;
}

function splitPipeline(command: Command): SplitPipeline {
  command.allow('pipeline', 'cursor');
  const pipeline = command.get('pipeline');
  if (!Array.isArray(pipeline))
    throw new StoreError('TypeMismatch', "BSON field 'aggregate.pipeline' is the wrong type, expected type 'array'");
  const name = command.get('aggregate');
  if (typeof name !== 'string') throw notDone('aggregations without a collection', 'InvalidNamespace');
  const collection = command.store.documents.catalog.find(command.database, name);
  const head = leading(pipeline);
  const query = readQuery(collection, head.parts);
  const rest = pipeline.slice(head.taken);
  return { query, rest, isCount: isCountGroup(rest) };
}

function leading(pipeline: Value[]): { taken: number; parts: { filter?: Doc; sort?: Doc; skip?: number; limit?: number } } {
  const parts: { filter?: Doc; sort?: Doc; skip?: number; limit?: number } = {};
  const order = ['$match', '$sort', '$skip', '$limit'];
  let at = 0;
  let taken = 0;
  for (const stage of pipeline) {
    const [[name, operand]] = isDoc(stage) && stage.size === 1 ? ([...stage] as [[string, Value]]) : [['', null as Value]];
    const step = order.indexOf(name as string, at);
    if (step < 0 || !fits(name as string, operand as Value)) break;
    if (name === '$match') parts.filter = operand as Doc;
    if (name === '$sort') parts.sort = operand as Doc;
    if (name === '$skip') parts.skip = toNumber(operand as Value);
    if (name === '$limit') parts.limit = toNumber(operand as Value);
    at = step + 1;
    taken++;
  }
  return { taken, parts };
}

// Anything unusual stays a stage, which checks it and says what is wrong.
function fits(name: string, operand: Value): boolean {
  if (name === '$match') return isDoc(operand);
  if (name === '$sort') return isDoc(operand) && operand.size > 0 && [...operand.values()].every(isNumeric);
  const number = isNumeric(operand) ? toNumber(operand) : Number.NaN;
  return Number.isInteger(number) && number >= (name === '$limit' ? 1 : 0);
}

// What the driver's countDocuments sends: {$group: {_id: 1, n: {$sum: 1}}}.
function isCountGroup(rest: Value[]): boolean {
  const [stage] = rest;
  const group = rest.length === 1 && isDoc(stage) ? stage.get('$group') : undefined;
  if (!isDoc(group) || group.size !== 2) return false;
  const n = group.get('n');
  return !isDoc(group.get('_id')) && typeof group.get('_id') === 'number' && isDoc(n) && n.size === 1 && n.get('$sum') === 1;
}

export function aggregate(command: Command): Reply {
  const split = splitPipeline(command);
  const cursor = command.doc('cursor');
  if (!cursor) throw new StoreError('FailedToParse', "The 'cursor' option is required, except for aggregate with the explain argument");
  const size = cursor.get('batchSize');
  const batchSize = isNumeric(size) ? toNumber(size) : 101;
  const left = (split.rest.length === 0 && split.query.limit) || Number.POSITIVE_INFINITY;
  return openCursor(command, command.namespace, { source: output(command, split), left }, { batchSize, single: false });
}

function output(command: Command, { query, rest, isCount }: SplitPipeline): Iterator<Encoded> {
  if (isCount) return counted(command, query, rest);
  const found = queryRows(command.store, query, command.work());
  if (rest.length === 0) return found;
  const run = compilePipeline(rest);
  return written(run(decoded(found)));
}

function* counted(command: Command, query: Query, rest: Value[]): Generator<Encoded> {
  const n = countRows(command, query);
  const id = ((rest[0] as Doc).get('$group') as Doc).get('_id');
  if (n > 0) yield { bytes: writeDocument({ _id: id, n }) };
}

function* decoded(found: Iterable<Row>): Generator<Doc> {
  for (const { doc } of found) yield doc;
}

function* written(docs: Iterable<Doc>): Generator<Encoded> {
  for (const doc of docs) {
    const bytes = writeDocument(doc);
    if (bytes.length > 16 * 1024 * 1024)
      throw new StoreError('BSONObjectTooLarge', 'BSONObj size is invalid: a result is larger than 16 MB');
    yield { bytes };
  }
}
