import { writeDocument } from './bson-writer';
import type { Command, Reply } from './command';
import { type Stream, takeBatch } from './cursors';
import { distinctByIndex, distinctIndex } from './distinct-index';
import { StoreError } from './failure';
import { compare } from './order';
import { anyAt, parts } from './paths';
import { emptyDoc, planQuery, type Query, queryRows, rawRows, readProjection, readQuery } from './query';
import type { Work } from './scan';
import { type Found, isNumeric, textOf, toNumber, type Value } from './values';
import { maxDocument } from './wire';

const findFields = [
  'filter',
  'sort',
  'projection',
  'hint',
  'skip',
  'limit',
  'batchSize',
  'singleBatch',
  'let',
  'allowDiskUse',
  'noCursorTimeout',
  'tailable',
  'awaitData',
  'returnKey',
  'showRecordId',
  'min',
  'max',
  'allowPartialResults',
  'oplogReplay',
];

/** The query of a find command, also for `explain`. */
export function findQuery(command: Command): Query {
  command.allow(...findFields);
  for (const field of ['tailable', 'awaitData', 'returnKey', 'showRecordId']) {
    if (command.flag(field)) throw new StoreError('CommandNotSupported', `The built-in store does not do find with ${field}.`);
  }
  if (command.get('min') || command.get('max'))
    throw new StoreError('CommandNotSupported', 'The built-in store does not do find with min or max.');
  const collection = command.store.documents.catalog.find(command.database, command.collection);
  // The legacy negative limit means "so many and no cursor".
  const limit = command.get('limit');
  const wanted = isNumeric(limit) && toNumber(limit) < 0 ? undefined : command.integer('limit');
  if (isNumeric(limit) && toNumber(limit) < 0)
    throw new StoreError(51024, `BSON field 'limit' value must be >= 0, actual value '${toNumber(limit)}'`);
  return readQuery(command, collection, {
    filter: command.doc('filter'),
    sort: command.doc('sort'),
    skip: command.integer('skip'),
    limit: wanted,
    hint: command.get('hint'),
  });
}

export function find(command: Command): Reply {
  const query = findQuery(command);
  const projection = readProjection(command.doc('projection'), query);
  const source = rawRows(queryRows(command.store, query, command.work(), planQuery(query)), projection);
  const left = query.collection ? query.limit || Number.POSITIVE_INFINITY : 0;
  return openCursor(
    command,
    command.namespace,
    { source, left },
    {
      batchSize: command.integer('batchSize') ?? 101,
      single: command.flag('singleBatch'),
    },
  );
}

/** The first batch of an answer and, when there may be more, a cursor for the rest. */
export function openCursor(command: Command, ns: string, stream: Stream, how: { batchSize: number; single: boolean }): Reply {
  const { batch, done } = takeBatch(stream, how.batchSize);
  const id = done || how.single ? 0n : command.store.cursors.add(ns, stream).id;
  return { cursor: { firstBatch: batch, id, ns }, ok: 1 };
}

export function getMore(command: Command): Reply {
  command.allow('collection', 'batchSize', 'maxTimeMS', 'lastKnownCommittedOpTime', 'term');
  const id = BigInt(toBig(command.get('getMore')));
  const ns = `${command.database}.${textOf(command.get('collection'))}`;
  const cursor = command.store.cursors.find(id, ns);
  const size = command.integer('batchSize') ?? 0;
  const { batch, done } = takeBatch(cursor, size > 0 ? size : Number.POSITIVE_INFINITY);
  if (done) command.store.cursors.remove(id);
  return { cursor: { nextBatch: batch, id: done ? 0n : id, ns }, ok: 1 };
}

function toBig(value: Found): bigint | number {
  if (typeof value === 'bigint' || typeof value === 'number') return value;
  throw new StoreError('TypeMismatch', "BSON field 'getMore.getMore' is the wrong type, expected type 'long'");
}

export function killCursors(command: Command): Reply {
  command.allow('cursors');
  const ids = command.get('cursors');
  if (!Array.isArray(ids))
    throw new StoreError('TypeMismatch', "BSON field 'killCursors.cursors' is the wrong type, expected type 'array'");
  const killed: Value[] = [];
  const unknown: Value[] = [];
  for (const id of ids) (command.store.cursors.remove(BigInt(toBig(id))) ? killed : unknown).push(id);
  return { cursorsKilled: killed, cursorsNotFound: unknown, cursorsAlive: [], cursorsUnknown: [], ok: 1 };
}

export function countQuery(command: Command): Query {
  command.allow('query', 'limit', 'skip', 'hint', 'fields');
  const collection = command.store.documents.catalog.find(command.database, command.collection);
  const limit = Math.abs(toNumber(command.get('limit') ?? 0));
  return readQuery(command, collection, { filter: command.doc('query'), skip: command.integer('skip'), limit, hint: command.get('hint') });
}

export function count(command: Command): Reply {
  const query = countQuery(command);
  return { n: countRows(command, query), ok: 1 };
}

/** Counts without looking at documents where an index, or the collection's own number, gives the answer. */
export function countRows(command: Command, query: Query, work: Work = command.work()): number {
  const { documents } = command.store;
  const { collection } = query;
  const chosen = planQuery(query);
  if (!collection || !chosen) return 0;
  const cut = (all: number): number => {
    const left = Math.max(0, all - query.skip);
    return query.limit > 0 ? Math.min(left, query.limit) : left;
  };
  if (query.filter.size === 0 && query.hint === undefined) return cut(documents.count(collection));
  if (chosen.exact && !chosen.repeats && !chosen.branches) {
    return cut(chosen.ranges.reduce((sum, [start, end]) => sum + documents.engine.count(start, end), 0));
  }
  let n = 0;
  for (const row of queryRows(command.store, query, work, chosen)) n += row ? 1 : 0;
  return n;
}

export function distinctQuery(command: Command): Query {
  command.allow('key', 'query', 'hint');
  const collection = command.store.documents.catalog.find(command.database, command.collection);
  return readQuery(command, collection, { filter: command.doc('query') ?? emptyDoc, hint: command.get('hint') });
}

export function distinct(command: Command): Reply {
  const query = distinctQuery(command);
  const key = command.get('key');
  if (typeof key !== 'string') throw new StoreError('TypeMismatch', "BSON field 'distinct.key' is the wrong type, expected type 'string'");
  const index = query.filter.size === 0 && query.hint === undefined ? distinctIndex(query.collection, key) : undefined;
  if (index && query.collection) return { values: distinctByIndex(command.store.documents, query.collection, index), ok: 1 };
  const values = new DistinctValues();
  const way = parts(key);
  for (const row of queryRows(command.store, query, command.work())) {
    anyAt(row.doc, way, false, (value) => {
      for (const item of Array.isArray(value) ? value : [value]) if (item !== undefined) values.add(item);
      return false;
    });
  }
  const list = values.sorted();
  if (writeDocument({ list }).length > maxDocument) throw tooBig();
  return { values: list, ok: 1 };
}

const tooBig = (): StoreError => new StoreError(17217, 'distinct too big, 16mb cap');

/** Values each once, by their order in BSON. */
class DistinctValues {
  private readonly words = new Set<Value>();
  private others: Value[] = [];
  private bytes = 0;

  add(value: Value): void {
    if (typeof value === 'string' || typeof value === 'number') this.addWord(value);
    else this.others.push(value);
    if (this.others.length > 10_000) this.others = unique(this.others);
  }

  private addWord(value: string | number): void {
    if (this.words.has(value)) return;
    this.words.add(value);
    this.bytes += typeof value === 'string' ? value.length : 4;
    if (this.bytes > maxDocument) throw tooBig();
  }

  sorted(): Value[] {
    return unique([...this.words, ...this.others]);
  }
}

function unique(values: Value[]): Value[] {
  const ordered = values.toSorted(compare);
  return ordered.filter((value, index) => index === 0 || compare(value, ordered[index - 1]) !== 0);
}
