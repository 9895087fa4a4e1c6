import mongoose, { type Connection } from 'mongoose';
import { AppError } from './errors';

/** Majority and journal: what a member was told is saved survives a crash. */
const durable = { w: 'majority', j: true } as const;

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
    retryWrites: false,
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

/** Turns the driver's ways of saying "no server" into STORE_UNAVAILABLE; rethrows everything else unchanged. */
export async function orUnavailable<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Error && unreachable.test(error.name)) throw new AppError('STORE_UNAVAILABLE', error.message, { cause: error });
    throw error;
  }
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
