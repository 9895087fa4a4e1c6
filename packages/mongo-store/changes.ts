import { ObjectId } from 'bson';
import { writeDocument } from './bson-writer';
import type { Collection } from './catalog';
import type { Command } from './command';
import { notDone, StoreError } from './failure';
import { isOperators } from './matcher';
import { equal } from './order';
import { put } from './paths';
import { type Query, queryRows } from './query';
import { Row, type Work } from './scan';
import { compileUpdate } from './updater';
import { clone, type Doc, type Found, isDoc, typeName, type Value } from './values';
import { maxDocument } from './wire';

/** How a matched document becomes another. */
export interface Changer {
  /** A replacement may not be sent with `multi`; operators may. */
  kind: 'operators' | 'replacement';
  apply: (doc: Doc, inserting: boolean) => Doc;
}

/** Reads the update of a statement: operators, or a whole document. */
export function readChanger(update: Found, query: Query): Changer {
  if (Array.isArray(update)) throw notDone('updates by a pipeline', 'FailedToParse');
  if (!isDoc(update))
    throw new StoreError('FailedToParse', `Update argument must be either an object or an array, not ${typeName(update)}`);
  if (isOperators(update)) {
    const change = compileUpdate(update);
    return { kind: 'operators', apply: (doc, inserting) => operated(doc, change, { filter: query.filter, inserting }) };
  }
  for (const name of update.keys()) if (name.startsWith('$')) throw dollarField(name);
  return { kind: 'replacement', apply: (doc) => withSameId(doc, clone(update)) };
}

const dollarField = (name: string): StoreError =>
  new StoreError(
    'DollarPrefixedFieldName',
    `The dollar ($) prefixed field '${name}' in '${name}' is not allowed in the context of an update's replacement document. Consider using an aggregation pipeline with $replaceWith.`,
  );

function operated(doc: Doc, change: ReturnType<typeof compileUpdate>, context: Parameters<ReturnType<typeof compileUpdate>>[1]): Doc {
  const next = clone(doc);
  change(next, context);
  const id = doc.get('_id');
  if (id !== undefined && !equal(id, next.get('_id'))) throw immutable();
  return next;
}

const immutable = (): StoreError =>
  new StoreError('ImmutableField', "Performing an update on the path '_id' would modify the immutable field '_id'");

/** A replacement keeps the document's `_id` in the first place and may not name another. */
function withSameId(before: Doc, next: Doc): Doc {
  const id = before.get('_id');
  if (id === undefined) return next;
  const given = next.get('_id');
  if (given !== undefined && !equal(given, id)) {
    throw new StoreError('ImmutableField', "After applying the update, the (immutable) field '_id' was found to have been altered");
  }
  next.delete('_id');
  return new Map<string, Value>([['_id', id], ...next]);
}

/** A document as it is stored: `_id` first, made when missing, within MongoDB's limits. */
export function readyToInsert(doc: Doc, bytes?: Buffer): { doc: Doc; bytes: Buffer } {
  const id = doc.get('_id');
  checkId(id);
  const [first] = doc.keys();
  if (first === '_id' && bytes) return { doc, bytes: checkSize(Buffer.from(bytes)) };
  const ordered: Doc = new Map<string, Value>([['_id', id === undefined ? new ObjectId() : id]]);
  for (const [name, value] of doc) if (name !== '_id') ordered.set(name, value);
  return { doc: ordered, bytes: checkSize(writeDocument(ordered)) };
}

function checkId(id: Found): void {
  if (Array.isArray(id)) throw new StoreError('InvalidIdField', "The '_id' value cannot be of type array");
  if (typeName(id) === 'regex') throw new StoreError('InvalidIdField', "The '_id' value cannot be of type regex");
  if (isDoc(id)) {
    for (const name of id.keys()) {
      if (name.startsWith('$'))
        throw new StoreError(
          'DollarPrefixedFieldName',
          `_id fields may not contain '$'-prefixed fields: ${name} is not valid for storage.`,
        );
    }
  }
}

function checkSize(bytes: Buffer): Buffer {
  if (bytes.length > maxDocument)
    throw new StoreError('BSONObjectTooLarge', `object to insert too large. size in bytes: ${bytes.length}, max size: ${maxDocument}`);
  return bytes;
}

/**
 * The rows of a write, found before the first of them is changed, so that no change meets its own result. Only their
 * numbers are kept: a write may go over more documents than fit into memory.
 */
export function* gather(command: Command, query: Query, work: Work): Generator<Row> {
  const { collection } = query;
  if (!collection) return;
  const records = Array.from(queryRows(command.store, query, work), ({ record }) => record);
  for (const record of records) {
    const bytes = command.store.documents.read(collection, record);
    if (bytes) yield new Row(record, bytes);
  }
}

/** Refuses a document that is not as its collection asks: a new one, or what a change makes of `before`. */
export function validate({ validation }: Collection, after: Doc, before?: Doc): void {
  if (!validation || validation.test(after)) return;
  if (validation.moderate && before && !validation.test(before)) return;
  throw new StoreError('DocumentValidationFailure', 'Document failed validation', {
    errInfo: {
      failingDocumentId: after.get('_id'),
      details: { reason: 'The built-in store does not say which condition of the validator failed.' },
    },
  });
}

/** Applies the change to one stored document. Says whether anything became different. */
export function changeRow(
  command: Command,
  collection: Collection,
  row: Row,
  changer: Changer,
): { after: Doc; bytes: Buffer; modified: boolean } {
  const after = changer.apply(row.doc, false);
  checkId(after.get('_id'));
  const bytes = writeDocument(after);
  if (bytes.equals(row.bytes)) return { after, bytes, modified: false };
  if (bytes.length > maxDocument) throw new StoreError(17419, `Resulting document after update is larger than ${maxDocument}`);
  validate(collection, after, row.doc);
  command.store.documents.replace(collection, row.record, { before: row.doc, after, bytes });
  return { after, bytes, modified: true };
}

/** The document an upsert inserts: the filter's equalities, then the update. */
export function upsertDocument(query: Query, changer: Changer): { doc: Doc; bytes: Buffer } {
  const found = [...equalities(query.filter)];
  // Of a replacement only the `_id` comes from the filter; otherwise every equality does (docs: "upsert").
  const wanted = changer.kind === 'replacement' ? found.filter(([path]) => path.split('.')[0] === '_id') : found;
  const base = fromEqualities(wanted, changer.kind);
  const id = base.get('_id');
  const made = changer.apply(base, true);
  if (id !== undefined && made.get('_id') === undefined) made.set('_id', id);
  return readyToInsert(made);
}

function* equalities(filter: Doc): Generator<[string, Value]> {
  for (const [key, condition] of filter) {
    if (key === '$and' && Array.isArray(condition)) for (const clause of condition) if (isDoc(clause)) yield* equalities(clause);
    if (key === '$or' && Array.isArray(condition) && condition.length === 1 && isDoc(condition[0])) yield* equalities(condition[0]);
    if (!key.startsWith('$')) for (const value of equalTo(condition)) yield [key, value];
  }
}

/** The values a condition asks for, each as an equality: more than one of them cannot be met by a new document. */
function equalTo(condition: Value): Value[] {
  if (typeName(condition) === 'regex') return [];
  if (!isDoc(condition) || !isOperators(condition)) return [condition];
  const plain = (value: Value): boolean => !isOperators(value) && typeName(value) !== 'regex';
  return [...condition].flatMap(([operator, operand]) => {
    if (operator === '$eq') return [operand];
    const list = Array.isArray(operand) && (operator === '$all' || (operator === '$in' && operand.length === 1)) ? operand : [];
    return list.filter(plain);
  });
}

function fromEqualities(found: Array<[string, Value]>, kind: Changer['kind']): Doc {
  const base: Doc = new Map();
  const seen: string[] = [];
  for (const [path, value] of found) {
    if (kind === 'replacement' && path !== '_id')
      throw new StoreError(111, `field at '_id' must be exactly specified, field at sub-path '${path}'found`);
    for (const other of seen) {
      if (other === path) throw notOne(`path '${path}' is matched twice`);
      if (`${path}.`.startsWith(`${other}.`) || `${other}.`.startsWith(`${path}.`))
        throw notOne(`both paths '${other}' and '${path}' are matched`);
    }
    seen.push(path);
    setPath(base, path, clone(value));
  }
  return base;
}

const notOne = (why: string): StoreError => new StoreError('NotSingleValueField', `cannot infer query fields to set, ${why}`);

function setPath(base: Doc, path: string, value: Value): void {
  const pieces = path.split('.');
  let holder: Doc = base;
  for (const piece of pieces.slice(0, -1)) {
    const inner = holder.get(piece);
    const next: Doc = isDoc(inner) ? inner : new Map();
    holder.set(piece, next);
    holder = next;
  }
  put(holder, pieces.at(-1) as string, value);
}
