import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import mongoose from 'mongoose';
import { errorOf, openServer, type TestServer } from './server';

const { MaxKey, MinKey } = mongoose.mongo.BSON;
type Doc = Record<string, unknown>;

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

const ids = async (cursor: { toArray(): Promise<Array<{ _id: unknown }>> }): Promise<unknown[]> =>
  (await cursor.toArray()).map(({ _id }) => _id);

// Places where an implementation easily differs from MongoDB without saying so.
describe('a sort over arrays', () => {
  const pairs = [
    {
      _id: 1,
      a: [
        { b: 1, c: 9 },
        { b: 2, c: 0 },
      ],
    },
    { _id: 2, a: [{ b: 1, c: 5 }] },
    { _id: 3, a: [] },
    { _id: 4 },
    { _id: 5, a: { b: 1, c: 7 } },
  ];

  it.each([false, true])('takes two fields of one array from the same element (with an index: %s)', async (indexed) => {
    if (indexed) await rows.createIndex({ 'a.b': 1, 'a.c': 1 });
    await rows.insertMany(pairs as never[]);
    expect(await ids(rows.find().sort({ 'a.b': 1, 'a.c': 1, _id: 1 }))).toEqual([3, 4, 2, 5, 1]);
    expect(await ids(rows.find().sort({ 'a.b': -1, 'a.c': -1, _id: 1 }))).toEqual([1, 5, 2, 3, 4]);
    if (indexed) await rows.dropIndex('a.b_1_a.c_1');
  });

  it('is refused where two of its fields are different arrays', async () => {
    await rows.insertOne({ a: [1], b: [2] });
    expect(await errorOf(rows.find().sort({ a: 1, b: 1 }).toArray())).toMatchObject({ code: 2 });
    expect(await rows.find().sort({ a: 1 }).toArray()).toHaveLength(1);
  });
});

describe('MinKey and MaxKey', () => {
  it('are beyond everything, also beyond what is not there', async () => {
    await rows.insertMany([{ _id: 1 as never, a: 1 }, { _id: 2 as never }, { _id: 3 as never, a: null }]);
    expect(await ids(rows.find({ a: { $lt: new MaxKey() } }).sort({ _id: 1 }))).toEqual([1, 2, 3]);
    expect(await ids(rows.find({ a: { $gt: new MinKey() } }).sort({ _id: 1 }))).toEqual([1, 2, 3]);
    expect(await ids(rows.find({ a: { $gte: new MaxKey() } }))).toEqual([]);
  });
});

// Manual, "db.collection.update()": the new document has the equalities of the filter, which must be of one value each.
describe('an upsert whose filter says no single value', () => {
  const filters: Array<[Doc, number]> = [
    [{ x: { $all: [1, 2] } }, 54],
    [{ x: {}, 'x.x': 1 }, 54],
    [{ 'x.x': 1, x: {} }, 54],
    [{ $and: [{ x: 1 }, { x: 1 }] }, 54],
    [{ x: 1, $or: [{ 'x.y': 2 }] }, 54],
  ];
  it.each(filters)('fails: %j', async (filter, code) => {
    expect(await errorOf(rows.updateOne(filter as never, { $set: { a: 1 } }, { upsert: true }))).toMatchObject({ code });
    expect(await rows.countDocuments()).toBe(0);
  });

  it('fails for a replacement that would have to guess its _id', async () => {
    expect(await errorOf(rows.replaceOne({ '_id.a': 1 }, { b: 1 }, { upsert: true }))).toMatchObject({ code: 111 });
  });

  it.each<[Doc, Doc]>([
    [{ x: { $all: [1] } }, { x: 1, a: 1 }],
    [{ x: { $in: [1] } }, { x: 1, a: 1 }],
    [{ x: { $in: [1, 2] } }, { a: 1 }],
    [
      { 'x.y': 1, 'x.z': 2 },
      { x: { y: 1, z: 2 }, a: 1 },
    ],
    [
      { x: { $gt: 1 }, xy: 2 },
      { xy: 2, a: 1 },
    ],
  ])('does not fail where it says one: %j', async (filter, made) => {
    await rows.updateOne(filter as never, { $set: { a: 1 } }, { upsert: true });
    expect(await rows.findOne({}, { projection: { _id: 0 } })).toEqual(made);
  });
});

describe('read and write concerns', () => {
  it.each<[Doc, number]>([
    [{ find: 'rows', readConcern: { stage: 'local' } }, 40415],
    [{ find: 'rows', readConcern: { level: 'some' } }, 2],
    [{ insert: 'rows', documents: [{}], writeConcern: { v: 1 } }, 40415],
    [{ insert: 'rows', documents: [{}], writeConcern: { w: -1 } }, 9],
    [{ insert: 'rows', documents: [{}], writeConcern: { w: [] } }, 9],
  ])('that are none are refused: %j', async (command, code) => {
    const error = await errorOf(server.db.command(command));
    expect([code, ...(code === 40415 ? [9] : [])]).toContain(error.code);
    expect(await rows.countDocuments()).toBe(0);
  });
});

describe('an update of many that fails half-way', () => {
  it('keeps what it has changed, and counts nothing of it', async () => {
    await rows.insertMany([1, 2, 3].map((n) => ({ _id: n as never, n: n === 2 ? 'x' : n })));
    const reply = await server.db.command({ update: 'rows', updates: [{ q: {}, u: { $inc: { n: 10 } }, multi: true }] });
    expect(reply).toMatchObject({ ok: 1, n: 0, nModified: 0, writeErrors: [{ index: 0, code: 14 }] });
    expect(await rows.find().sort({ _id: 1 }).toArray()).toEqual([
      { _id: 1, n: 11 },
      { _id: 2, n: 'x' },
      { _id: 3, n: 3 },
    ]);
  });
});

describe('the types of numbers in answers', () => {
  it('are those of MongoDB', async () => {
    const raw = { promoteValues: false, promoteLongs: false };
    const typesOf = (reply: Doc, ...names: string[]): unknown[] =>
      names.map((name) => (reply[name] as { _bsontype?: string } | undefined)?._bsontype);
    const inserted = await server.db.command({ insert: 'rows', documents: [{ a: 1 }, { a: 2 }] }, raw);
    expect(typesOf(inserted, 'n', 'ok')).toEqual(['Int32', 'Double']);
    const counted = await server.db.command({ count: 'rows' }, raw);
    expect(typesOf(counted, 'n', 'ok')).toEqual(['Int32', 'Double']);
    const updated = await server.db.command({ update: 'rows', updates: [{ q: {}, u: { $inc: { a: 1 } } }] }, raw);
    expect(typesOf(updated, 'n', 'nModified', 'ok')).toEqual(['Int32', 'Int32', 'Double']);
    const found = await server.db.command({ find: 'rows' }, raw);
    expect(typesOf(found['cursor'] as Doc, 'id')).toEqual(['Long']);
  });
});
