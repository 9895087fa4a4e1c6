import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import mongoose from 'mongoose';
import { errorOf, openServer, type TestServer } from './server';

const { Code, Decimal128 } = mongoose.mongo.BSON;

let server: TestServer;
beforeAll(async () => {
  server = await openServer();
});
afterAll(() => server.close());

const collectionOf = (name: string): ReturnType<TestServer['db']['collection']> => server.db.collection(name);

interface Stage {
  stage?: string;
  indexName?: string;
  inputStage?: Stage;
  inputStages?: Stage[];
}

/** The names of the stages of a plan, from the top down. */
const stages = (plan: Stage): string[] => [
  plan.stage ?? '',
  ...[plan.inputStage, ...(plan.inputStages ?? [])].flatMap((inner) => (inner ? stages(inner) : [])),
];

describe('indexes', () => {
  it('refuse a second document with the same key and say which', async () => {
    const collection = collectionOf('unique');
    await collection.createIndex({ body: 1, number: 1 }, { unique: true });
    await collection.insertOne({ body: 'gs', number: 1 });
    expect(await errorOf(collection.insertOne({ body: 'gs', number: 1 }))).toMatchObject({
      code: 11000,
      keyPattern: { body: 1, number: 1 },
      keyValue: { body: 'gs', number: 1 },
    });
    await collection.insertOne({ body: 'gs' });
    expect(await errorOf(collection.insertOne({ body: 'gs' }))).toMatchObject({ code: 11000, keyValue: { body: 'gs', number: null } });
    expect(await errorOf(collection.updateOne({ number: 1 }, { $unset: { number: 1 } }))).toMatchObject({ code: 11000 });
  });

  it('of many inserts of one key at once let exactly one in', async () => {
    const collection = collectionOf('race');
    await collection.createIndex({ key: 1 }, { unique: true });
    const results = await Promise.allSettled(Array.from({ length: 50 }, () => collection.insertOne({ key: 'one' })));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await collection.countDocuments()).toBe(1);
  });

  it('may be partial: only the documents they hold must differ', async () => {
    const collection = collectionOf('partial');
    await collection.createIndex({ slot: 1 }, { unique: true, partialFilterExpression: { active: true } });
    await collection.insertMany([{ slot: 1 }, { slot: 1 }, { slot: 1, active: true }]);
    expect(await errorOf(collection.insertOne({ slot: 1, active: true }))).toMatchObject({ code: 11000 });
    expect(await collection.countDocuments({ slot: 1 })).toBe(3);
    expect(await collection.countDocuments({ slot: 1, active: true })).toBe(1);
  });

  it('may be sparse: documents without the field stay outside and are found all the same', async () => {
    const collection = collectionOf('sparse');
    await collection.createIndex({ code: 1 }, { unique: true, sparse: true });
    await collection.insertMany([{ a: 1 }, { a: 2 }, { code: 'x' }]);
    expect(await collection.countDocuments({ code: null })).toBe(2);
    expect(await collection.find().sort({ code: 1 }).toArray()).toHaveLength(3);
  });

  it('are not built over duplicates', async () => {
    const collection = collectionOf('duplicates');
    await collection.insertMany([{ k: 1 }, { k: 1 }]);
    expect(await errorOf(collection.createIndex({ k: 1 }, { unique: true }))).toMatchObject({ code: 11000 });
    expect((await collection.indexes()).map(({ name }) => name)).toEqual(['_id_']);
    await collection.deleteOne({ k: 1 });
    await collection.createIndex({ k: 1 }, { unique: true });
  });

  it('are listed, refused when they contradict, and dropped', async () => {
    const collection = collectionOf('listed');
    expect(await collection.createIndex({ a: 1, b: -1 })).toBe('a_1_b_-1');
    await collection.createIndex({ a: 1, b: -1 });
    await collection.createIndex({ at: 1 }, { expireAfterSeconds: 60 });
    expect(await errorOf(collection.createIndex({ a: 1, b: -1 }, { name: 'other' }))).toMatchObject({ code: 85 });
    expect(await errorOf(collection.createIndex({ c: 1 }, { name: 'a_1_b_-1' }))).toMatchObject({ code: 86 });
    expect(await errorOf(collection.createIndex({ a: 1, b: -1 }, { unique: true }))).toMatchObject({ code: 86 });
    expect(await collection.indexes()).toMatchObject([
      { name: '_id_' },
      { key: { a: 1, b: -1 } },
      { key: { at: 1 }, expireAfterSeconds: 60 },
    ]);
    await collection.dropIndex('a_1_b_-1');
    expect(await errorOf(collection.dropIndex('a_1_b_-1'))).toMatchObject({ code: 27 });
    expect(await errorOf(collection.dropIndex('_id_'))).toMatchObject({ code: 72 });
    expect(await errorOf(collectionOf('nowhere').indexes())).toMatchObject({ code: 26 });
  });

  it('refuse two arrays in one index', async () => {
    const collection = collectionOf('parallel');
    await collection.createIndex({ a: 1, b: 1 });
    expect(await errorOf(collection.insertOne({ a: [1], b: [2] }))).toMatchObject({ code: 171 });
  });

  it('hold values of any length apart', async () => {
    const collection = collectionOf('long');
    await collection.createIndex({ text: 1 }, { unique: true });
    const long = 'x'.repeat(5000);
    await collection.insertMany([{ text: `${long}a` }, { text: `${long}b` }]);
    expect(await errorOf(collection.insertOne({ text: `${long}a` }))).toMatchObject({ code: 11000 });
    expect(await collection.find({ text: { $gte: `${long}b` } }).toArray()).toHaveLength(1);
    expect((await collection.find().sort({ text: -1 }).toArray()).map(({ text }) => String(text).at(-1))).toEqual(['b', 'a']);
  });
});

describe('explain', () => {
  beforeAll(async () => {
    const collection = collectionOf('plans');
    await collection.createIndexes([
      { key: { body: 1, at: -1 } },
      { key: { tags: 1 } },
      { key: { once: 1 }, unique: true, partialFilterExpression: { live: true } },
    ]);
    await collection.insertMany(
      Array.from({ length: 100 }, (_, n) => ({
        _id: n as never,
        body: n % 2 ? 'a' : 'b',
        at: n,
        tags: [`t${n % 10}`],
        once: n,
        live: n < 50,
      })),
    );
  });

  const plans: Array<[string, Record<string, unknown>, { sort: Record<string, 1 | -1>; count: number; index?: string }]> = [
    ['an equality before a range and a sort', { body: 'a', at: { $gte: 90 } }, { sort: { at: -1 }, count: 5, index: 'body_1_at_-1' }],
    ['a sort of an index read backwards', { body: 'a' }, { sort: { at: 1 }, count: 50, index: 'body_1_at_-1' }],
    ['_id', { _id: 7 }, { sort: {}, count: 1, index: '_id_' }],
    ['$in', { body: { $in: ['a', 'c'] }, at: 3 }, { sort: {}, count: 1, index: 'body_1_at_-1' }],
    ['an element of an array', { tags: 't3' }, { sort: {}, count: 10, index: 'tags_1' }],
    ['a partial index, when the filter says what it holds', { once: 3, live: true }, { sort: {}, count: 1, index: 'once_1' }],
    ['no index for a field that has none', { live: true }, { sort: {}, count: 50 }],
    ['no partial index without its condition', { once: 3 }, { sort: {}, count: 1 }],
  ];
  it.each(plans)('tells the index of %s', async (_title, filter, { sort, count, index }) => {
    const explained = await collectionOf('plans')
      .find(filter as never)
      .sort(sort)
      .explain('queryPlanner');
    const text = JSON.stringify(explained['queryPlanner'].winningPlan);
    const used = /"indexName":"([^"]+)"/.exec(text)?.[1] ?? (text.includes('IDHACK') || text.includes('EXPRESS') ? '_id_' : undefined);
    expect(used).toBe(index);
    expect(text.includes('COLLSCAN')).toBe(index === undefined);
    expect(text.includes('"SORT"')).toBe(false);
    expect(await collectionOf('plans').countDocuments(filter as never)).toBe(count);
  });

  it('tells a sort that no index gives', async () => {
    const explained = await collectionOf('plans').find({}).sort({ live: 1 }).explain('queryPlanner');
    expect(stages(explained['queryPlanner'].winningPlan as Stage)).toContain('SORT');
  });
});

describe('collections', () => {
  it('are created once, listed and dropped', async () => {
    await server.db.createCollection('made');
    expect(await errorOf(server.db.command({ create: 'made' }))).toMatchObject({ code: 48 });
    expect(await server.db.listCollections({ name: 'made' }).toArray()).toMatchObject([{ name: 'made', type: 'collection' }]);
    await collectionOf('made').insertOne({ a: 1 });
    expect(await collectionOf('made').drop()).toBe(true);
    expect(await collectionOf('made').countDocuments()).toBe(0);
  });

  it('that are dropped do not come back, and their name is free', async () => {
    const collection = collectionOf('again');
    await collection.insertMany(Array.from({ length: 5000 }, (_, n) => ({ n })));
    await collection.drop();
    await collection.insertOne({ n: -1 });
    expect(await collection.find().toArray()).toMatchObject([{ n: -1 }]);
  });
});

describe('cursors', () => {
  // Manual, "Cursors": a document is given once where the index is not changed under the cursor, as it is when it is read.
  it('over an index show what is changed, taken away and added further on between two batches', async () => {
    const collection = server.db.collection<{ n: number; seen: boolean }>('shifting');
    await collection.createIndex({ n: 1 });
    await collection.insertMany(Array.from({ length: 1000 }, (_, n) => ({ n, seen: false })));
    for (const direction of [1, -1] as const) {
      const cursor = collection.find({}, { sort: { n: direction }, batchSize: 60 });
      const order = (n: number): number => (direction === 1 ? n : 999 - n);
      for (let at = 0; at < 60; at++) expect(await cursor.next()).toMatchObject({ n: order(at), seen: direction === -1 });
      await collection.updateMany({}, { $set: { seen: direction === 1 } });
      await collection.deleteOne({ n: order(70) });
      await collection.insertOne({ n: order(500), seen: direction === 1 });
      const rest = await cursor.toArray();
      expect(rest).toHaveLength(940);
      expect(rest.filter(({ seen }) => seen !== (direction === 1))).toEqual([]);
      expect(rest.map(({ n }) => n)).not.toContain(order(70));
      expect(rest.filter(({ n }) => n === order(500))).toHaveLength(2);
      await collection.insertOne({ n: order(70), seen: direction === 1 });
      await collection.deleteOne({ n: order(500) });
    }
  });

  it('over an index give small and large documents whole, near each other and far apart', async () => {
    const collection = server.db.collection('sizes');
    await collection.createIndex({ n: 1 });
    const pad = (n: number): string => String(n % 10).repeat(n % 50 === 7 ? 300_000 : n % 90);
    // By turns near in the order of insertion, backwards, and all over it.
    const where = (n: number): number => (n < 200 ? n : n < 400 ? 599 - n : 400 + ((n * 77) % 200));
    await collection.insertMany(Array.from({ length: 600 }, (_, at) => ({ n: where(at), pad: pad(where(at)) })));
    const found = await collection.find({}, { sort: { n: 1 } }).toArray();
    expect(found.map(({ n }) => n)).toEqual(Array.from({ length: 600 }, (_, n) => n));
    expect(found.filter((one) => one['pad'] !== pad(Number(one['n'])))).toEqual([]);
    expect(await collection.find({ pad: /^3/ }, { sort: { n: -1 }, skip: 3, limit: 20 }).toArray()).toHaveLength(20);
  });

  it('give everything in batches and end', async () => {
    const collection = collectionOf('batches');
    await collection.insertMany(Array.from({ length: 250 }, (_, n) => ({ n })));
    const first = await server.db.command({ find: 'batches', sort: { _id: 1 }, batchSize: 100 }, { promoteLongs: false });
    expect(first['cursor'].firstBatch).toHaveLength(100);
    const next = await server.db.command({ getMore: first['cursor'].id, collection: 'batches', batchSize: 100 }, { promoteLongs: false });
    expect(next['cursor'].nextBatch[0].n.valueOf()).toBe(100);
    await server.db.command({ killCursors: 'batches', cursors: [first['cursor'].id] });
    expect(await errorOf(server.db.command({ getMore: first['cursor'].id, collection: 'batches' }))).toMatchObject({ code: 43 });
    const one = await server.db.command({ find: 'batches', batchSize: 5, singleBatch: true });
    expect(one['cursor']).toMatchObject({ id: 0 });
    expect(await collection.find({}, { batchSize: 7 }).toArray()).toHaveLength(250);
  });

  it('meet documents that change meanwhile without losing the others', async () => {
    const collection = collectionOf('moving');
    await collection.createIndex({ n: 1 });
    await collection.insertMany(Array.from({ length: 100 }, (_, n) => ({ n })));
    const seen: number[] = [];
    for await (const { n } of collection
      .find({ n: { $gte: 0 } })
      .sort({ n: 1 })
      .batchSize(10)) {
      seen.push(Number(n));
      if (n === 20) await collection.deleteMany({ n: { $gte: 50, $lt: 60 } });
    }
    expect(seen).toEqual([...Array(100).keys()].filter((n) => n < 50 || n >= 60));
  });
});

describe('commands', () => {
  it('answer what the driver and doctor ask', async () => {
    expect(await server.db.command({ ping: 1 })).toMatchObject({ ok: 1 });
    const hello = await server.db.command({ hello: 1 });
    expect(hello).toMatchObject({ isWritablePrimary: true, maxBsonObjectSize: 16_777_216 });
    if (server.builtIn)
      expect(hello).toMatchObject({ setName: 'rs0', me: hello['primary'], maxWireVersion: 21, logicalSessionTimeoutMinutes: 30 });
    expect(await server.db.admin().serverStatus()).toMatchObject({ ok: 1, version: expect.any(String) });
    expect((await server.db.admin().listDatabases()).databases.map(({ name }) => name)).toContain(server.db.databaseName);
  });

  it('refuse a document that is too large', async () => {
    expect(await errorOf(collectionOf('large').insertOne({ pad: 'x'.repeat(16 * 1024 * 1024 + 1) }))).toMatchObject({
      message: expect.stringMatching(/large|size/),
    });
  });

  it('refuse an unknown command and an unknown option', async () => {
    expect(await errorOf(server.db.command({ noSuchThing: 1 }))).toMatchObject({ code: 59, codeName: 'CommandNotFound' });
    expect(await errorOf(server.db.command({ find: 'x', unknownOption: 1 }))).toMatchObject({ code: 40415 });
    expect(await errorOf(server.db.command({ find: 'a$b' }))).toMatchObject({ code: 73 });
  });

  it('stop after maxTimeMS', async () => {
    const collection = collectionOf('slow');
    await collection.insertMany(Array.from({ length: 20_000 }, (_, n) => ({ n, text: 'x'.repeat(300) })));
    const slow = { $and: Array.from({ length: 50 }, (_, n) => ({ text: { $not: new RegExp(`${n}.*y`) } })) };
    expect(await errorOf(collection.find({ ...slow, n: -1 }, { maxTimeMS: 20 }).toArray())).toMatchObject({ code: 50 });
  });
});

describe('what the built-in store does not do', () => {
  const refusals: Array<[string, (db: TestServer['db']) => Promise<unknown>]> = [
    [
      'collations',
      (db) =>
        db
          .collection('x')
          .find({}, { collation: { locale: 'zh' } })
          .toArray(),
    ],
    ['an index with a collation', (db) => db.collection('x').createIndex({ a: 1 }, { collation: { locale: 'zh' } })],
    ['text indexes', (db) => db.collection('x').createIndex({ a: 'text' })],
    ['geo indexes', (db) => db.collection('x').createIndex({ a: '2dsphere' })],
    ['hashed indexes', (db) => db.collection('x').createIndex({ a: 'hashed' })],
    ['wildcard indexes', (db) => db.collection('x').createIndex({ '$**': 1 })],
    ['$where', (db) => db.collection('x').find({ $where: 'true' }).toArray()],
    [
      '$text',
      (db) =>
        db
          .collection('x')
          .find({ $text: { $search: 'a' } })
          .toArray(),
    ],
    [
      '$near',
      (db) =>
        db
          .collection('x')
          .find({ a: { $near: [1, 2] } })
          .toArray(),
    ],
    ['$jsonSchema', (db) => db.collection('x').find({ $jsonSchema: {} }).toArray()],
    [
      'change streams',
      (db) =>
        db
          .collection('x')
          .aggregate([{ $changeStream: {} }])
          .toArray(),
    ],
    [
      '$out',
      (db) =>
        db
          .collection('x')
          .aggregate([{ $out: 'y' }])
          .toArray(),
    ],
    [
      '$merge',
      (db) =>
        db
          .collection('x')
          .aggregate([{ $merge: 'y' }])
          .toArray(),
    ],
    [
      '$expr',
      (db) =>
        db
          .collection('x')
          .find({ $expr: { $eq: ['$a', 1] } })
          .toArray(),
    ],
    [
      '$mod',
      (db) =>
        db
          .collection('x')
          .find({ a: { $mod: [2, 1] } })
          .toArray(),
    ],
    [
      '$bitsAllSet',
      (db) =>
        db
          .collection('x')
          .find({ a: { $bitsAllSet: [1] } })
          .toArray(),
    ],
    ['Decimal128', (db) => db.collection('x').insertOne({ a: Decimal128.fromString('1') })],
    ['code', (db) => db.collection('x').insertOne({ a: new Code('x') })],
    ['hints', (db) => db.collection('x').find({}, { hint: '_id_' }).toArray()],
    [
      'variables',
      (db) =>
        db
          .collection('x')
          .find({}, { let: { a: 1 } })
          .toArray(),
    ],
    ['the positional $ in a projection', (db) => db.collection('x').findOne({ a: 1 }, { projection: { 'a.$': 1 } })],
    ['$slice in a projection', (db) => db.collection('x').findOne({}, { projection: { a: { $slice: 1 } } })],
    ['a hidden index', (db) => db.collection('x').createIndex({ a: 1 }, { hidden: true })],
    ['collMod', (db) => db.command({ collMod: 'x' })],
    ['renameCollection', (db) => db.collection('x').rename('y')],
    ['explain of what it found', (db) => db.collection('x').find({}).explain('executionStats')],
    ['explain of a pipeline', (db) => db.collection('x').aggregate([]).explain('queryPlanner')],
    [
      '$graphLookup',
      (db) =>
        db
          .collection('x')
          .aggregate([{ $graphLookup: { from: 'y', startWith: '$a', connectFromField: 'a', connectToField: 'b', as: 'z' } }])
          .toArray(),
    ],
    ['capped collections', (db) => db.createCollection('capped', { capped: true, size: 1000 })],
    ['views', (db) => db.createCollection('view', { viewOn: 'x' })],
    ['validators with $jsonSchema', (db) => db.createCollection('valid', { validator: { $jsonSchema: { required: ['a'] } } })],
    [
      'a foreign regular expression',
      (db) =>
        db
          .collection('x')
          .find({ a: { $regex: '(?i)a' } })
          .toArray(),
    ],
    ['map-reduce', (db) => db.command({ mapReduce: 'x', map: 'f', reduce: 'g', out: { inline: 1 } })],
    ['bulkWrite of many collections', (db) => db.admin().command({ bulkWrite: 1, ops: [], nsInfo: [] })],
  ];
  it.each(refusals)('is said loudly: %s', async (_title, ask) => {
    // A real MongoDB does these things; only the refusal is this store's own.
    if (!server.builtIn) return;
    const error = await errorOf(ask(server.db));
    expect(error.message).toMatch(/built-in store/);
    expect(error.code).toEqual(expect.any(Number));
  });
});
