import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import mongoose from 'mongoose';
import { openStore } from '../../packages/mongo-store/server';
import { errorOf } from '../contract/store/server';
import { check } from '../helpers/store-checker';

const program = join(__dirname, '../../dist/packages/mongo-store/main.js');
const able = existsSync('/usr/bin/prlimit') && existsSync('/bin/bash');

/** The store's process with room for 72 MB in a file, of which the store keeps 64 free: as on a disk that is full then. */
async function startCramped(folder: string): Promise<ChildProcess> {
  const child = spawn(
    '/bin/bash',
    ['-c', `trap '' XFSZ; ulimit -S -f 73728; exec "$0" "$1" --folder "$2"`, process.execPath, program, folder],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  await new Promise((resolve, reject) => {
    child.stdout?.once('data', resolve);
    child.once('exit', () => reject(new Error('the store did not start')));
  });
  return child;
}

(able ? describe : describe.skip)('the built-in store on a disk that is full', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lxq-full-'));
  let child: ChildProcess;
  let client: mongoose.mongo.MongoClient;
  beforeAll(async () => {
    child = await startCramped(folder);
    client = await new mongoose.mongo.MongoClient(
      `mongodb://${encodeURIComponent(join(folder, 'store.sock'))}/full?directConnection=true`,
    ).connect();
  });
  afterAll(async () => {
    await client.close();
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });

  it('refuses writes with an error, keeps what it acknowledged, and goes on when there is room', async () => {
    const collection = client.db().collection<{ _id: number; key: number; pad: string }>('papers');
    await collection.createIndex({ key: 1 }, { unique: true });
    const kept: number[] = [];
    const refused: number[] = [];
    const pad = 'x'.repeat(60_000);
    for (let n = 0; n < 400; n += 8) {
      await Promise.all(
        Array.from({ length: 8 }, async (_, at) => {
          const _id = n + at;
          await collection.insertOne({ _id, key: _id, pad }).then(
            () => kept.push(_id),
            () => refused.push(_id),
          );
        }),
      );
    }
    expect(kept.length).toBeGreaterThan(50);
    expect(refused.length).toBeGreaterThan(50);
    expect((await errorOf(collection.insertOne({ _id: -1, key: -1, pad }))).message).toMatch(/could not be written/);
    expect(await collection.countDocuments()).toBe(kept.length);

    execFileSync('/usr/bin/prlimit', ['--pid', String(child.pid), '--fsize=unlimited']);
    await collection.insertOne({ _id: 1000, key: 1000, pad });
    const ids = (await collection.find({}, { projection: { _id: 1 } }).toArray()).map(({ _id }) => _id);
    expect(new Set(ids)).toEqual(new Set([...kept, 1000]));
  });

  it('has indexes that agree with its documents after it', async () => {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await ended;
    const store = openStore(folder);
    expect(check(store.documents)).toEqual([]);
    await store.documents.engine.close();
  });
});
