import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import mongoose from 'mongoose';
import { openStore } from '../../packages/mongo-store/server';
import { findMongodb } from '../../src/cli/find-mongodb';
import { check } from '../helpers/store-checker';
import { until } from '../helpers/wait';

/** Kills to run: STORE_KILLS=200 for the full number of the requirement, some for every run of the suite. */
const kills = Number(process.env['STORE_KILLS'] ?? 15);
const writers = 16;

interface Contact {
  _id: string;
  writer: number;
  version: number;
  tags: string[];
  seal: string;
}

const seal = (id: string, version: number): string => createHash('sha256').update(`${id}:${version}`).digest('hex');
const contact = (id: string, writer: number, version: number): Contact => ({
  _id: id,
  writer,
  version,
  tags: [`t${version % 5}`, `w${writer}`],
  seal: seal(id, version),
});

/** What the writers were told, and what they had asked for when the store died. */
class Ledger {
  readonly acknowledged = new Map<string, number>();
  readonly attempted = new Map<string, number>();
  readonly removed = new Set<string>();
  readonly removing = new Set<string>();

  /** The faults between what was acknowledged and what is there. */
  faults(found: Map<string, Contact>): string[] {
    const faults: string[] = [];
    for (const [id, version] of this.acknowledged) {
      const there = found.get(id);
      if (!there && !this.removing.has(id)) faults.push(`${id} is lost`);
      if (there && this.removed.has(id)) faults.push(`${id} came back`);
      if (there && there.version < version) faults.push(`${id} fell back from ${version} to ${there.version}`);
    }
    for (const [id, there] of found) {
      if (there.seal !== seal(id, there.version)) faults.push(`${id} is half written`);
      if (there.version > (this.attempted.get(id) ?? -1)) faults.push(`${id} has a version nobody wrote`);
    }
    return faults;
  }
}

describe('the built-in store killed at a random moment', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'lxq-crash-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it(`keeps every acknowledged write, none half, with indexes that agree, over ${kills} kills under ${writers} writers`, async () => {
    const ledger = new Ledger();
    for (let round = 0; round < kills; round++) {
      await oneLife(folder, round, ledger);
      const { faults, count } = await inspect(folder, ledger);
      expect({ round, faults }).toEqual({ round, faults: [] });
      if (round > 2) expect(count).toBeGreaterThan(0);
    }
    expect(ledger.acknowledged.size).toBeGreaterThan(kills * 5);
  }, 600_000);
});

async function oneLife(folder: string, round: number, ledger: Ledger): Promise<void> {
  const server = await findMongodb({ folder, production: false, mongodBinary: '' });
  const client = await new mongoose.mongo.MongoClient(server.uri('crash'), {
    maxPoolSize: writers,
    retryWrites: false,
    serverSelectionTimeoutMS: 2000,
    // Without these the driver may wait for ever for a connection of a pool whose server was killed.
    waitQueueTimeoutMS: 5000,
    socketTimeoutMS: 5000,
  }).connect();
  const collection = client.db().collection<Contact>('contacts');
  await collection.createIndexes([{ key: { seal: 1 }, unique: true }, { key: { writer: 1, version: -1 } }, { key: { tags: 1 } }]);
  const pid = Number((await client.db().admin().command({ serverStatus: 1 }))['pid']);
  let alive = true;
  const work = Array.from({ length: writers }, (_, writer) => write({ collection, ledger, round, writer }, () => alive));
  // Under load the writers begin late: a kill before their first writes would prove nothing.
  const before = ledger.acknowledged.size;
  await until('the writers are at work', () => ledger.acknowledged.size >= before + 6);
  // The moment is random on purpose: the wait is the fault, not a way to wait for something.
  await new Promise((resolve) => setTimeout(resolve, Math.random() * 80));
  process.kill(pid, 'SIGKILL');
  alive = false;
  await Promise.all(work);
  await client.close(true);
  await server.stop();
}

interface Writing {
  collection: mongoose.mongo.Collection<Contact>;
  ledger: Ledger;
  round: number;
  writer: number;
}

async function write({ collection, ledger, round, writer }: Writing, alive: () => boolean): Promise<void> {
  for (let n = 0; alive(); n++) {
    const id = `${round}-${writer}-${n}`;
    try {
      ledger.attempted.set(id, 0);
      await collection.insertOne(contact(id, writer, 0), { writeConcern: { w: 1, j: true } });
      ledger.acknowledged.set(id, 0);
      if (n % 3 === 0) {
        const { _id, ...next } = contact(id, writer, n + 1);
        ledger.attempted.set(id, n + 1);
        await collection.updateOne({ _id }, { $set: next });
        ledger.acknowledged.set(id, n + 1);
      }
      if (n % 5 === 4) {
        ledger.removing.add(id);
        await collection.deleteOne({ _id: id });
        ledger.removed.add(id);
      }
    } catch {
      // The store is gone; what was not acknowledged may be there or not.
      return;
    }
  }
}

async function inspect(folder: string, ledger: Ledger): Promise<{ faults: string[]; count: number }> {
  const store = openStore(folder);
  try {
    const faults = check(store.documents);
    const found = new Map<string, Contact>();
    const collection = store.documents.catalog.find('crash', 'contacts');
    for (const { value } of collection ? store.documents.all(collection) : []) {
      const one = mongoose.mongo.BSON.deserialize(value) as Contact;
      found.set(one._id, one);
    }
    return { faults: [...faults, ...ledger.faults(found)], count: found.size };
  } finally {
    await store.documents.engine.close();
  }
}
