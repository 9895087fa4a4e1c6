import { readDocument } from '../../packages/mongo-store/bson-reader';
import { type Collection, type Index, indexPrefix, namespace, recordOf } from '../../packages/mongo-store/catalog';
import type { Documents } from '../../packages/mongo-store/documents';
import { afterPrefix } from '../../packages/mongo-store/order';

/**
 * Compares documents and indexes both ways: every key a document should have is there, and nothing else is. Gives one
 * sentence for each fault, so an empty list means that all is well.
 */
export function check(documents: Documents): string[] {
  return documents.catalog.list().flatMap((collection) => checkCollection(documents, collection));
}

function checkCollection(documents: Documents, collection: Collection): string[] {
  const faults: string[] = [];
  const wanted = new Map<number, number>();
  let count = 0;
  for (const { key, value } of documents.all(collection)) {
    count++;
    const record = recordOf(key);
    for (const entry of documents.entriesOf(collection, readDocument(value), record)) {
      wanted.set(entry.index.id, (wanted.get(entry.index.id) ?? 0) + 1);
      const kept = documents.engine.get(entry.key);
      if (!kept) faults.push(`${namespace(collection)}: record ${record} is missing from index ${entry.index.name}`);
      else if (!kept.equals(entry.value))
        faults.push(`${namespace(collection)}: index ${entry.index.name} leads to another record than ${record}`);
    }
  }
  for (const index of collection.indexes) {
    const present = entryCount(documents, collection, index);
    const due = wanted.get(index.id) ?? 0;
    if (present !== due)
      faults.push(`${namespace(collection)}: index ${index.name} has ${present} entries for ${due} of ${count} documents`);
  }
  return faults;
}

function entryCount(documents: Documents, collection: Collection, index: Index): number {
  const prefix = indexPrefix(collection, index.id);
  return documents.engine.count(prefix, afterPrefix(prefix));
}
