import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mongoose from 'mongoose';
import { findMongodb } from '../../src/embedded/find-mongodb';

type Collection = mongoose.mongo.Collection;

const documents = Number(process.env['STORE_BENCH_DOCUMENTS'] ?? 1_000_000);
const concurrency = 32;
const groupRange = Math.min(100_000, documents);

/** Measures the store through the official driver; every figure beside `ping` with the same driver and concurrency. */
export async function run(print: (line: string) => void): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'lxq-bench-'));
  const given = process.env['MONGODB_URI'];
  const server = await findMongodb({ ...(given ? { uri: given } : {}), folder, production: false });
  const client = await new mongoose.mongo.MongoClient(server.uri('bench'), { maxPoolSize: concurrency }).connect();
  try {
    print(server.describe);
    const db = client.db(`bench_${process.pid}`);
    await small(db, print);
    await large(db, print);
    const status = await db.admin().command({ serverStatus: 1 });
    print(memory(Number(status['pid'])));
    await db.dropDatabase();
  } finally {
    await client.close();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Operations a second, the best of three rounds, with `concurrency` in flight. */
async function rate(count: number, operation: (n: number) => Promise<unknown>): Promise<number> {
  let best = 0;
  for (let round = 0; round < 3; round++) {
    let next = 0;
    const start = performance.now();
    await Promise.all(
      Array.from({ length: concurrency }, async () => {
        while (next < count) await operation(round * count + next++);
      }),
    );
    best = Math.max(best, count / ((performance.now() - start) / 1000));
  }
  return best;
}

const contact = (n: number): Record<string, unknown> => ({
  key: `k${n}`,
  body: 'gs',
  member: `m${n % 500}`,
  n,
  at: new Date(1_700_000_000_000 + n * 1000),
  note: 'x'.repeat(150),
});

async function small(db: mongoose.mongo.Db, print: (line: string) => void): Promise<void> {
  const collection = db.collection('small');
  await collection.createIndex({ key: 1 }, { unique: true });
  const count = 10_000;
  const ping = await rate(count, () => db.command({ ping: 1 }));
  print(`ping                     ${ping.toFixed(0)} /s`);
  const compare = (name: string, value: number, aim: number): void =>
    print(`${name.padEnd(24)} ${value.toFixed(0)} /s, ${(value / ping).toFixed(2)} of ping (aim ${aim})`);
  compare('journalled insert', await rate(count, (n) => collection.insertOne(contact(n), { writeConcern: { w: 1, j: true } })), 0.7);
  compare('read by unique key', await rate(count, (n) => collection.findOne({ key: `k${n}` })), 0.7);
  compare('$set by unique key', await rate(count, (n) => collection.updateOne({ key: `k${n}` }, { $set: { n: -n - 1 } })), 0.6);
}

async function large(db: mongoose.mongo.Db, print: (line: string) => void): Promise<void> {
  const collection = db.collection('large');
  await collection.createIndexes([{ key: { n: 1 } }, { key: { body: 1, at: 1 } }]);
  const fill = await seconds(() => seed(collection));
  print(`fill ${documents} documents   ${(documents / fill).toFixed(0)} /s`);
  let seen = 0;
  const walk = await seconds(async () => {
    for await (const one of collection.find({}, { sort: { n: 1 }, batchSize: 5000 })) seen += one['n'] === seen ? 1 : 0;
  });
  if (seen !== documents) throw new Error(`the walk saw ${seen} of ${documents} documents in order`);
  print(`page walk by index       ${(documents / walk).toFixed(0)} documents/s (aim 100000)`);
  const from = new Date(1_700_000_000_000);
  const to = new Date(from.getTime() + groupRange * 1000);
  const range = { body: 'gs', at: { $gte: from, $lt: to } };
  let counted = 0;
  const counting = await seconds(async () => {
    counted = await collection.countDocuments(range);
  });
  print(`count by index           ${counted} in ${(counting * 1000).toFixed(0)} ms`);
  let groups = 0;
  const grouping = await seconds(async () => {
    groups = (
      await collection.aggregate([{ $match: range }, { $group: { _id: '$member', n: { $sum: 1 }, last: { $max: '$at' } } }]).toArray()
    ).length;
  });
  print(`$match + $group          ${groupRange} documents into ${groups} groups in ${(grouping * 1000).toFixed(0)} ms`);
}

async function seed(collection: Collection): Promise<void> {
  for (let n = 0; n < documents; n += 5000) {
    const batch = Array.from({ length: Math.min(5000, documents - n) }, (_, at) => contact(n + at));
    await collection.insertMany(batch, { ordered: false });
  }
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

/** Resident memory of the server without the mapped file, where the system tells (Linux). */
function memory(pid: number): string {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const kb = (name: string): number => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? 0);
    return `resident memory          ${((kb('RssAnon') + kb('RssShmem')) / 1024).toFixed(0)} MB without files, ${(kb('RssFile') / 1024).toFixed(0)} MB of mapped files (aim 200)`;
  } catch {
    return 'resident memory          unknown on this system';
  }
}
