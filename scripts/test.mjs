// npm test [jest arguments]: sets up what is missing, starts Redis and MongoDB (or takes REDIS_URL and MONGODB_URI), runs
// the suite, stops what it started. From a MongoDB that was given it takes the databases of this run away again.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { give, root, setUp } from './setup.mjs';

try {
  await setUp({ withBrowser: true });
} catch (error) {
  give(error);
}
const require = createRequire(import.meta.url);
const { findMongodb } = require(join(root, 'dist/src/cli/find-mongodb.js'));
const mongoose = require('mongoose');
const { findRedis } = require(join(root, 'dist/src/cli/find-redis.js'));

// In memory where there is room: no test pulls the machine's plug, and what a killed process has written stays there too.
const inMemory = '/dev/shm';
const { bavail, bsize } = existsSync(inMemory) ? statfsSync(inMemory) : { bavail: 0, bsize: 0 };
const roomy = bavail * bsize > 4 * 2 ** 30;
const folder = mkdtempSync(join(roomy ? inMemory : tmpdir(), 'lianxinqiao-test-'));
const services = [];
// Begins the name of every database of this run, so that no other is ever touched.
const databases = `lxqtest${randomBytes(4).toString('hex')}_`;
const stopAll = async () => {
  for (const service of services.splice(0).reverse()) await service.stop();
  rmSync(folder, { recursive: true, force: true });
};
async function takeAway(mongodb) {
  const connection = await mongoose.createConnection(mongodb.uri(databases)).asPromise();
  try {
    const client = connection.getClient();
    const { databases: all } = await client.db('admin').admin().listDatabases({ nameOnly: true });
    const own = all.map(({ name }) => name).filter((name) => name.startsWith(databases));
    for (const name of own) await client.db(name).dropDatabase();
    process.stderr.write(`测试：${mongodb.describe}；这次在那里建的 ${own.length} 个库已删除\n`);
  } finally {
    await connection.close();
  }
}

let code = 1;
try {
  const redis = await findRedis({ url: process.env.REDIS_URL, folder: join(folder, 'redis'), durable: false });
  services.push(redis);
  const mongodb = await findMongodb({
    uri: process.env.MONGODB_URI,
    mongodBinary: process.env.MONGOD_BINARY,
    folder: join(folder, 'mongodb'),
    production: false,
  });
  services.push(mongodb);
  process.stderr.write(`测试：${redis.describe}\n测试：${mongodb.describe}\n`);
  const env = { ...process.env, REDIS_URL: redis.url, MONGODB_URI: mongodb.uri(databases), TEST_DATABASES: databases };
  const jest = spawn(process.execPath, [join(root, 'node_modules/jest/bin/jest.js'), ...process.argv.slice(2)], {
    cwd: root,
    env,
    stdio: 'inherit',
  });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => jest.kill(signal));
  code = await new Promise((resolve) => jest.on('close', (exit) => resolve(exit ?? 1)));
  if (mongodb.kind === 'uri') await takeAway(mongodb);
} catch (error) {
  console.error(error.message);
} finally {
  await stopAll();
}
process.exit(code);
