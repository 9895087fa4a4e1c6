import { randomBytes } from 'node:crypto';
import { Binary } from 'bson';
import { writeDocument } from './bson-writer';
import { type Collection, type Index, indexPrefix, namespace } from './catalog';
import type { Command, Reply } from './command';
import { openCursor } from './commands-read';
import { StoreError } from './failure';
import { compileFilter } from './matcher';
import { validationFields } from './validation';
import { type Doc, isNumeric, toNumber, type Value } from './values';

export function newUuid(): Binary {
  const bytes = randomBytes(16);
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
  return new Binary(bytes, 4);
}

/** The collection a write goes to, made when it is not there. Inside a write only. */
export function collectionFor(command: Command): Collection {
  const { catalog } = command.store.documents;
  return catalog.find(command.database, command.collection) ?? catalog.create(command.database, command.collection, newUuid());
}

const notFound = (ns: string): StoreError => new StoreError('NamespaceNotFound', `ns does not exist: ${ns}`);

export function existing(command: Command): Collection {
  const found = command.store.documents.catalog.find(command.database, command.collection);
  if (!found) throw notFound(command.namespace);
  return found;
}

export function create(command: Command): Promise<Reply> {
  command.allow(...validationFields);
  return command.store.documents.engine.write(() => {
    const { catalog } = command.store.documents;
    if (catalog.find(command.database, command.collection)) {
      throw new StoreError('NamespaceExists', `Collection ${command.namespace} already exists.`);
    }
    catalog.create(command.database, command.collection, newUuid(), command.request.body);
    return { ok: 1 };
  });
}

function dropCollection(command: Command, collection: Collection): void {
  const { documents, cursors, sweeper } = command.store;
  documents.catalog.drop(collection);
  sweeper.wake(indexPrefix(collection, 0).subarray(0, 4));
  cursors.removeOf(namespace(collection));
}

export function drop(command: Command): Promise<Reply> {
  command.allow();
  return command.store.documents.engine.write(() => {
    const collection = command.store.documents.catalog.find(command.database, command.collection);
    if (!collection) return { ok: 1 };
    const nIndexesWas = collection.indexes.length;
    dropCollection(command, collection);
    return { nIndexesWas, ns: command.namespace, ok: 1 };
  });
}

export function dropDatabase(command: Command): Promise<Reply> {
  command.allow();
  return command.store.documents.engine.write(() => {
    const collections = command.store.documents.catalog.list(command.database);
    for (const collection of collections) dropCollection(command, collection);
    return collections.length > 0 ? { dropped: command.database, ok: 1 } : { ok: 1 };
  });
}

export function listCollections(command: Command): Reply {
  command.allow('filter', 'nameOnly', 'authorizedCollections', 'cursor');
  const test = compileFilter(command.doc('filter') ?? new Map());
  const nameOnly = command.flag('nameOnly');
  const shown = command.store.documents.catalog.list(command.database).map((collection) => {
    const head: Doc = new Map<string, Value>([
      ['name', collection.name],
      ['type', 'collection'],
    ]);
    if (nameOnly) return head;
    return head
      .set('options', collection.options)
      .set(
        'info',
        new Map<string, Value>([
          ['readOnly', false],
          ['uuid', collection.uuid],
        ]),
      )
      .set('idIndex', (collection.indexes[0] as Index).spec);
  });
  return listed(command, `${command.database}.$cmd.listCollections`, shown.filter(test));
}

export function listed(command: Command, ns: string, docs: Doc[]): Reply {
  const size = command.doc('cursor')?.get('batchSize');
  const batchSize = isNumeric(size) ? toNumber(size) : Number.POSITIVE_INFINITY;
  const source = docs.map((doc) => ({ bytes: writeDocument(doc) })).values();
  return openCursor(command, ns, { source, left: docs.length }, { batchSize, single: false });
}

export function listDatabases(command: Command): Reply {
  command.allow('filter', 'nameOnly', 'authorizedDatabases');
  const test = compileFilter(command.doc('filter') ?? new Map());
  const names = [...new Set(command.store.documents.catalog.list().map(({ database }) => database))].sort();
  const docs = names
    .map(
      (name) =>
        new Map<string, Value>([
          ['name', name],
          ['sizeOnDisk', 0n],
          ['empty', false],
        ]),
    )
    .filter(test);
  if (command.flag('nameOnly')) return { databases: docs.map((doc) => ({ name: doc.get('name') })), ok: 1 };
  return { databases: docs, totalSize: 0n, totalSizeMb: 0n, ok: 1 };
}
