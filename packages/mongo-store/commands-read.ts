import { writeDocument } from './bson-writer';
import type { Command, Reply } from './command';
import { type Stream, takeBatch } from './cursors';
import { StoreError } from './failure';
import { compare, encode } from './order';
import { anyAt, parts } from './paths';
import { compileProjection } from './projection';
import { planQuery, type Query, queryRows, rawRows, readQuery } from './query';
import { type Found, textOf, toNumber, type Value } from './values';
import { maxDocument } from './wire';

/** The query of a find command, also for `explain`. */
export function findQuery(command: Command): Query {
  command.allow('filter', 'sort', 'projection', 'skip', 'limit', 'batchSize', 'singleBatch');
  return readQuery(command.store.documents.catalog.find(command.database, command.collection), {
    filter: command.doc('filter'),
    sort: command.doc('sort'),
    skip: command.integer('skip'),
    limit: command.integer('limit'),
  });
}

export function find(command: Command): Reply {
  const query = findQuery(command);
  const fields = command.doc('projection');
  const projection = fields && compileProjection(fields);
  const source = rawRows(queryRows(command.store, query, command.work()), projection);
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

export function count(command: Command): Reply {
  command.allow('query', 'limit', 'skip');
  const collection = command.store.documents.catalog.find(command.database, command.collection);
  const limit = Math.abs(toNumber(command.get('limit') ?? 0));
  const query = readQuery(collection, { filter: command.doc('query'), skip: command.integer('skip'), limit });
  return { n: countRows(command, query), ok: 1 };
}

/** Counts without looking at documents where an index, or the collection's own number, gives the answer. */
export function countRows(command: Command, query: Query): number {
  const { documents } = command.store;
  const { collection } = query;
  const chosen = planQuery(query);
  if (!collection || !chosen) return 0;
  const cut = (all: number): number => {
    const left = Math.max(0, all - query.skip);
    return query.limit > 0 ? Math.min(left, query.limit) : left;
  };
  if (query.filter.size === 0) return cut(documents.count(collection));
  if (chosen.exact && !chosen.repeats && !chosen.branches) {
    return cut(chosen.ranges.reduce((sum, [start, end]) => sum + documents.engine.count(start, end), 0));
  }
  let n = 0;
  for (const row of queryRows(command.store, query, command.work(), chosen)) n += row ? 1 : 0;
  return n;
}

export function distinct(command: Command): Reply {
  command.allow('key', 'query');
  const query = readQuery(command.store.documents.catalog.find(command.database, command.collection), { filter: command.doc('query') });
  const key = command.get('key');
  if (typeof key !== 'string') throw new StoreError('TypeMismatch', "BSON field 'distinct.key' is the wrong type, expected type 'string'");
  const values = new Map<string, Value>();
  let bytes = 0;
  const take = (item: Value): void => {
    const same = typeof item === 'string' ? `"${item}` : encode(item).toString('latin1');
    if (values.has(same)) return;
    values.set(same, item);
    bytes += same.length;
    if (bytes > maxDocument) throw tooBig();
  };
  const way = parts(key);
  for (const row of queryRows(command.store, query, command.work())) {
    anyAt(row.doc, way, false, (value) => {
      for (const item of Array.isArray(value) ? value : [value]) if (item !== undefined) take(item);
      return false;
    });
  }
  const list = [...values.values()].sort(compare);
  if (writeDocument({ list }).length > maxDocument) throw tooBig();
  return { values: list, ok: 1 };
}

const tooBig = (): StoreError => new StoreError(17217, 'distinct too big, 16mb cap');
