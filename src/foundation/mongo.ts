import mongoose, { type Connection } from 'mongoose';
import { AppError } from './errors';

/** Majority and journal: what a member was told is saved survives a crash. */
export const durable = { w: 'majority', j: true } as const;

/**
 * Fail-fast connection: no buffering, 2 s to find a server, so that a dead database becomes an honest answer within the
 * platform's 5 s instead of mongoose's 10 s of silence.
 */
export async function connectMongo(uri: string, options: { poolSize?: number } = {}): Promise<Connection> {
  const connection = mongoose.createConnection(uri, {
    bufferCommands: false,
    autoIndex: false,
    autoCreate: false,
    serverSelectionTimeoutMS: 2_000,
    connectTimeoutMS: 2_000,
    socketTimeoutMS: 10_000,
    maxPoolSize: options.poolSize ?? 20,
    retryWrites: true,
    writeConcern: durable,
    family: 4,
  });
  return connection.asPromise();
}

/** True for the error of a unique index, with the name of its first field. */
export function isDuplicateKey(error: unknown): boolean {
  return typeof error === 'object' && error !== null && (error as { code?: unknown }).code === 11000;
}

const unreachable =
  /^Mongo(NetworkError|NetworkTimeoutError|ServerSelectionError|PoolClearedError|PoolClosedError|TopologyClosedError|NotConnectedError|WaitQueueTimeoutError|WriteConcernError|ExpiredSessionError)|^MongooseError|^MongooseServerSelectionError/;

/**
 * What a server says of itself and not of the question: it steps down or stops, has no room, no time, no majority, or does
 * not let us write. The same write may succeed later (docs: "Error codes").
 */
const passing = new Set([
  6, 7, 13, 18, 24, 43, 46, 50, 63, 64, 89, 91, 100, 112, 133, 134, 150, 189, 234, 262, 8000, 9001, 10107, 11600, 11601, 11602, 13388,
  13435, 13436, 14031, 16500,
]);

function isPassing(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (unreachable.test(error.name)) return true;
  const code = (error as { code?: unknown }).code;
  return error instanceof mongoose.mongo.MongoError && (passing.has(Number(code)) || error.hasErrorLabel('RetryableWriteError'));
}

/** A driver's own words hold the document it was about. */
const nameAndCode = ({ name, code }: Error & { code?: unknown }): string => (typeof code === 'number' ? `${name} ${code}` : name);

/** Turns what passes with time (no server, no primary, no room) into STORE_UNAVAILABLE; rethrows everything else unchanged. */
export async function orUnavailable<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isPassing(error)) throw new AppError('STORE_UNAVAILABLE', nameAndCode(error as Error), { cause: error });
    throw error;
  }
}

/**
 * An upsert that may meet another of the same key: the second one finds what the first has inserted. Its filter names the
 * unique key alone, or it would never find it.
 */
export async function upserted<T>(work: () => Promise<T>): Promise<T> {
  return orUnavailable(() => work().catch((error: unknown) => (isDuplicateKey(error) ? work() : Promise.reject(error))));
}

/** True when `insert` put the document in; false when its unique key was there already. */
export async function insertedOnce(insert: () => Promise<unknown>): Promise<boolean> {
  try {
    await orUnavailable(insert);
    return true;
  } catch (error) {
    if (isDuplicateKey(error)) return false;
    throw error;
  }
}
