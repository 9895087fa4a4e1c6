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
  const answer = await orUnavailable(() => db.command({ ...command, ordered: false, writeConcern: durable }));
  const outcomes = Array.from({ length: count }, (): Outcome<void> => ({ value: undefined }));
  for (const error of (answer['writeErrors'] ?? []) as RowError[])
    outcomes[error.index] = { error: new mongoose.mongo.MongoServerError({ message: error.errmsg, code: error.code }) };
  return outcomes;
}
