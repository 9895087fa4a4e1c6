import type { Collection, Index } from './catalog';
import type { Store } from './command';
import { anyAt } from './paths';
import { plan } from './planner';
import { forgetRetries } from './retries';
import { rows, Work } from './scan';
import { type Doc, toNumber } from './values';

const everyMs = 60_000;
const atOnce = 1000;

/** Removes what TTL indexes say is old, once a minute as MongoDB does. Gives back a function that stops it. */
export function startExpiry(store: Store): () => void {
  const timer = setInterval(() => {
    Promise.all([removeExpired(store), forgetRetries(store.documents.engine, store.now())]).catch((error: unknown) =>
      process.emitWarning(`The built-in store could not remove expired documents: ${String(error)}`),
    );
  }, everyMs);
  timer.unref();
  return () => clearInterval(timer);
}

/** One round over all TTL indexes; gives how many documents went. */
export async function removeExpired(store: Store): Promise<number> {
  let removed = 0;
  for (const collection of store.documents.catalog.list()) {
    for (const index of collection.indexes.filter(({ spec }) => spec.has('expireAfterSeconds'))) {
      // Nearly always nothing is old: a look is cheap, a commit is not.
      if (oldOf(store, collection, index).length === 0) continue;
      for (let round = atOnce; round === atOnce; removed += round) {
        round = await store.documents.engine.write(() => removeSome(store, collection, index));
      }
    }
  }
  return removed;
}

function removeSome(store: Store, collection: Collection, index: Index): number {
  const { documents } = store;
  const current = documents.catalog.find(collection.database, collection.name);
  if (current !== collection || !collection.indexes.includes(index)) return 0;
  const found = oldOf(store, collection, index);
  for (const row of found) documents.remove(collection, row.record, row.doc);
  return found.length;
}

function oldOf(store: Store, collection: Collection, index: Index) {
  const { documents } = store;
  const limit = new Date(store.now().getTime() - toNumber(index.spec.get('expireAfterSeconds')) * 1000);
  const path = index.fields[0]?.path as string;
  const filter: Doc = new Map([[path, new Map([['$lte', limit]])]]);
  const chosen = plan(collection, { filter, sort: [], limit: atOnce, hint: index });
  const isOld = (doc: Doc): boolean => anyAt(doc, index.fields[0]?.way ?? [], true, (value) => value instanceof Date && value <= limit);
  const found = [];
  for (const row of rows(documents, collection, chosen, { test: isOld, work: new Work(() => 0) })) {
    if (found.push(row) >= atOnce) break;
  }
  return found;
}
