import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { errorOf, openServer, type TestServer } from './server';

type Collection = ReturnType<TestServer['db']['collection']>;

let server: TestServer;
beforeAll(async () => {
  server = await openServer();
});
afterAll(() => server.close());

// MongoDB's manual, "MongoDB Limits and Thresholds": 100 MB for a stage that may not use the disk, 16 MB for a document.
describe('what a command may hold', () => {
  const megabyte = 'x'.repeat(1024 * 1024);
  let large: Collection;
  beforeAll(async () => {
    large = server.db.collection('large');
    await large.createIndex({ n: 1 });
    for (let n = 0; n < 105; n += 15) {
      await large.insertMany(Array.from({ length: 15 }, (_, at) => ({ n: n + at, m: -n - at, pad: megabyte })));
    }
  }, 600_000);

  it('is 100 MB for a sort without an index, and error 292 beyond', async () => {
    const sorted = large.find({}, { sort: { m: 1 } });
    expect(await errorOf(sorted.toArray())).toMatchObject({ code: 292, codeName: 'QueryExceededMemoryLimitNoDiskUseAllowed' });
    const staged = large.aggregate([{ $limit: 105 }, { $sort: { m: 1 } }]);
    expect(await errorOf(staged.toArray())).toMatchObject({ code: 292 });
  });

  it('does not count for a sort that an index gives, or of which only the first are wanted', async () => {
    let before = -1;
    for await (const { n } of large.find({}, { sort: { n: 1 }, batchSize: 5 })) {
      expect(n).toBe(before + 1);
      before = Number(n);
    }
    expect(before).toBe(104);
    const first = await large.find({}, { sort: { m: 1 }, limit: 2, projection: { m: 1, _id: 0 } }).toArray();
    expect(first).toEqual([{ m: -104 }, { m: -103 }]);
  });

  it('is 16 MB for one batch, so that large documents come in several', async () => {
    const reply = await server.db.command({ find: 'large', sort: { n: 1 }, batchSize: 100 }, { promoteLongs: false });
    expect(reply['cursor'].firstBatch.length).toBeLessThanOrEqual(16);
    expect(reply['cursor'].firstBatch.length).toBeGreaterThan(10);
    await server.db.command({ killCursors: 'large', cursors: [reply['cursor'].id] });
  });

  it('is 16 MB for a document, also when an update makes it that large', async () => {
    const collection = server.db.collection<{ _id: number; list: string[] }>('growing');
    await collection.insertOne({ _id: 1, list: Array.from({ length: 15 }, () => megabyte) });
    const error = await errorOf(collection.updateOne({ _id: 1 }, { $push: { list: megabyte.repeat(2) } }));
    expect([17419, 10334]).toContain(error.code);
    expect((await collection.findOne({}))?.list).toHaveLength(15);
  });

  it('is 16 MB for distinct values', async () => {
    const collection = server.db.collection('words');
    for (let n = 0; n < 20; n += 10) await collection.insertMany(Array.from({ length: 10 }, (_, at) => ({ w: `${n + at}${megabyte}` })));
    expect(await errorOf(collection.distinct('w'))).toMatchObject({ code: 17217 });
  });
});

describe('a write command', () => {
  let rows: Collection;
  beforeAll(() => {
    rows = server.db.collection('rows');
  });

  it('tells n, nModified and every upserted _id by its place', async () => {
    await rows.insertOne({ _id: 1 as never, a: 1 });
    const reply = await server.db.command({
      update: 'rows',
      updates: [
        { q: { _id: 1 }, u: { $set: { a: 1 } } },
        { q: { _id: 1 }, u: { $set: { a: 2 } } },
        { q: { _id: 5 }, u: { $set: { a: 5 } }, upsert: true },
        { q: { a: 99 }, u: { $set: { b: 1 } } },
        { q: { _id: 6 }, u: { a: 6 }, upsert: true },
      ],
    });
    expect(reply).toMatchObject({
      n: 4,
      nModified: 1,
      upserted: [
        { index: 2, _id: 5 },
        { index: 4, _id: 6 },
      ],
      ok: 1,
    });
    expect(reply).not.toHaveProperty('writeErrors');
  });

  it('stops at its first error when ordered, and names every error by its place when not', async () => {
    const updates = [
      { q: { _id: 1 }, u: { $set: { _id: 2 } } },
      { q: { _id: 1 }, u: { $inc: { a: 'x' } } },
      { q: { _id: 1 }, u: { $set: { last: true } } },
    ];
    const ordered = await server.db.command({ update: 'rows', updates });
    expect(ordered).toMatchObject({ ok: 1, n: 0, nModified: 0, writeErrors: [{ index: 0, code: 66, errmsg: expect.any(String) }] });
    expect(ordered['writeErrors']).toHaveLength(1);
    const all = await server.db.command({ update: 'rows', updates, ordered: false });
    expect(all).toMatchObject({ ok: 1, n: 1, nModified: 1 });
    expect(all['writeErrors']).toMatchObject([
      { index: 0, code: 66 },
      { index: 1, code: 14 },
    ]);
  });

  it('is one effect or none on each document: a failed change leaves nothing of itself', async () => {
    await rows.createIndex({ u: 1 }, { unique: true, sparse: true });
    await rows.insertMany([
      { _id: 20 as never, u: 1 },
      { _id: 21 as never, u: 2, n: 0 },
    ]);
    expect(await errorOf(rows.updateOne({ _id: 21 as never }, { $inc: { n: 1 }, $set: { u: 1 } }))).toMatchObject({
      code: 11000,
      keyPattern: { u: 1 },
      keyValue: { u: 1 },
    });
    expect(await rows.findOne({ _id: 21 as never })).toEqual({ _id: 21, u: 2, n: 0 });
  });

  it('may not be empty', async () => {
    for (const command of [
      { insert: 'rows', documents: [] },
      { update: 'rows', updates: [] },
      { delete: 'rows', deletes: [] },
    ])
      expect(await errorOf(server.db.command(command))).toMatchObject({ code: 16 });
  });

  it('refuses what a set of one cannot do: two members, an unknown mode, a limit of two', async () => {
    const documents = [{ a: 1 }];
    expect(await errorOf(server.db.command({ delete: 'rows', deletes: [{ q: {}, limit: 2 }] }))).toMatchObject({ code: 9 });
    if (!server.builtIn) return;
    expect(await errorOf(server.db.command({ insert: 'rows', documents, writeConcern: { w: 2 } }))).toMatchObject({ code: 100 });
    expect(await errorOf(server.db.command({ insert: 'rows', documents, writeConcern: { w: 'both' } }))).toMatchObject({ code: 79 });
  });
});

describe('MongoDB’s types in comparison', () => {
  it('stand in the order of BSON, ascending and descending, with and without an index', async () => {
    const { MinKey, MaxKey, ObjectId, Binary, Timestamp, BSONRegExp, Long } = await import('bson');
    const values: unknown[] = [
      new MinKey(),
      null,
      -1.5,
      Long.fromNumber(0),
      0.5,
      7,
      '',
      'Z',
      'a',
      '中',
      { a: 1 },
      { a: 2 },
      new Binary(Buffer.of(1)),
      new ObjectId('000000000000000000000001'),
      false,
      true,
      new Date(-1),
      new Date(1),
      new Timestamp({ t: 1, i: 1 }),
      new BSONRegExp('a'),
      new MaxKey(),
    ];
    const collection = server.db.collection('order');
    // Inserted in another order than the one expected, so that nothing comes out right by accident.
    const rows = values.map((v, _id) => ({ _id, v }));
    await collection.insertMany([...rows.filter((_, n) => n % 2), ...rows.filter((_, n) => n % 2 === 0)] as never[]);
    const ids = async (direction: 1 | -1): Promise<unknown[]> =>
      (await collection.find({}, { sort: { v: direction }, projection: { _id: 1 } }).toArray()).map(({ _id }) => _id);
    const expected = rows.map(({ _id }) => _id);
    expect([await ids(1), await ids(-1)]).toEqual([expected, [...expected].reverse()]);
    await collection.createIndex({ v: 1 });
    expect([await ids(1), await ids(-1)]).toEqual([expected, [...expected].reverse()]);
  });
});
