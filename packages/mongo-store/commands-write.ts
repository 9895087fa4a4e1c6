import { readDocument } from './bson-reader';
import { Raw, writeDocument } from './bson-writer';
import type { Collection } from './catalog';
import { type Changer, changeRow, gather, readChanger, readyToInsert, upsertDocument, validate } from './changes';
import { collectionFor } from './collections';
import { allowFields, type Command, docField, flagField, type Reply, refuseCollation, wrongType } from './command';
import { StoreError } from './failure';
import { compileProjection } from './projection';
import { type Query, readQuery } from './query';
import { attemptOf, type Done } from './retries';
import type { Row } from './scan';
import { type Doc, isDoc, isNumeric, toNumber } from './values';
import { maxBatch } from './wire';

interface WriteError {
  index: number;
  code: number;
  errmsg: string;
  keyPattern?: unknown;
  keyValue?: unknown;
  errInfo?: unknown;
}

interface Outcome {
  done: Array<Done & { index: number }>;
  /** What an answer says beside its counts. */
  notes: { writeErrors?: WriteError[]; retriedStmtIds?: number[] };
}

/**
 * Runs the statements of a write one after another; an ordered write stops at its first error. What an earlier attempt of
 * the same write has done is not done again.
 */
function each<T>(command: Command, statements: T[], run: (statement: T) => Done): Outcome {
  const ordered = command.flag('ordered', true);
  const attempt = attemptOf(command);
  const outcome: Outcome = { done: [], notes: {} };
  const writeErrors: WriteError[] = [];
  for (const [index, statement] of statements.entries()) {
    try {
      const done = attempt?.known(index) ?? run(statement);
      attempt?.keep(index, done);
      outcome.done.push({ ...done, index });
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      writeErrors.push({ index, code: error.code, errmsg: error.message, ...error.extra });
      if (ordered) break;
    }
  }
  attempt?.save();
  if (writeErrors.length > 0) outcome.notes.writeErrors = writeErrors;
  if (attempt && attempt.retried.length > 0) outcome.notes.retriedStmtIds = attempt.retried;
  return outcome;
}

const sum = (done: Done[], field: 'n' | 'nModified'): number => done.reduce((all, one) => all + (one[field] ?? 0), 0);

function checkCount(statements: unknown[]): void {
  if (statements.length > 0 && statements.length <= maxBatch) return;
  throw new StoreError('InvalidLength', `Write batch sizes must be between 1 and ${maxBatch}. Got ${statements.length} operations.`);
}

export function insert(command: Command): Promise<Reply> {
  command.allow('documents', 'ordered');
  const raw = command.request.sequences.get('documents');
  const documents: Array<{ doc: Doc; bytes: Buffer | undefined }> = raw
    ? raw.map((bytes) => ({ doc: readDocument(bytes), bytes }))
    : command.list('documents').map((doc) => ({ doc, bytes: undefined }));
  checkCount(documents);
  return command.store.documents.engine.write(() => {
    const collection = collectionFor(command);
    const { done, notes } = each(command, documents, ({ doc, bytes }) => {
      const ready = readyToInsert(doc, bytes);
      validate(collection, ready.doc);
      command.store.documents.insert(collection, ready.doc, ready.bytes);
      return { n: 1 };
    });
    return { n: sum(done, 'n'), ...notes, ok: 1 };
  });
}

const updateFields = ['q', 'u', 'upsert', 'multi', 'collation'];

export function update(command: Command): Promise<Reply> {
  command.allow('updates', 'ordered');
  const statements = sequence(command, 'updates');
  checkCount(statements);
  statements.forEach(checkUpdate);
  refuseMany(command, statements, (statement) => statement.get('multi') === true);
  return command.store.documents.engine.write(() => {
    const { done, notes } = each(command, statements, (statement) => updateOne(command, statement));
    const upserted = done.filter((one) => one.upserted !== undefined).map(({ index, upserted: _id }) => ({ index, _id }));
    return { n: sum(done, 'n'), nModified: sum(done, 'nModified'), ...(upserted.length > 0 ? { upserted } : {}), ...notes, ok: 1 };
  });
}

/** A change of many documents may be half done when it is asked for again. */
function refuseMany(command: Command, statements: Doc[], many: (statement: Doc) => boolean): void {
  if (command.get('txnNumber') !== undefined && statements.some(many))
    throw new StoreError('InvalidOptions', 'Cannot use (or request) retryable writes with multi=true');
}

const sequence = (command: Command, field: string): Doc[] =>
  command.request.sequences.get(field)?.map((bytes) => readDocument(bytes)) ?? command.list(field);

// A statement that is not of its form fails the whole command before anything is written; every other error is its own.
function checkUpdate(statement: Doc): void {
  allowFields(statement, 'update.updates', updateFields);
  refuseCollation(statement.get('collation'));
  checkFilter(statement, 'update.updates');
  if (!statement.has('u')) throw new StoreError('IDLFailedToParse', "BSON field 'update.updates.u' is missing but a required field");
}

function checkFilter(statement: Doc, where: string): void {
  const filter = statement.get('q');
  if (filter === undefined) throw new StoreError('IDLFailedToParse', `BSON field '${where}.q' is missing but a required field`);
  if (!isDoc(filter)) throw wrongType(`${where}.q`, filter, 'object');
}

function checkDelete(statement: Doc): void {
  allowFields(statement, 'delete.deletes', ['q', 'limit', 'collation']);
  refuseCollation(statement.get('collation'));
  checkFilter(statement, 'delete.deletes');
  const limit = statement.get('limit');
  if (!isNumeric(limit)) throw new StoreError('IDLFailedToParse', "BSON field 'delete.deletes.limit' is missing but a required field");
  if (![0, 1].includes(toNumber(limit)))
    throw new StoreError('FailedToParse', `The limit field in delete objects must be 0 or 1. Got ${toNumber(limit)}`);
}

// A statement that fails half-way keeps what it has changed and counts nothing, as MongoDB's do.
function updateOne(command: Command, statement: Doc): Done {
  const multi = flagField(statement, 'multi', false, 'update.updates');
  const upsert = flagField(statement, 'upsert', false, 'update.updates');
  const query = statementQuery(command, statement, multi ? 0 : 1);
  const changer = readChanger(statement.get('u'), query);
  if (multi && changer.kind === 'replacement')
    throw new StoreError('FailedToParse', 'multi update is not supported for replacement-style update');
  const done = { n: 0, nModified: 0 };
  for (const row of gather(command, query, command.work())) {
    done.n++;
    if (changeRow(command, query.collection as Collection, row, changer).modified) done.nModified++;
  }
  if (done.n > 0 || !upsert) return done;
  return { n: 1, nModified: 0, upserted: insertUpserted(command, query, changer).get('_id') };
}

function insertUpserted(command: Command, query: Query, changer: Changer): Doc {
  const { doc, bytes } = upsertDocument(query, changer);
  const collection = collectionFor(command);
  validate(collection, doc);
  command.store.documents.insert(collection, doc, bytes);
  return doc;
}

function statementQuery(command: Command, statement: Doc, limit: number): Query {
  const collection = command.store.documents.catalog.find(command.database, command.collection);
  return readQuery(collection, { filter: docField(statement, 'q', command.name), limit });
}

export function remove(command: Command): Promise<Reply> {
  command.allow('deletes', 'ordered');
  const statements = sequence(command, 'deletes');
  checkCount(statements);
  statements.forEach(checkDelete);
  refuseMany(command, statements, (statement) => toNumber(statement.get('limit')) === 0);
  return command.store.documents.engine.write(() => {
    const { done, notes } = each(command, statements, (statement) => {
      const query = statementQuery(command, statement, toNumber(statement.get('limit')));
      let n = 0;
      for (const row of gather(command, query, command.work())) {
        command.store.documents.remove(query.collection as Collection, row.record, row.doc);
        n++;
      }
      return { n };
    });
    return { n: sum(done, 'n'), ...notes, ok: 1 };
  });
}

export function findAndModify(command: Command): Promise<Reply> {
  command.allow('query', 'sort', 'remove', 'update', 'new', 'fields', 'upsert');
  const removing = command.flag('remove');
  checkModify(command, removing);
  return command.store.documents.engine.write(() => {
    const attempt = attemptOf(command);
    const reply = attempt?.reply ?? modify(command, removing);
    attempt?.save(reply);
    return reply;
  });
}

function modify(command: Command, removing: boolean): Reply {
  const query = modifyQuery(command);
  const fields = command.doc('fields');
  const projection = fields && compileProjection(fields);
  const show = (doc: Doc): Raw => new Raw(writeDocument(projection ? projection(doc) : doc));
  const changer = removing ? undefined : readChanger(command.get('update'), query);
  const [row] = gather(command, query, command.work());
  return changer ? modified(command, { query, changer, row, show }) : removed(command, query.collection, row, show);
}

function checkModify(command: Command, removing: boolean): void {
  const both = removing && command.get('update') !== undefined;
  if (both) throw new StoreError('FailedToParse', 'Cannot specify both an update and remove=true');
  if (!removing && command.get('update') === undefined)
    throw new StoreError('FailedToParse', 'Either an update or remove=true must be specified');
  if (removing && command.flag('upsert')) throw new StoreError('FailedToParse', 'Cannot specify both upsert=true and remove=true ');
  if (removing && command.flag('new'))
    throw new StoreError('FailedToParse', "Cannot specify both new=true and remove=true; 'remove' always returns the deleted document");
}

function removed(command: Command, collection: Collection | undefined, row: Row | undefined, show: (doc: Doc) => Raw): Reply {
  if (row && collection) command.store.documents.remove(collection, row.record, row.doc);
  return { lastErrorObject: { n: row ? 1 : 0 }, value: row ? show(row.doc) : null, ok: 1 };
}

interface Modification {
  query: Query;
  changer: Changer;
  row: Row | undefined;
  show: (doc: Doc) => Raw;
}

function modified(command: Command, { query, changer, row, show }: Modification): Reply {
  const wantNew = command.flag('new');
  if (row) {
    const { after } = changeRow(command, query.collection as Collection, row, changer);
    return { lastErrorObject: { n: 1, updatedExisting: true }, value: show(wantNew ? after : row.doc), ok: 1 };
  }
  if (!command.flag('upsert')) return { lastErrorObject: { n: 0, updatedExisting: false }, value: null, ok: 1 };
  const doc = insertUpserted(command, query, changer);
  return { lastErrorObject: { n: 1, updatedExisting: false, upserted: doc.get('_id') }, value: wantNew ? show(doc) : null, ok: 1 };
}

function modifyQuery(command: Command): Query {
  const collection = command.store.documents.catalog.find(command.database, command.collection);
  return readQuery(collection, { filter: command.doc('query'), sort: command.doc('sort'), limit: 1 });
}
