import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import mongoose from 'mongoose';
import { type RunningStore, startStore } from '../../../packages/mongo-store/server';
import { errorOf } from './server';

type Doc = Record<string, unknown>;

describe('the built-in store told to misbehave', () => {
  let folder: string;
  let store: RunningStore;
  let retrying: mongoose.mongo.MongoClient;
  let plain: mongoose.mongo.MongoClient;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'lxq-faults-'));
    store = await startStore({ folder, faults: true });
    const address = store.uri('faults');
    const options = { serverSelectionTimeoutMS: 3000, socketTimeoutMS: 1500, heartbeatFrequencyMS: 500 };
    [retrying, plain] = (await Promise.all(
      [true, false].map((retryWrites) => new mongoose.mongo.MongoClient(address, { ...options, retryWrites }).connect()),
    )) as [mongoose.mongo.MongoClient, mongoose.mongo.MongoClient];
  });
  afterAll(async () => {
    await Promise.all([retrying.close(), plain.close()]);
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const failing = (mode: unknown, data: Doc = {}): Promise<Doc> =>
    plain
      .db('admin')
      .command({ configureFailPoint: 'failCommand', mode, data: { failCommands: ['insert', 'update', 'findAndModify'], ...data } });
  afterEach(() => failing('off'));
  beforeEach(() => rows(plain).deleteMany({}));
  const rows = (client: mongoose.mongo.MongoClient) => client.db().collection<{ _id: number; n?: number }>('rows');
  const count = (): Promise<number> => rows(plain).countDocuments();

  it.each([10107, 91, 189, 11600])(
    'as a member that is no primary any more (%i): said with its label, and got over by a retry',
    async (errorCode) => {
      await failing({ times: 1 }, { errorCode });
      const error = await errorOf(rows(plain).insertOne({ _id: 1 }));
      expect(error).toMatchObject({ code: errorCode });
      expect(await count()).toBe(0);
      await failing({ times: 1 }, { errorCode });
      await rows(retrying).insertOne({ _id: 2 });
      await failing({ times: 1 }, { errorCode });
      expect(await rows(retrying).findOneAndUpdate({ _id: 2 }, { $inc: { n: 1 } }, { returnDocument: 'after' })).toEqual({ _id: 2, n: 1 });
      expect((await failing('off'))['count']).toBe(1);
    },
  );

  it('as one whose answer is lost after the write: done once, whoever retries', async () => {
    await failing({ times: 1 }, { closeConnection: true, afterCommand: true });
    expect((await errorOf(rows(plain).insertOne({ _id: 1 }))).message).toMatch(/closed/);
    expect(await count()).toBe(1);
    await failing({ times: 1 }, { closeConnection: true, afterCommand: true });
    await rows(retrying).insertOne({ _id: 2 });
    await failing({ times: 1 }, { closeConnection: true, afterCommand: true });
    expect(await rows(retrying).updateOne({ _id: 2 }, { $inc: { n: 1 } })).toMatchObject({ modifiedCount: 1 });
    await failing({ times: 1 }, { closeConnection: true, afterCommand: true });
    expect(await rows(retrying).findOneAndUpdate({ _id: 2 }, { $inc: { n: 1 } }, { returnDocument: 'after' })).toEqual({ _id: 2, n: 2 });
    expect(await rows(plain).find().toArray()).toEqual([{ _id: 1 }, { _id: 2, n: 2 }]);
  });

  it('as one that ends the connection before the write', async () => {
    await failing({ times: 1 }, { closeConnection: true });
    expect((await errorOf(rows(plain).insertOne({ _id: 1 }))).message).toMatch(/closed/);
    expect(await count()).toBe(0);
  });

  it('as one that has no room, refuses or finds a duplicate', async () => {
    for (const errorCode of [14031, 13]) {
      await failing({ times: 1 }, { errorCode });
      expect(await errorOf(rows(retrying).insertOne({ _id: 1 }))).toMatchObject({ code: errorCode });
    }
    await failing({ times: 1 }, { errorCode: 11000 });
    expect(await errorOf(rows(retrying).updateOne({ _id: 1 }, { $inc: { n: 1 } }, { upsert: true }))).toMatchObject({ code: 11000 });
    await failing({ times: 1 }, { errorCode: 11000 });
    expect(await errorOf(rows(retrying).findOneAndUpdate({ _id: 1 }, { $inc: { n: 1 } }, { upsert: true }))).toMatchObject({ code: 11000 });
    expect(await count()).toBe(0);
  });

  it('as one that is slow, and as one that never answers', async () => {
    await failing({ times: 1 }, { blockConnection: true, blockTimeMS: 400 });
    const from = performance.now();
    await rows(plain).insertOne({ _id: 1 });
    expect(performance.now() - from).toBeGreaterThan(390);
    await failing({ times: 1 }, { blackHole: true });
    expect((await errorOf(rows(plain).insertOne({ _id: 2 }))).message).toMatch(/timed out/);
    expect(await count()).toBe(1);
  });

  it('only at the commands, the collection and the times that are named', async () => {
    await failing('alwaysOn', { errorCode: 2, namespace: 'faults.others' });
    await rows(plain).insertOne({ _id: 1 });
    await failing({ skip: 1 }, { errorCode: 2 });
    await rows(plain).insertOne({ _id: 4 });
    expect(await errorOf(rows(plain).insertOne({ _id: 5 }))).toMatchObject({ code: 2 });
    expect(await errorOf(failing('sometimes'))).toMatchObject({ code: 2 });
    expect(await errorOf(failing('off', { unknown: 1 }))).toMatchObject({ code: 40415 });
  });

  it('does none of it when it was not started for that, and is not started for it in production', async () => {
    const other = mkdtempSync(join(tmpdir(), 'lxq-faults-'));
    const sound = await startStore({ folder: other });
    const client = await new mongoose.mongo.MongoClient(sound.uri('x')).connect();
    expect(await errorOf(client.db('admin').command({ configureFailPoint: 'failCommand', mode: 'off' }))).toMatchObject({ code: 59 });
    await client.close();
    await sound.close();
    const before = process.env['NODE_ENV'];
    process.env['NODE_ENV'] = 'production';
    expect((await errorOf(startStore({ folder: other, faults: true }))).message).toMatch(/never for production/);
    process.env['NODE_ENV'] = before;
    rmSync(other, { recursive: true, force: true });
  });
});
