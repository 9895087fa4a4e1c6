import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mongoose, { type Connection } from 'mongoose';
import { findMongodb } from '../../../src/cli/find-mongodb';
import { findRedis } from '../../../src/cli/find-redis';
import { systemClock } from '../../../src/foundation/clock';
import { connectMongo } from '../../../src/foundation/mongo';
import { ChatGroupStore } from '../../../src/organisation/chat-group-store';
import { createOrganisation } from '../../../src/organisation/service';
import { createOrganisationStore } from '../../../src/organisation/store';
import { body, roster } from '../../helpers/roster';
import { chatId, memberCount, userIdOf } from './messages';
import { type Addresses, startApi } from './servers';

/** What all servers of a race share: one MongoDB or built-in store, one Redis, one WeCom. Each server has a database of its own. */
export interface Stage {
  describe: string;
  storePid: number;
  addresses(server: string): Addresses;
  /** The database of a server, for looking what is in it. */
  look<T>(server: string, work: (db: mongoose.mongo.Db) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export async function openStage(): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'lxq-bench-'));
  const given = process.env['MONGODB_URI'];
  const mongodb = await findMongodb({ ...(given ? { uri: given } : {}), folder: join(folder, 'mongodb'), production: false });
  const redis = await findRedis({ folder: join(folder, 'redis'), durable: false });
  const api = await startApi();
  const run = `bench${process.pid}`;
  const databases = new Set<string>();
  const uriOf = (server: string): string => {
    databases.add(server);
    return mongodb.uri(`${run}_${server}`);
  };
  const look: Stage['look'] = async (server, work) => {
    const client = await new mongoose.mongo.MongoClient(uriOf(server)).connect();
    try {
      return await work(client.db());
    } finally {
      await client.close();
    }
  };
  return {
    describe: `${mongodb.describe}; ${redis.describe}`,
    storePid: await look('bare', async (db) => Number((await db.admin().command({ serverStatus: 1 }))['pid'])),
    addresses: (server) => ({ mongodbUri: uriOf(server), redisUrl: redis.url, apiBase: api.url, prefix: `${run}${server}` }),
    look,
    async close() {
      if (given) for (const name of databases) await look(name, (db) => db.dropDatabase());
      await api.close();
      await redis.stop();
      await mongodb.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The body, its members and its work group, written through the product's own doors. */
export async function settleOurs(uri: string): Promise<void> {
  const connection: Connection = await connectMongo(uri);
  const store = createOrganisationStore(connection);
  await store.ensureIndexes();
  const organisation = createOrganisation(store, systemClock);
  const pattern = roster[0];
  if (!pattern) throw new Error('the roster is empty');
  const members = Array.from({ length: memberCount }, (_, n) => ({
    ...pattern,
    id: `M${String(n).padStart(5, '0')}`,
    name: `委员${n}`,
    identities: [{ platform: 'wecom' as const, userId: userIdOf(n) }],
  }));
  await organisation.saveBody(body);
  await organisation.saveMembers(body.id, members);
  const group = { platform: 'wecom' as const, chatId, sectors: [] };
  await new ChatGroupStore(connection).bind(body.id, group, { by: 'bench', at: systemClock.now() });
  await connection.close();
}

/** The members of the day's work, in its own collection. */
export async function settleDay(db: mongoose.mongo.Db): Promise<void> {
  await db.collection('members').insertMany(Array.from({ length: memberCount }, (_, n) => ({ userid: userIdOf(n), name: `委员${n}` })));
}
