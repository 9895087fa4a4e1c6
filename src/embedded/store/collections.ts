import { randomBytes } from 'node:crypto';
import { Binary } from 'bson';
import { Raw, writeDocument } from './bson-writer';
import { type Collection, type Index, namespace } from './catalog';
import { allowFields, type Command, type Reply } from './command';
import { openCursor } from './commands-read';
import { notDone, StoreError } from './failure';
import { compileFilter } from './matcher';
import { equal } from './order';
import { type Doc, isDoc, isNumeric, toNumber, typeName, type Value } from './values';

function newUuid(): Binary {
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

function existing(command: Command): Collection {
  const found = command.store.documents.catalog.find(command.database, command.collection);
  if (!found) throw notFound(command.namespace);
  return found;
}

export function create(command: Command): Promise<Reply> {
  command.allow('capped', 'autoIndexId', 'idIndex', 'indexOptionDefaults', 'storageEngine', 'writeConcern');
  if (command.flag('capped')) throw notDone('capped collections', 'InvalidOptions');
  return command.store.documents.engine.write(() => {
    if (command.store.documents.catalog.find(command.database, command.collection)) {
      throw new StoreError('NamespaceExists', `Collection ${command.namespace} already exists.`);
    }
    collectionFor(command);
    return { ok: 1 };
  });
}

function dropCollection(command: Command, collection: Collection): void {
  const { documents, cursors, sweeper } = command.store;
  documents.catalog.drop(collection);
  sweeper.wake();
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

export function renameCollection(command: Command): Promise<Reply> {
  command.allow('to', 'dropTarget');
  const split = (value: unknown): [string, string] => {
    if (typeof value !== 'string' || !value.includes('.'))
      throw new StoreError('InvalidNamespace', `Invalid namespace specified '${String(value)}'`);
    const dot = value.indexOf('.');
    return [value.slice(0, dot), value.slice(dot + 1)];
  };
  const [database, name] = split(command.get('renameCollection'));
  const [toDatabase, toName] = split(command.get('to'));
  if (command.database !== 'admin') throw new StoreError(13, 'renameCollection may only be run against the admin database.');
  return command.store.documents.engine.write(() => {
    const { catalog } = command.store.documents;
    const source = catalog.find(database, name);
    if (!source) throw new StoreError('NamespaceNotFound', `Source collection ${database}.${name} does not exist`);
    if (database === toDatabase && name === toName) throw new StoreError('IllegalOperation', "Can't rename a collection to itself");
    const target = catalog.find(toDatabase, toName);
    if (target && !command.flag('dropTarget')) throw new StoreError('NamespaceExists', 'target namespace exists');
    if (target) dropCollection(command, target);
    command.store.cursors.removeOf(namespace(source));
    catalog.rename(source, toDatabase, toName);
    return { ok: 1 };
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
      .set('options', new Map())
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

function listed(command: Command, ns: string, docs: Doc[]): Reply {
  const size = command.doc('cursor')?.get('batchSize');
  const batchSize = isNumeric(size) ? toNumber(size) : Number.POSITIVE_INFINITY;
  return openCursor(command, ns, docs.map((doc) => new Raw(writeDocument(doc))).values(), { batchSize, single: false });
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

export function listIndexes(command: Command): Reply {
  command.allow('cursor');
  return listed(
    command,
    command.namespace,
    existing(command).indexes.map(({ spec }) => spec),
  );
}

const indexFields = [
  'v',
  'key',
  'name',
  'unique',
  'sparse',
  'partialFilterExpression',
  'expireAfterSeconds',
  'background',
  'hidden',
  'ns',
  'dropDups',
];

export function createIndexes(command: Command): Promise<Reply> {
  command.allow('indexes', 'commitQuorum', 'ignoreUnknownIndexOptions');
  const given = command.list('indexes');
  if (given.length === 0) throw new StoreError('BadValue', 'Must specify at least one index to create');
  const specs = given.map(readSpec);
  return command.store.documents.engine.write(() => {
    const { catalog } = command.store.documents;
    const createdCollectionAutomatically = !catalog.find(command.database, command.collection);
    const collection = collectionFor(command);
    const numIndexesBefore = collection.indexes.length;
    for (const spec of specs) addIndex(command, collection, spec);
    const numIndexesAfter = collection.indexes.length;
    const note = numIndexesBefore === numIndexesAfter ? { note: 'all indexes already exist' } : {};
    return { numIndexesBefore, numIndexesAfter, createdCollectionAutomatically, ...note, ok: 1 };
  });
}

function readSpec(given: Doc): Doc {
  const key = given.get('key');
  const name = given.get('name');
  if (!isDoc(key) || key.size === 0) throw new StoreError('CannotCreateIndex', 'Index keys cannot be empty.');
  if (typeof name !== 'string' || name === '')
    throw new StoreError('FailedToParse', "The 'name' field is a required property of an index specification");
  if (given.has('collation')) throw notDone('indexes with a collation', 'CannotCreateIndex');
  for (const field of [
    'weights',
    'default_language',
    '2dsphereIndexVersion',
    'wildcardProjection',
    'clustered',
    'storageEngine',
    'textIndexVersion',
    'bits',
    'min',
    'max',
  ]) {
    if (given.has(field)) throw notDone(`indexes with ${field}`, 'CannotCreateIndex');
  }
  allowFields(given, 'createIndexes.indexes', indexFields);
  if (key.size > 32) throw new StoreError(13103, 'too many compound keys');
  for (const [path, direction] of key) checkIndexKey(path, direction);
  checkIndexOptions(given, key);
  const spec: Doc = new Map<string, Value>([
    ['v', 2],
    ['key', key],
    ['name', name],
  ]);
  for (const field of ['unique', 'sparse', 'hidden']) if (given.get(field) === true) spec.set(field, true);
  if (given.get('hidden') === true) throw notDone('hidden indexes', 'CannotCreateIndex');
  for (const field of ['partialFilterExpression', 'expireAfterSeconds']) {
    const value = given.get(field);
    if (value !== undefined) spec.set(field, value);
  }
  return spec;
}

function checkIndexKey(path: string, direction: Value): void {
  if (typeof direction === 'string') throw notDone(`'${direction}' indexes`, 'CannotCreateIndex');
  if (!isNumeric(direction) || toNumber(direction) === 0) {
    throw new StoreError(
      'CannotCreateIndex',
      `Values in v:2 index key pattern cannot be of type ${typeName(direction)}. Only numbers > 0, numbers < 0, and strings are allowed.`,
    );
  }
  if (path === '$**' || path.endsWith('.$**')) throw notDone('wildcard indexes', 'CannotCreateIndex');
  if (path === '' || path.split('.').some((part) => part === '' || part.startsWith('$'))) {
    throw new StoreError('CannotCreateIndex', `Index key contains an illegal field name: '${path}'.`);
  }
}

const partialOperators = new Set(['$and', '$or', '$in', '$eq', '$gt', '$gte', '$lt', '$lte', '$exists', '$type']);

function checkIndexOptions(given: Doc, key: Doc): void {
  const partial = given.get('partialFilterExpression');
  if (partial !== undefined) {
    if (!isDoc(partial)) throw new StoreError('TypeMismatch', "The field 'partialFilterExpression' must be an object");
    if (given.get('sparse') === true)
      throw new StoreError('CannotCreateIndex', "cannot mix 'partialFilterExpression' and 'sparse' options");
    checkPartial(partial);
    compileFilter(partial);
  }
  const seconds = given.get('expireAfterSeconds');
  if (seconds === undefined) return;
  const number = toNumber(seconds);
  if (!isNumeric(seconds) || Number.isNaN(number) || number < 0 || number > 2 ** 31 - 1)
    throw new StoreError(
      'CannotCreateIndex',
      `TTL index 'expireAfterSeconds' option must be within an acceptable range, try a lower number.`,
    );
  if (key.size > 1) throw new StoreError('CannotCreateIndex', 'TTL indexes are single-field indexes, compound indexes do not support TTL.');
  if (key.has('_id')) throw new StoreError(197, "The field 'expireAfterSeconds' is not valid for an _id index specification.");
}

function checkPartial(filter: Doc): void {
  for (const [name, value] of filter) {
    if (name.startsWith('$') && !partialOperators.has(name))
      throw new StoreError('CannotCreateIndex', `Expression not supported in partial index: ${name}`);
    if (name === '$exists' && value !== true)
      throw new StoreError('CannotCreateIndex', 'Expression not supported in partial index: $not $exists');
    if (isDoc(value)) checkPartial(value);
    if (Array.isArray(value) && (name === '$and' || name === '$or')) for (const clause of value) if (isDoc(clause)) checkPartial(clause);
  }
}

const optionsOf = (spec: Doc): Doc => new Map([...spec].filter(([name]) => !['v', 'key', 'name', 'background', 'ns'].includes(name)));

function addIndex(command: Command, collection: Collection, spec: Doc): void {
  const key = spec.get('key') as Doc;
  const isId = key.size === 1 && toNumber(key.get('_id')) === 1;
  if (isId) {
    if (spec.get('name') !== '_id_')
      throw new StoreError('BadValue', `The field 'name' for an _id index must be '_id_', but got '${String(spec.get('name'))}'`);
    return;
  }
  const sameName = collection.indexes.find(({ name }) => name === spec.get('name'));
  const sameKey = collection.indexes.find(
    (index) => equal(index.spec.get('key'), key) && equal(index.spec.get('partialFilterExpression'), spec.get('partialFilterExpression')),
  );
  if (sameName && !equal(sameName.spec.get('key'), key)) {
    throw new StoreError(
      'IndexKeySpecsConflict',
      `An existing index has the same name as the requested index. When index names are not specified, they are auto generated and can cause conflicts. Please refer to our documentation. Requested index: ${sameName.name}`,
    );
  }
  const same = sameName ?? sameKey;
  if (same) {
    if (!equal(optionsOf(same.spec), optionsOf(spec))) {
      throw sameName
        ? new StoreError(
            'IndexKeySpecsConflict',
            `An existing index has the same name as the requested index but different options: ${same.name}`,
          )
        : new StoreError(
            'IndexOptionsConflict',
            `An equivalent index already exists with the same name but different options: ${same.name}`,
          );
    }
    if (!sameName) throw new StoreError('IndexOptionsConflict', `Index already exists with a different name: ${same.name}`);
    return;
  }
  if (collection.indexes.length >= 64) throw new StoreError('CannotCreateIndex', 'add index fails, too many indexes');
  const index = command.store.documents.catalog.addIndex(collection, spec);
  command.store.sweeper.wake();
  command.store.documents.build(collection, index);
}

export function dropIndexes(command: Command): Promise<Reply> {
  command.allow('index');
  return command.store.documents.engine.write(() => {
    const collection = existing(command);
    const nIndexesWas = collection.indexes.length;
    const wanted = command.get('index');
    const named = (Array.isArray(wanted) ? wanted : [wanted]).flatMap((one) =>
      one === '*' ? collection.indexes.slice(1) : [indexNamed(collection, one)],
    );
    for (const index of named) {
      if (index.id === 1) throw new StoreError('InvalidOptions', 'cannot drop _id index');
      command.store.documents.catalog.removeIndex(collection, index);
      command.store.sweeper.wake();
    }
    return { nIndexesWas, ok: 1 };
  });
}

function indexNamed(collection: Collection, wanted: Value | undefined): Index {
  const found = collection.indexes.find(({ name, spec }) => (isDoc(wanted) ? equal(spec.get('key'), wanted) : name === wanted));
  if (found) return found;
  throw new StoreError('IndexNotFound', isDoc(wanted) ? "can't find index with key" : `index not found with name [${String(wanted)}]`);
}

export function collMod(command: Command): Promise<Reply> {
  command.allow('index');
  return command.store.documents.engine.write(() => {
    const collection = existing(command);
    const change = command.doc('index');
    if (!change) return { ok: 1 };
    allowFields(change, 'collMod.index', ['name', 'keyPattern', 'expireAfterSeconds']);
    const index = indexNamed(collection, change.get('name') ?? change.get('keyPattern'));
    const seconds = change.get('expireAfterSeconds');
    if (!isNumeric(seconds)) throw new StoreError('InvalidOptions', 'no expireAfterSeconds field');
    const before = index.spec.get('expireAfterSeconds');
    if (index.fields.length > 1) throw new StoreError('InvalidOptions', 'TTL indexes are single-field indexes');
    command.store.documents.catalog.replaceSpec(collection, index, new Map([...index.spec, ['expireAfterSeconds', seconds]]));
    return { ...(before === undefined ? {} : { expireAfterSeconds_old: before }), expireAfterSeconds_new: seconds, ok: 1 };
  });
}
