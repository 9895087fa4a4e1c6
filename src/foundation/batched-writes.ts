import mongoose, { type Connection, type mongo } from 'mongoose';
import { Batcher, type Outcome } from './batcher';
import { AppError } from './errors';
import { durable, orUnavailable } from './mongo';

interface RowError {
  index: number;
  code: number;
  errmsg: string;
}

/** Inserts into a collection, joined with those of the same moment. Resolves when the row is kept (majority, journal). */
export function batchedInserts<Row extends mongo.Document>(connection: Connection, collection: string): (row: Row) => Promise<void> {
  const batcher = new Batcher<Row, void>({
    all: (rows) => write(connection, { insert: collection, documents: rows.map(withId) }, rows.length),
  });
  return (row) => batcher.one(row);
}

// As the driver does for a single insert: a document's id comes from here, whatever the server would give it.
const withId = <Row extends mongo.Document>(row: Row): mongo.Document =>
  '_id' in row ? row : { _id: new mongoose.mongo.ObjectId(), ...row };

/** An update of one document by its `_id`. */
export interface UpdateOne<Row> {
  filter: mongo.Filter<Row> & { _id: string };
  change: mongo.UpdateFilter<Row>;
}

/** Updates of single documents, joined in the same way. Resolves when what was still there to be changed is changed. */
export function batchedUpdates<Row>(connection: Connection, collection: string): (update: UpdateOne<Row>) => Promise<void> {
  const batcher = new Batcher<UpdateOne<Row>, void>({
    all: (updates) =>
      write(connection, { update: collection, updates: updates.map(({ filter, change }) => ({ q: filter, u: change })) }, updates.length),
    keyOf: ({ filter }) => filter._id,
  });
  return (update) => batcher.one(update);
}

/**
 * The bare command instead of insertMany or bulkWrite: those tell an unreachable server and a refused row by the same error,
 * and read every document twice. Unordered, so that a refused row hinders no other.
 */
async function write(connection: Connection, command: mongo.Document, count: number): Promise<Outcome<void>[]> {
  const { db } = connection;
  if (!db) throw new AppError('STORE_UNAVAILABLE', 'not connected');
  const answer = await orUnavailable(() => retryable(connection, { ...command, ordered: false, writeConcern: durable }));
  const outcomes = Array.from({ length: count }, (): Outcome<void> => ({ value: undefined }));
  for (const error of (answer['writeErrors'] ?? []) as RowError[])
    outcomes[error.index] = { error: new mongoose.mongo.MongoServerError({ message: error.errmsg, code: error.code }) };
  return outcomes;
}

/**
 * A bare command is not numbered by the driver as its own writes are. With a number the server does it once, however often it is
 * asked: so it is asked again when the answer is lost or the server steps down (docs: "Retryable Writes").
 */
async function retryable(connection: Connection, command: mongo.Document): Promise<mongo.Document> {
  const db = connection.db as mongo.Db;
  if (unnumbered.has(connection)) return db.command(command);
  const session = connection.getClient().startSession();
  try {
    // The driver keeps the number with the session it lends, and counts on from here.
    session.serverSession.txnNumber += 1;
    const numbered = { ...command, txnNumber: mongoose.mongo.Long.fromNumber(session.serverSession.txnNumber) };
    const ask = (): Promise<mongo.Document> => db.command(numbered, { session });
    return await ask().catch((error: unknown) => (worthAnotherTry(error) ? ask() : Promise.reject(error)));
  } catch (error) {
    if (!(error instanceof mongoose.mongo.MongoServerError) || error.code !== 20) throw error;
    unnumbered.add(connection);
    return db.command(command);
  } finally {
    await session.endSession();
  }
}

/** Connections to a server that is no member of a set and knows no such numbers. */
const unnumbered = new WeakSet<Connection>();

/** As the driver decides for its own writes: the connection broke, or the server says so itself. */
const worthAnotherTry = (error: unknown): boolean =>
  error instanceof mongoose.mongo.MongoNetworkError ||
  (error instanceof mongoose.mongo.MongoError && error.hasErrorLabel('RetryableWriteError'));
