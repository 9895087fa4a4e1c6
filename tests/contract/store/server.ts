import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mongoose from 'mongoose';
import { startStore } from '../../../packages/mongo-store/server';
import { freshName } from '../../helpers/services';

type Client = mongoose.mongo.MongoClient;
type Db = mongoose.mongo.Db;

export interface TestServer {
  client: Client;
  db: Db;
  uri: string;
  /** Whether this is the built-in store; what only it refuses is not asked of a real MongoDB. */
  builtIn: boolean;
  close(): Promise<void>;
}

/** A client of the server under test: the one of MONGODB_URI, else a built-in store of this process. */
export async function openServer(): Promise<TestServer> {
  const given = process.env['MONGODB_URI'];
  if (given) return connected(given, () => Promise.resolve());
  return openBuiltIn();
}

/** A client of a built-in store of this process, whatever MONGODB_URI says. */
export async function openBuiltIn(): Promise<TestServer & { folder: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'lxq-store-'));
  const store = await startStore({ folder });
  const server = await connected(store.uri('test'), async () => {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return { ...server, folder };
}

async function connected(uri: string, stop: () => Promise<void>): Promise<TestServer> {
  const client = await new mongoose.mongo.MongoClient(uri, { serverSelectionTimeoutMS: 5000 }).connect();
  const db = client.db(freshName());
  const info = await db.admin().command({ buildInfo: 1 });
  return {
    client,
    db,
    uri,
    builtIn: info['builtInStore'] === true,
    close: async () => {
      await db.dropDatabase();
      await client.close();
      await stop();
    },
  };
}

/** The error a promise fails with, as a plain object; fails the test when it does not. */
export async function errorOf(
  promise: Promise<unknown>,
): Promise<{ code: number; codeName?: string; message: string; keyPattern?: unknown; keyValue?: unknown }> {
  try {
    await promise;
  } catch (error) {
    return error as { code: number; message: string };
  }
  throw new Error('this should have failed');
}
