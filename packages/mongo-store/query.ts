import { type Encoded, writeDocument } from './bson-writer';
import type { Collection } from './catalog';
import type { Store } from './command';
import { compileFilter, type Test } from './matcher';
import { type Plan, plan } from './planner';
import type { Projection } from './projection';
import { type Row, rows, sortRows, type Work } from './scan';
import { type SortKey, sortKeys } from './sorting';
import type { Doc } from './values';

/** What a find, a count, an update or the beginning of a pipeline asks for. */
export interface Query {
  collection: Collection | undefined;
  filter: Doc;
  sort: SortKey[];
  skip: number;
  limit: number;
  test: Test;
}

const emptyDoc: Doc = new Map();

interface QueryParts {
  filter?: Doc | undefined;
  sort?: Doc | undefined;
  skip?: number | undefined;
  limit?: number | undefined;
}

/** Reads and checks the parts of a query; a wrong filter fails also where there is nothing to search. */
export function readQuery(collection: Collection | undefined, given: QueryParts): Query {
  const filter = given.filter ?? emptyDoc;
  return {
    collection,
    filter,
    sort: sortKeys(given.sort ?? emptyDoc),
    skip: given.skip ?? 0,
    limit: given.limit ?? 0,
    test: compileFilter(filter),
  };
}

export function planQuery({ collection, filter, sort, limit }: Query): Plan | undefined {
  return collection && plan(collection, { filter, sort, limit });
}

/** The rows a query finds: filtered, in order, after skip and limit. A plan that is already made need not be made again. */
export function queryRows(store: Store, query: Query, work: Work, chosen = planQuery(query)): IterableIterator<Row> {
  const { collection, test, skip, limit } = query;
  if (!chosen || !collection) return [].values();
  const end = limit > 0 ? skip + limit : 0;
  if (chosen.sorted) return rows(store.documents, collection, chosen, { test, work, skip, end });
  return from(skip, sortRows(rows(store.documents, collection, chosen, { test, work }), query.sort, end));
}

function* from<T>(first: number, source: Iterable<T>): Generator<T> {
  let at = 0;
  for (const item of source) if (at++ >= first) yield item;
}

/** What goes to the client: the bytes as they are stored, unless a projection changes them. */
export function rawRows(found: IterableIterator<Row>, projection: Projection | undefined): Iterator<Encoded> {
  return projection ? projected(found, projection) : found;
}

function* projected(found: Iterable<Row>, projection: Projection): Generator<Encoded> {
  for (const { doc } of found) yield { bytes: writeDocument(projection(doc)) };
}
