import { type Collection, type Index, indexPrefix } from './catalog';
import { collectionFor, existing, listed } from './collections';
import { allowFields, type Command, type Reply, type Store } from './command';
import { notDone, StoreError } from './failure';
import { compileFilter } from './matcher';
import { equal } from './order';
import { type Doc, isDoc, isNumeric, textOf, toNumber, typeName, type Value } from './values';

export function listIndexes(command: Command): Reply {
  command.allow('cursor');
  return listed(
    command,
    command.namespace,
    existing(command).indexes.map(({ spec }) => spec),
  );
}

const indexFields = ['v', 'key', 'name', 'unique', 'sparse', 'partialFilterExpression', 'expireAfterSeconds', 'background'];

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
    for (const spec of specs) addIndex(command.store, collection, spec);
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
  allowFields(given, 'createIndexes.indexes', indexFields);
  if (key.size > 32) throw new StoreError(13103, 'too many compound keys');
  for (const [path, direction] of key) checkIndexKey(path, direction);
  checkIndexOptions(given, key);
  const spec: Doc = new Map<string, Value>([
    ['v', 2],
    ['key', key],
    ['name', name],
  ]);
  for (const field of ['unique', 'sparse']) if (given.get(field) === true) spec.set(field, true);
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
  if (!isNumeric(seconds) || !isExpiry(toNumber(seconds)))
    throw new StoreError(
      'CannotCreateIndex',
      `TTL index 'expireAfterSeconds' option must be within an acceptable range, try a lower number.`,
    );
  if (key.size > 1) throw new StoreError('CannotCreateIndex', 'TTL indexes are single-field indexes, compound indexes do not support TTL.');
  if (key.has('_id')) throw new StoreError(197, "The field 'expireAfterSeconds' is not valid for an _id index specification.");
}

const isExpiry = (seconds: number): boolean => seconds >= 0 && seconds <= 2 ** 31 - 1;

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

const optionsOf = (spec: Doc): Doc => new Map([...spec].filter(([name]) => !['v', 'key', 'name', 'background'].includes(name)));

/** Adds an index and fills it; the same index again changes nothing, a different one of the same name is refused. */
export function addIndex(store: Store, collection: Collection, spec: Doc): void {
  const key = spec.get('key') as Doc;
  const isId = key.size === 1 && toNumber(key.get('_id')) === 1;
  if (isId) {
    if (spec.get('name') !== '_id_')
      throw new StoreError('BadValue', `The field 'name' for an _id index must be '_id_', but got '${textOf(spec.get('name'))}'`);
    return;
  }
  if (alreadyThere(collection, spec)) return;
  if (collection.indexes.length >= 64) throw new StoreError('CannotCreateIndex', 'add index fails, too many indexes');
  const index = store.documents.catalog.addIndex(collection, spec);
  store.documents.build(collection, index);
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
      command.store.sweeper.wake(indexPrefix(collection, index.id));
    }
    return { nIndexesWas, ok: 1 };
  });
}

function indexNamed(collection: Collection, wanted: Value | undefined): Index {
  const found = collection.indexes.find(({ name, spec }) => (isDoc(wanted) ? equal(spec.get('key'), wanted) : name === wanted));
  if (found) return found;
  throw new StoreError('IndexNotFound', isDoc(wanted) ? "can't find index with key" : `index not found with name [${textOf(wanted)}]`);
}

/** Whether the very same index exists; throws when one exists that contradicts it. */
function alreadyThere(collection: Collection, spec: Doc): boolean {
  const key = spec.get('key') as Doc;
  const partial = spec.get('partialFilterExpression');
  const sameName = collection.indexes.find(({ name }) => name === spec.get('name'));
  if (sameName) {
    const same = equal(sameName.spec.get('key'), key) && equal(optionsOf(sameName.spec), optionsOf(spec));
    if (same) return true;
    throw new StoreError(
      'IndexKeySpecsConflict',
      `An existing index has the same name as the requested index. When index names are not specified, they are auto generated and can cause conflicts. Please refer to our documentation. Requested index: ${sameName.name}`,
    );
  }
  const sameKey = collection.indexes.find(
    (index) => equal(index.spec.get('key'), key) && equal(index.spec.get('partialFilterExpression'), partial),
  );
  if (!sameKey) return false;
  throw new StoreError(
    'IndexOptionsConflict',
    equal(optionsOf(sameKey.spec), optionsOf(spec))
      ? `Index already exists with a different name: ${sameKey.name}`
      : `An equivalent index already exists with the same name but different options: ${sameKey.name}`,
  );
}
