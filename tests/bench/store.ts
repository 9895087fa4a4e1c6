import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mongoose from 'mongoose';
import { stopChild } from '../../src/cli/child-process';
import { findMongodb } from '../../src/cli/find-mongodb';

type Collection = mongoose.mongo.Collection;

const documents = Number(process.env['STORE_BENCH_DOCUMENTS'] ?? 1_000_000);
const concurrency = 32;
const rounds = 5;
const pageSize = 1000;
const groupRange = Math.min(100_000, documents);

/**
 * Measures the store through the official driver; every figure beside `ping` with the same driver and concurrency, and
 * beside a server that answers with ready bytes: faster than that the driver does not let any server be.
 */
export async function run(print: (line: string) => void): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'lxq-bench-'));
  const given = process.env['MONGODB_URI'];
  const server = await findMongodb({ ...(given ? { uri: given } : {}), folder, production: false });
  const client = await new mongoose.mongo.MongoClient(server.uri('bench'), { maxPoolSize: concurrency }).connect();
  const ready = await readyBytes(join(folder, 'ready.sock'));
  try {
    print(server.describe);
    const db = client.db(`bench_${process.pid}`);
    await small(db, ready.db, print);
    await large(db, ready.db, print);
    const status = await db.admin().command({ serverStatus: 1 });
    print(memory(Number(status['pid'])));
    if (given) await db.dropDatabase();
    else await reopen(folder, Number(status['pid']), print);
  } finally {
    await ready.stop();
    await client.close();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The server of ready bytes. */
async function readyBytes(socket: string): Promise<{ db: mongoose.mongo.Db; stop: () => Promise<void> }> {
  const shown = mongoose.mongo.BSON.EJSON.stringify({ _id: new mongoose.mongo.ObjectId(), ...contact(documents >> 1) });
  const program = [join(__dirname, 'ready-bytes.cjs'), socket, 'small', String(pageSize), shown];
  const child = spawn(process.execPath, program, { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  const client = await new mongoose.mongo.MongoClient(`mongodb://${encodeURIComponent(socket)}/`, { maxPoolSize: concurrency }).connect();
  return {
    db: client.db('bench'),
    stop: async () => {
      await client.close();
      await stopChild(child);
    },
  };
}

/** How long the store takes from its start to its first answer, after it was killed with all its data. */
async function reopen(folder: string, pid: number, print: (line: string) => void): Promise<void> {
  process.kill(pid, 'SIGKILL');
  const start = performance.now();
  const server = await findMongodb({ folder, production: false });
  const client = await new mongoose.mongo.MongoClient(server.uri('bench')).connect();
  const [one] = await client
    .db(`bench_${process.pid}`)
    .collection('large')
    .find({}, { sort: { n: -1 }, limit: 1 })
    .toArray();
  if (one?.['n'] !== documents - 1) throw new Error('the last document was lost by a kill');
  print(
    `open after kill -9       ${((performance.now() - start) / 1000).toFixed(2)} s to the first answer, with ${documents} documents (aim 1 per million)`,
  );
  await client.close();
  await server.stop();
}

/** Operations a second with `concurrency` in flight. */
async function rate(count: number, operation: (n: number) => Promise<unknown>): Promise<number> {
  let next = 0;
  const start = performance.now();
  await Promise.all(
    Array.from({ length: concurrency }, async () => {
      while (next < count) await operation(next++);
    }),
  );
  return count / ((performance.now() - start) / 1000);
}

const contact = (n: number): Record<string, unknown> => ({
  key: `k${n}`,
  body: 'gs',
  member: `m${n % 500}`,
  n,
  at: new Date(1_700_000_000_000 + n * 1000),
  note: 'x'.repeat(150),
});

async function small(db: mongoose.mongo.Db, ready: mongoose.mongo.Db, print: (line: string) => void): Promise<void> {
  const collection = db.collection('small');
  await collection.createIndex({ key: 1 }, { unique: true });
  const count = 10_000;
  let round = 0;
  const key = (n: number): string => `k${round * count + n}`;
  const operations: Array<{ name: string; aim?: number; beside?: string; run: (n: number) => Promise<unknown> }> = [
    { name: 'ping', run: () => db.command({ ping: 1 }) },
    {
      name: 'journalled insert',
      aim: 0.7,
      run: (n) => collection.insertOne(contact(round * count + n), { writeConcern: { w: 1, j: true } }),
    },
    // The driver alone needs more for a findOne than for a command; the second line is the same question as a bare command.
    { name: 'read by unique key', aim: 0.7, run: (n) => collection.findOne({ key: key(n) }) },
    { name: 'the same as a command', run: (n) => db.command({ find: 'small', filter: { key: key(n) }, limit: 1, singleBatch: true }) },
    {
      name: '$set by unique key',
      aim: 0.6,
      run: (n) => collection.updateOne({ key: key(n) }, { $set: { n: -n - 1 } }, { writeConcern: { w: 1, j: true } }),
    },
    { name: 'ready bytes: ping', run: () => ready.command({ ping: 1 }) },
    { name: 'ready bytes: read by key', beside: 'ready bytes: ping', run: (n) => ready.collection('small').findOne({ key: key(n) }) },
  ];
  // In turns, and the best round of each: the first rounds warm up the driver, and `ping` must not be the cold one.
  const best = new Map<string, number>();
  for (; round < rounds; round++) {
    for (const { name, run } of operations) best.set(name, Math.max(best.get(name) ?? 0, await rate(count, run)));
  }
  const speed = (name: string): number => best.get(name) as number;
  for (const { name, aim, beside = 'ping' } of operations) {
    const ratio = name.endsWith('ping') ? '' : `, ${(speed(name) / speed(beside)).toFixed(2)} of ping`;
    print(`${name.padEnd(24)} ${speed(name).toFixed(0)} /s${ratio}${aim ? ` (aim ${aim})` : ''}`);
  }
}

async function large(db: mongoose.mongo.Db, ready: mongoose.mongo.Db, print: (line: string) => void): Promise<void> {
  const collection = db.collection('large');
  await collection.createIndexes([{ key: { n: 1 } }, { key: { body: 1, at: 1 } }]);
  const fill = await seconds(() => seed(collection));
  print(`fill ${documents} documents   ${(documents / fill).toFixed(0)} /s`);
  await walks(collection, ready.collection('pages'), print);
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

/** Walks over all documents, in turns with what the driver needs for the same without any server's work. */
async function walks(collection: Collection, ready: Collection, print: (line: string) => void): Promise<void> {
  const ways = [
    { name: 'decoding alone', note: " (the driver's BSON in a loop, no server)", walk: decode },
    { name: 'page walk by index', note: ' (aim 100000)', walk: () => pages(collection) },
    { name: 'page walk, two at once', note: ' (one half each)', walk: () => halves(collection) },
    { name: 'cursor walk by index', note: '', walk: () => cursor(collection) },
    { name: 'ready bytes: page walk', note: ' (the driver with a server that does nothing)', walk: () => readyPages(ready) },
  ];
  const times = ways.map((): number[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [at, { walk }] of ways.entries()) {
      let seen = 0;
      const time = await seconds(async () => {
        seen = await walk();
      });
      if (seen !== documents) throw new Error(`the walk saw ${seen} of ${documents} documents in order`);
      times[at]?.push(time);
    }
  }
  for (const [at, { name, note }] of ways.entries()) {
    const sorted = (times[at] as number[]).toSorted((a, b) => a - b);
    const [best, middle] = [sorted[0] as number, sorted[rounds >> 1] as number];
    print(`${name.padEnd(24)} ${(documents / best).toFixed(0)} documents/s, ${(documents / middle).toFixed(0)} in the middle round${note}`);
  }
}

/** What any client in JavaScript needs for the documents of a walk, whatever server they come from. */
function decode(): Promise<number> {
  const { BSON } = mongoose.mongo;
  const bytes = BSON.serialize({ _id: new BSON.ObjectId(), ...contact(documents >> 1) });
  for (let n = 0; n < documents; n++) BSON.deserialize(bytes);
  return Promise.resolve(documents);
}

/** Goes through all documents in pages, each a query of its own that begins where the last one ended. */
async function pages(collection: Collection, from = 0, until = documents): Promise<number> {
  let next = from;
  for (;;) {
    const range = { n: { $gte: next, $lt: until } };
    const page = await collection.find(range, { sort: { n: 1 }, limit: pageSize, batchSize: pageSize }).toArray();
    for (const one of page) next += one['n'] === next ? 1 : 0;
    if (page.length < pageSize) return next - from;
  }
}

/** Two walkers, so that the server looks for one's page while the other's is decoded. */
async function halves(collection: Collection): Promise<number> {
  const middle = documents >> 1;
  const seen = await Promise.all([pages(collection, 0, middle), pages(collection, middle)]);
  return seen[0] + seen[1];
}

/** As many pages of as many documents, each with the same question, from the server that does not look for them. */
async function readyPages(collection: Collection): Promise<number> {
  let seen = 0;
  while (seen < documents) {
    const page = await collection.find({ n: { $gte: seen } }, { sort: { n: 1 }, limit: pageSize, batchSize: pageSize }).toArray();
    for (const one of page) seen += one['body'] === 'gs' ? 1 : 0;
  }
  return seen;
}

async function cursor(collection: Collection): Promise<number> {
  let seen = 0;
  for await (const one of collection.find({}, { sort: { n: 1 }, batchSize: 5000 })) seen += one['n'] === seen ? 1 : 0;
  return seen;
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
