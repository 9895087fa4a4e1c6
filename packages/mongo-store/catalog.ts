import { readDocument } from './bson-reader';
import { writeDocument } from './bson-writer';
import type { Engine } from './engine';
import { StoreError } from './failure';
import type { IndexField } from './index-keys';
import { compileFilter, type Test } from './matcher';
import { parts } from './paths';
import { readValidation, type Validation, validationOptions } from './validation';
import { asDoc, clone, type Doc, isDoc, textOf, toNumber, type Value } from './values';

/** An index as the planner and the writer need it; `spec` is what listIndexes shows. */
export interface Index {
  id: number;
  name: string;
  spec: Doc;
  fields: IndexField[];
  unique: boolean;
  sparse: boolean;
  partial: Test | undefined;
  /** Per field: whether some document's path led through an array. Such an index neither sorts nor bounds from two sides. */
  multikey: boolean[];
  /** Whether some value was too long to be kept whole, so that order and equality in this index are only nearly right. */
  cut: boolean;
}

export interface Collection {
  id: number;
  database: string;
  name: string;
  uuid: Value;
  /** What listCollections shows of it. */
  options: Doc;
  validation: Validation | undefined;
  /** The first is always `_id_`. */
  indexes: Index[];
  nextIndex: number;
  nextRecord: number;
  /** Known after the first count; kept current by every write. */
  count: number | undefined;
}

const catalogKey = (database: string, name: string): Buffer =>
  Buffer.concat([Buffer.alloc(4), Buffer.from(`${database}\0${name}`, 'utf8')]);

const catalogEnd = Buffer.from([0, 0, 0, 1]);
const longestName = 255;

/** Which collections and indexes there are: kept in LMDB beside the data and, read once, in memory. */
export class Catalog {
  private readonly collections = new Map<string, Collection>();
  private nextId = 1;

  constructor(private readonly engine: Engine) {
    for (const { value } of engine.entries(Buffer.alloc(4), catalogEnd, 1_000_000)) {
      const collection = readCollection(readDocument(value));
      this.collections.set(namespace(collection), collection);
      this.nextId = Math.max(this.nextId, collection.id + 1);
    }
    const [last] = engine.entries(catalogEnd, Buffer.alloc(4, 0xff), 1, true);
    if (last) this.nextId = Math.max(this.nextId, last.key.readUInt32BE(0) + 1);
    for (const collection of this.collections.values()) collection.nextRecord = this.lastRecord(collection) + 1;
  }

  private lastRecord(collection: Collection): number {
    const [last] = this.engine.entries(recordKey(collection, 0), indexPrefix(collection, 1), 1, true);
    return last ? recordOf(last.key) : 0;
  }

  find(database: string, name: string): Collection | undefined {
    return this.collections.get(`${database}.${name}`);
  }

  /** Whether data under this number of a collection and this number of an index (0: its documents) belongs to anything. */
  owns(collectionId: number, indexId: number): boolean {
    const owner = this.list().find(({ id }) => id === collectionId);
    return owner !== undefined && (indexId === 0 || owner.indexes.some(({ id }) => id === indexId));
  }

  list(database?: string): Collection[] {
    const all = [...this.collections.values()];
    return database === undefined ? all : all.filter((collection) => collection.database === database);
  }

  /** Inside a write only. */
  create(database: string, name: string, uuid: Value, given: Doc = new Map()): Collection {
    checkName(database, name);
    const options = validationOptions(given, database);
    const validation = readValidation(options);
    const id = this.nextId++;
    const collection: Collection = {
      id,
      database,
      name,
      uuid,
      options,
      validation,
      indexes: [],
      nextIndex: 1,
      nextRecord: 1,
      count: 0,
    };
    this.addIndex(
      collection,
      new Map<string, Value>([
        ['v', 2],
        ['key', new Map([['_id', 1]])],
        ['name', '_id_'],
      ]),
    );
    this.collections.set(namespace(collection), collection);
    this.engine.onUndo(() => this.collections.delete(namespace(collection)));
    return collection;
  }

  addIndex(collection: Collection, spec: Doc): Index {
    const index = readIndex(collection.nextIndex++, spec, undefined);
    const before = collection.indexes;
    collection.indexes = [...before, index];
    this.engine.onUndo(() => {
      collection.indexes = before;
    });
    this.save(collection);
    return index;
  }

  removeIndex(collection: Collection, index: Index): void {
    const before = collection.indexes;
    collection.indexes = before.filter((other) => other !== index);
    this.engine.onUndo(() => {
      collection.indexes = before;
    });
    this.save(collection);
  }

  /** Marks what a new document has taught about an index. */
  learn(collection: Collection, index: Index, learned: { multikey: boolean[]; cut: boolean }): void {
    const before = { multikey: index.multikey, cut: index.cut };
    index.multikey = index.multikey.map((known, at) => known || learned.multikey[at] === true);
    index.cut ||= learned.cut;
    this.engine.onUndo(() => Object.assign(index, before));
    this.save(collection);
  }

  drop(collection: Collection): void {
    const key = namespace(collection);
    this.collections.delete(key);
    this.engine.onUndo(() => this.collections.set(key, collection));
    this.engine.remove(catalogKey(collection.database, collection.name));
  }

  private save(collection: Collection): void {
    this.engine.put(catalogKey(collection.database, collection.name), writeDocument(collectionDocument(collection)));
  }
}

export const namespace = (collection: Collection): string => `${collection.database}.${collection.name}`;

export function checkName(database: string, name: string): void {
  if (database === '' || /[/\\. "$*<>:|?\0]/.test(database) || database.length > 63) {
    throw new StoreError('InvalidNamespace', `Invalid database name: '${database}'`);
  }
  const bad = name === '' || name.includes('$') || name.includes('\0') || name.startsWith('.') || name.endsWith('.');
  if (bad || Buffer.byteLength(`${database}.${name}`) > longestName) {
    throw new StoreError('InvalidNamespace', `Invalid namespace specified '${database}.${name}'`);
  }
}

function collectionDocument(collection: Collection): Record<string, unknown> {
  const indexes = collection.indexes.map((index) => ({ id: index.id, spec: index.spec, multikey: index.multikey, cut: index.cut }));
  return {
    id: collection.id,
    db: collection.database,
    name: collection.name,
    uuid: collection.uuid,
    options: collection.options,
    nextIndex: collection.nextIndex,
    indexes,
  };
}

function readCollection(doc: Doc): Collection {
  const indexes = (doc.get('indexes') as Doc[]).map((item) =>
    readIndex(toNumber(item.get('id')), item.get('spec') as Doc, {
      multikey: item.get('multikey') as boolean[],
      cut: item.get('cut') === true,
    }),
  );
  const options = asDoc(doc.get('options')) ?? new Map();
  return {
    options,
    validation: readValidation(options),
    id: toNumber(doc.get('id')),
    database: textOf(doc.get('db')),
    name: textOf(doc.get('name')),
    uuid: doc.get('uuid') as Value,
    nextIndex: toNumber(doc.get('nextIndex')),
    nextRecord: 1,
    count: undefined,
    indexes,
  };
}

function readIndex(id: number, spec: Doc, learned: { multikey: boolean[]; cut: boolean } | undefined): Index {
  const fields = [...(spec.get('key') as Doc)].map(([path, direction]) => ({
    path,
    way: parts(path),
    descending: toNumber(direction) < 0,
  }));
  const partial = spec.get('partialFilterExpression');
  return {
    id,
    spec: clone(spec),
    name: textOf(spec.get('name')),
    fields,
    unique: spec.get('unique') === true || id === 1,
    sparse: spec.get('sparse') === true,
    partial: isDoc(partial) ? compileFilter(partial) : undefined,
    multikey: learned?.multikey ?? fields.map(() => false),
    cut: learned?.cut ?? false,
  };
}

// Keys: [collection, 0, record] for documents, [collection, index, …values, record] for indexes; unique indexes end
// with the values and keep the record beside them.
export function indexPrefix(collection: Collection, indexId: number): Buffer {
  const prefix = Buffer.alloc(6);
  prefix.writeUInt32BE(collection.id);
  prefix.writeUInt16BE(indexId, 4);
  return prefix;
}

export function recordKey(collection: Collection, record: number): Buffer {
  const key = Buffer.alloc(12);
  key.writeUInt32BE(collection.id);
  key.writeUIntBE(record, 6, 6);
  return key;
}

/** The record number in the last six bytes of a document's key, or of a key or value of an index. */
export const recordOf = (bytes: Buffer, end = bytes.length): number => bytes.readUIntBE(end - 6, 6);

export function recordBytes(record: number): Buffer {
  const bytes = Buffer.alloc(6);
  bytes.writeUIntBE(record, 0, 6);
  return bytes;
}
