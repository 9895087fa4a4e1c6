import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import mongoose from 'mongoose';
import { forgetRetries } from '../../../packages/mongo-store/retries';
import { openFolder, type RunningStore, startStore } from '../../../packages/mongo-store/server';
import { findMongodb } from '../../../src/cli/find-mongodb';
import { errorOf, openServer, type TestServer } from './server';

const { Long, UUID } = mongoose.mongo.BSON;
type Doc = Record<string, unknown>;

type Run = (command: Doc, txnNumber?: number) => Promise<Doc>;

/** Sends commands of one session, each with the number that is said: what a driver does by itself when it retries. */
function session(client: mongoose.mongo.MongoClient, database: string, id = new UUID()): Run {
  const own = client.startSession();
  Object.assign(own.serverSession, { id: { id } });
  return (command, txnNumber) =>
    client
      .db(database)
      .command({ ...command, ...(txnNumber === undefined ? {} : { txnNumber: Long.fromNumber(txnNumber) }) }, { session: own });
}

describe('a write that comes again with its number', () => {
  let server: TestServer;
  let rows: ReturnType<TestServer['db']['collection']>;
  beforeAll(async () => {
    server = await openServer();
    rows = server.db.collection('rows');
  });
  afterAll(() => server.close());
  beforeEach(async () => {
    await rows.deleteMany({});
  });
  const begin = (): Run => session(server.client, server.db.databaseName);

  const once: Array<[string, Doc, Doc, unknown[]]> = [
    ['insert', { insert: 'rows', documents: [{ _id: 1 }, { _id: 2 }] }, { n: 2 }, [{ _id: 1 }, { _id: 2 }, { _id: 9, n: 0 }]],
    ['update', { update: 'rows', updates: [{ q: { _id: 9 }, u: { $inc: { n: 1 } } }] }, { n: 1, nModified: 1 }, [{ _id: 9, n: 1 }]],
    [
      'upsert',
      { update: 'rows', updates: [{ q: { _id: 1 }, u: { $inc: { n: 1 } }, upsert: true }] },
      { n: 1, nModified: 0, upserted: [{ index: 0, _id: 1 }] },
      [
        { _id: 1, n: 1 },
        { _id: 9, n: 0 },
      ],
    ],
    ['delete', { delete: 'rows', deletes: [{ q: { _id: 9 }, limit: 1 }] }, { n: 1 }, []],
    [
      'findAndModify',
      { findAndModify: 'rows', query: { _id: 9 }, update: { $inc: { n: 1 } }, new: true, fields: { n: 1 } },
      { lastErrorObject: { n: 1, updatedExisting: true }, value: { _id: 9, n: 1 } },
      [{ _id: 9, n: 1 }],
    ],
  ];
  it.each(once)('is done once and answered twice: %s', async (_name, command, answer, after) => {
    await rows.insertOne({ _id: 9 as never, n: 0 });
    const run = begin();
    expect(await run(command, 1)).toMatchObject({ ...answer, ok: 1 });
    expect(await run(command, 1)).toMatchObject({ ...answer, ok: 1 });
    expect(await rows.find().sort({ _id: 1 }).toArray()).toEqual(after);
  });

  it('is done on from where an ordered batch stopped', async () => {
    await rows.createIndex({ u: 1 }, { unique: true, sparse: true });
    await rows.insertOne({ _id: 5 as never, u: 2 });
    const updates = [1, 2, 3].map((u) => ({ q: { _id: u }, u: { $set: { u }, $inc: { n: 1 } }, upsert: true }));
    const run = begin();
    expect(await run({ update: 'rows', updates }, 1)).toMatchObject({ n: 1, writeErrors: [{ index: 1, code: 11000 }] });
    await rows.deleteOne({ _id: 5 as never });
    const again = await run({ update: 'rows', updates }, 1);
    expect(again).toMatchObject({ n: 3, upserted: [0, 1, 2].map((index) => ({ index, _id: index + 1 })), retriedStmtIds: [0] });
    expect(again).not.toHaveProperty('writeErrors');
    expect(await rows.find().sort({ _id: 1 }).toArray()).toEqual([1, 2, 3].map((u) => ({ _id: u, n: 1, u })));
    await rows.dropIndex('u_1');
  });

  it('is refused when a later one of its session was done, and done when it is the later one', async () => {
    const run = begin();
    const insert = (_id: number, number: number): Promise<Doc> => run({ insert: 'rows', documents: [{ _id }] }, number);
    await insert(1, 5);
    expect(await errorOf(insert(2, 4))).toMatchObject({ code: 225, codeName: 'TransactionTooOld' });
    await insert(3, 6);
    expect((await rows.find().sort({ _id: 1 }).toArray()).map(({ _id }) => _id)).toEqual([1, 3]);
  });

  it.each<[string, Doc, number, number]>([
    ['a negative number', { insert: 'rows', documents: [{}] }, -1, 72],
    ['an update of many', { update: 'rows', updates: [{ q: {}, u: { $set: { a: 1 } }, multi: true }] }, 1, 72],
    ['a deletion of many', { delete: 'rows', deletes: [{ q: {}, limit: 0 }] }, 1, 72],
    ['a read', { count: 'rows' }, 1, 50768],
  ])('is refused: %s', async (_title, command, number, code) => {
    expect((await errorOf(begin()(command, number))).code).toBe(code);
    expect(await rows.countDocuments()).toBe(0);
  });

  it('is never part of a transaction, which the built-in store refuses in plain words', async () => {
    if (!server.builtIn) return;
    const session = server.client.startSession();
    const error = await errorOf(session.withTransaction(() => rows.insertOne({ a: 1 }, { session })));
    expect(error).toMatchObject({ code: 115, message: expect.stringContaining('does not do transactions') });
    await session.endSession();
    expect(await rows.countDocuments()).toBe(0);
  });
});

describe('drivers and the set of one', () => {
  let folder: string;
  let store: RunningStore;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'lxq-Retry-'));
    store = await startStore({ folder, socket: join(folder, 'Store.sock'), port: 0 });
  });
  afterAll(async () => {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const addresses: Array<[string, () => string]> = [
    ['the address the store gives', () => store.uri('driven')],
    ['a port, directly', () => `mongodb://127.0.0.1:${store.port}/driven?directConnection=true`],
    ['a port, by the name of the set', () => `mongodb://localhost:${store.port}/driven?replicaSet=rs0`],
    ['a port, with nothing said', () => `mongodb://127.0.0.1:${store.port}/driven`],
  ];
  it.each(addresses)('number their writes: %s', async (_title, address) => {
    const connection = await mongoose
      .createConnection(address(), { monitorCommands: true, autoCreate: false, autoIndex: false, serverSelectionTimeoutMS: 3000 })
      .asPromise();
    const numbers: Array<[string, boolean]> = [];
    connection.getClient().on('commandStarted', ({ commandName, command }: { commandName: string; command: Doc }) => {
      numbers.push([commandName, command['txnNumber'] !== undefined && command['lsid'] !== undefined]);
    });
    const rows = connection.collection<{ _id: number; n?: number }>('rows');
    await rows.insertOne({ _id: 1 });
    await rows.insertMany([{ _id: 2 }, { _id: 3 }]);
    await rows.updateOne({ _id: 1 }, { $inc: { n: 1 } }, { upsert: true });
    await rows.findOneAndUpdate({ _id: 1 }, { $inc: { n: 1 } });
    await rows.deleteOne({ _id: 3 });
    await rows.bulkWrite([{ updateOne: { filter: { _id: 1 }, update: { $inc: { n: 1 } } } }]);
    await connection.model('Thing', new mongoose.Schema({ n: Number })).create({ n: 1 });
    await rows.deleteMany({});
    await connection.close();
    expect(numbers.filter(([name]) => name !== 'endSessions')).toEqual([
      ['insert', true],
      ['insert', true],
      ['update', true],
      ['findAndModify', true],
      ['delete', true],
      ['update', true],
      ['insert', true],
      ['delete', false],
    ]);
  });
});

describe('what is kept of a write', () => {
  it('holds across kill -9 and a new start', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'lxq-retry-'));
    const write = { update: 'rows', updates: [{ q: { _id: 1 }, u: { $inc: { n: 1 } }, upsert: true }] };
    const id = new UUID();
    for (const life of [1, 2, 3]) {
      const server = await findMongodb({ folder, production: false, mongodBinary: '' });
      const client = await new mongoose.mongo.MongoClient(server.uri('kept')).connect();
      expect(await session(client, 'kept', id)(write, 7)).toMatchObject({ n: 1, upserted: [{ index: 0, _id: 1 }], ok: 1 });
      expect({ life, rows: await client.db().collection('rows').find().toArray() }).toEqual({ life, rows: [{ _id: 1, n: 1 }] });
      const { pid } = await client.db().admin().serverStatus();
      process.kill(Number(pid), 'SIGKILL');
      await client.close(true);
      await server.stop();
    }
    rmSync(folder, { recursive: true, force: true });
  });

  it('is forgotten after half an hour, and not before', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'lxq-retry-'));
    const store = await startStore({ folder });
    const client = await new mongoose.mongo.MongoClient(store.uri('kept'), { retryWrites: false }).connect();
    for (let n = 0; n < 3; n++) await session(client, 'kept')({ insert: 'rows', documents: [{ n }] }, 1);
    await client.close();
    await store.close();
    const opened = await openFolder(folder);
    const { engine } = opened.store.documents;
    const minutes = (count: number): Date => new Date(Date.now() + count * 60_000);
    expect([
      await forgetRetries(engine, minutes(29)),
      await forgetRetries(engine, minutes(31)),
      await forgetRetries(engine, minutes(31)),
    ]).toEqual([0, 3, 0]);
    await opened.close();
    rmSync(folder, { recursive: true, force: true });
  });
});
