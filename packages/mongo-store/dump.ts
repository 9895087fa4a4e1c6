import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, readSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { EJSON } from 'bson';
import { readDocument } from './bson-reader';
import { writeDocument } from './bson-writer';
import type { Collection } from './catalog';
import { readyToInsert } from './changes';
import { newUuid } from './collections';
import type { Store } from './command';
import { addIndex } from './indexes';
import { validationFields } from './validation';
import { asDoc, type Doc, isDoc, type Value } from './values';

/** How many documents went in or out, by namespace. */
type Moved = Record<string, number>;

const atOnce = 1000;

/** Writes every collection as mongodump does: `database/collection.bson` and `….metadata.json`, for mongorestore. */
export function exportTo(store: Store, folder: string): Moved {
  const moved: Moved = {};
  for (const collection of store.documents.catalog.list()) {
    const place = join(folder, collection.database);
    mkdirSync(place, { recursive: true, mode: 0o700 });
    const base = join(place, encodeURIComponent(collection.name));
    writeFileSync(`${base}.metadata.json`, `${metadata(collection)}\n`, { mode: 0o600 });
    const file = openSync(`${base}.bson`, 'w', 0o600);
    try {
      let count = 0;
      for (const { value } of store.documents.all(collection)) {
        writeSync(file, value);
        count++;
      }
      moved[`${collection.database}.${collection.name}`] = count;
    } finally {
      closeSync(file);
    }
  }
  return moved;
}

function metadata(collection: Collection): string {
  const indexes = collection.indexes.map(({ spec }) => toExtended(spec));
  return `{"options":${toExtended(collection.options)},"indexes":[${indexes.join(',')}],"collectionName":${JSON.stringify(collection.name)},"type":"collection"}`;
}

// Key by key, because an object would move a field named '1' before the others.
function toExtended(doc: Doc): string {
  const fields = [...doc].map(([name, value]) => {
    const shown = isDoc(value)
      ? toExtended(value)
      : EJSON.stringify({ value: plain(value) }, { relaxed: false }).slice('{"value":'.length, -1);
    return `${JSON.stringify(name)}:${shown}`;
  });
  return `{${fields.join(',')}}`;
}

const plain = (value: Value): unknown =>
  Array.isArray(value) ? value.map((item) => (isDoc(item) ? Object.fromEntries(item) : item)) : value;

/** Reads what mongodump or `exportTo` wrote. Collections must not be there yet: nothing is mixed or overwritten. */
export async function importFrom(store: Store, folder: string): Promise<Moved> {
  const moved: Moved = {};
  for (const database of readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory())) {
    const place = join(folder, database.name);
    for (const file of filesOf(place)) {
      const name = decodeURIComponent(file);
      moved[`${database.name}.${name}`] = await importCollection(store, { database: database.name, name }, join(place, file));
    }
  }
  return moved;
}

/** The names of a dump's collections, also of those (views) that have no documents of their own. */
function filesOf(place: string): Set<string> {
  const files = readdirSync(place).filter((file) => file !== 'prelude.json');
  const foreign = files.find((file) => !/\.(bson|metadata\.json)$/.test(file));
  if (foreign) throw new Error(`${join(place, foreign)} is no part of a dump that the built-in store reads; compressed ones are not.`);
  return new Set(files.map((file) => file.replace(/\.(bson|metadata\.json)$/, '')));
}

async function importCollection(store: Store, { database, name }: { database: string; name: string }, path: string): Promise<number> {
  const { engine, catalog } = store.documents;
  if (catalog.find(database, name)) throw new Error(`${database}.${name} is there already; import into an empty folder.`);
  const { specs, options } = readMetadata(`${path}.metadata.json`);
  for (const option of options.keys()) {
    if (!validationFields.includes(option))
      throw new Error(`${database}.${name} has the option ${option}, which the built-in store does not do.`);
  }
  const collection = await engine.write(() => catalog.create(database, name, newUuid(), options));
  let count = 0;
  for (const batch of batches(`${path}.bson`)) {
    await engine.write(() => {
      for (const bytes of batch) {
        const ready = readyToInsert(readDocument(bytes), bytes);
        store.documents.insert(collection, ready.doc, ready.bytes);
      }
    });
    count += batch.length;
  }
  await engine.write(() => {
    for (const spec of specs) addIndex(store, collection, spec);
  });
  return count;
}

// Extended JSON becomes BSON and then a document, so that types and the order of fields are those of the dump.
function readMetadata(path: string): { specs: Doc[]; options: Doc } {
  const read = readDocument(writeDocument(EJSON.parse(readFileSync(path, 'utf8'), { relaxed: true }) as Record<string, unknown>));
  const specs = ((read.get('indexes') ?? []) as Doc[]).map((index) => {
    for (const field of ['v', 'ns', 'background']) index.delete(field);
    return new Map<string, Value>([['v', 2], ...index]);
  });
  return { specs, options: asDoc(read.get('options')) ?? new Map() };
}

function* batches(path: string): Generator<Buffer[]> {
  const file = openSync(path, 'r');
  try {
    let batch: Buffer[] = [];
    for (let next = readOne(file); next; next = readOne(file)) {
      batch.push(next);
      if (batch.length === atOnce) {
        yield batch;
        batch = [];
      }
    }
    if (batch.length > 0) yield batch;
  } finally {
    closeSync(file);
  }
}

function readOne(file: number): Buffer | undefined {
  const head = Buffer.alloc(4);
  const got = readSync(file, head);
  if (got === 0) return undefined;
  const length = head.readInt32LE();
  if (got < 4 || length < 5 || length > 17 * 1024 * 1024) throw new Error('The dump is damaged: a document has an impossible length.');
  const bytes = Buffer.alloc(length);
  head.copy(bytes);
  if (readSync(file, bytes, 4, length - 4, null) !== length - 4) throw new Error('The dump ends in the middle of a document.');
  return bytes;
}
