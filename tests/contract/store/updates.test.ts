import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import mongoose from 'mongoose';
import { errorOf, openServer, type TestServer } from './server';

const { Long, Double, Int32 } = mongoose.mongo.BSON;
type Doc = Record<string, unknown>;

let server: TestServer;
let collection: ReturnType<TestServer['db']['collection']>;
beforeAll(async () => {
  server = await openServer();
  collection = server.db.collection('rows');
});
afterAll(() => server.close());
beforeEach(async () => {
  await collection.deleteMany({});
});

// Update operators of the documentation: a document, the update, the document after it.
const cases: Array<[string, Doc, Doc, Doc]> = [
  ['$set of a new nested field', { a: 1 }, { $set: { 'b.c': 2 } }, { a: 1, b: { c: 2 } }],
  ['$set at a position', { l: [1, 2, 3] }, { $set: { 'l.1': 9 } }, { l: [1, 9, 3] }],
  ['$set beyond the end fills with null', { l: [1] }, { $set: { 'l.3': 9 } }, { l: [1, null, null, 9] }],
  ['$unset', { a: 1, b: 2 }, { $unset: { a: '' } }, { b: 2 }],
  ['$unset of an element leaves null', { l: [1, 2] }, { $unset: { 'l.0': '' } }, { l: [null, 2] }],
  ['$inc makes the field', { a: 1 }, { $inc: { n: 5 } }, { a: 1, n: 5 }],
  ['$inc below nothing', { n: 5 }, { $inc: { n: -7 } }, { n: -2 }],
  ['$min and $max', { a: 5, b: 5 }, { $min: { a: 3 }, $max: { b: 3 } }, { a: 3, b: 5 }],
  ['$push', { l: [1] }, { $push: { l: 2 } }, { l: [1, 2] }],
  ['$push makes the array', {}, { $push: { l: 2 } }, { l: [2] }],
  ['$push with $each and $slice', { l: [5, 1] }, { $push: { l: { $each: [4, 2], $slice: 3 } } }, { l: [5, 1, 4] }],
  ['$push at a position', { l: [1, 4] }, { $push: { l: { $each: [2, 3], $position: 1 } } }, { l: [1, 2, 3, 4] }],
  ['$push keeps the last', { l: [1, 2] }, { $push: { l: { $each: [3], $slice: -2 } } }, { l: [2, 3] }],
  ['$addToSet', { l: [1, 2] }, { $addToSet: { l: { $each: [2, 3] } } }, { l: [1, 2, 3] }],
  ['$pull of a value', { l: [1, 2, 1] }, { $pull: { l: 1 } }, { l: [2] }],
  ['$pull by a condition', { l: [1, 5, 9] }, { $pull: { l: { $gte: 5 } } }, { l: [1] }],
  [
    '$pull by fields',
    {
      l: [
        { k: 1, v: 2 },
        { k: 2, v: 2 },
      ],
    },
    { $pull: { l: { k: 1 } } },
    { l: [{ k: 2, v: 2 }] },
  ],
  ['$pullAll', { l: [1, 2, 3, 1] }, { $pullAll: { l: [1, 3] } }, { l: [2] }],
  ['$setOnInsert does nothing to what is there', { a: 1 }, { $setOnInsert: { a: 2 } }, { a: 1 }],
  ['new fields in the order of their names', {}, { $set: { b: 1, a: 2 } }, { a: 2, b: 1 }],
];

const failures: Array<[string, Doc, Doc, number]> = [
  ['a change of _id', {}, { $set: { _id: 9 } }, 66],
  ['two changes of one path', {}, { $set: { a: 1 }, $inc: { a: 1 } }, 40],
  ['a path and its beginning', {}, { $set: { 'a.b': 1, a: 2 } }, 40],
  ['$inc of a text', { a: 'x' }, { $inc: { a: 1 } }, 14],
  ['$inc by a text', {}, { $inc: { a: 'x' } }, 14],
  ['$push into what is no array', { a: 1 }, { $push: { a: 1 } }, 2],
  ['$addToSet into what is no array', { a: 1 }, { $addToSet: { a: 1 } }, 2],
  ['a field inside a number', { a: 1 }, { $set: { 'a.b': 1 } }, 28],
  ['an empty part of a path', {}, { $set: { 'a..b': 1 } }, 56],
  ['an unknown operator', {}, { $increase: { a: 1 } }, 9],
];

describe('updates', () => {
  it.each(cases)('%s', async (_title, before, update, after) => {
    await collection.insertOne({ _id: 1 as never, ...before });
    const { matchedCount, modifiedCount } = await collection.updateOne({ _id: 1 as never }, update);
    const { _id, ...now } = (await collection.findOne({})) as unknown as Doc;
    expect(now).toEqual(after);
    expect(Object.keys(now)).toEqual(Object.keys(after));
    expect({ matchedCount, modifiedCount }).toEqual({
      matchedCount: 1,
      modifiedCount: JSON.stringify(before) === JSON.stringify(after) ? 0 : 1,
    });
  });

  it.each(failures)('refuses %s and changes nothing', async (_title, before, update, code) => {
    await collection.insertOne({ _id: 1 as never, ...before });
    expect(await errorOf(collection.updateOne({ _id: 1 as never }, update))).toMatchObject({ code });
    expect(await collection.findOne({})).toEqual({ _id: 1, ...before });
  });

  it.each<[string, Doc | Doc[], Doc?]>([
    ['a pipeline', [{ $set: { a: 1 } }]],
    ['array filters', { $set: { 'l.$[x]': 1 } }, { arrayFilters: [{ x: 1 }] }],
    ['every element', { $set: { 'l.$[]': 1 } }],
    ['$push with $sort', { $push: { l: { $each: [1], $sort: 1 } } }],
    ...['$mul', '$rename', '$currentDate', '$pop', '$bit'].map((operator): [string, Doc] => [operator, { [operator]: { l: 1 } }]),
  ])('which the built-in store does not do are refused loudly: %s', async (_title, update, options = {}) => {
    if (!server.builtIn) return;
    await collection.insertOne({ _id: 1 as never, l: [1] });
    expect((await errorOf(collection.updateOne({}, update, options))).code).toEqual(expect.any(Number));
    expect(await collection.findOne({})).toEqual({ _id: 1, l: [1] });
  });

  it('changes the element the filter found', async () => {
    await collection.insertOne({
      l: [
        { k: 'a', v: 1 },
        { k: 'b', v: 1 },
      ],
    });
    await collection.updateOne({ 'l.k': 'b' }, { $set: { 'l.$.v': 2 } });
    await collection.updateOne({ l: { $elemMatch: { k: 'a', v: 1 } } }, { $inc: { 'l.$.v': 10 } });
    expect((await collection.findOne({}))?.['l']).toEqual([
      { k: 'a', v: 11 },
      { k: 'b', v: 2 },
    ]);
  });

  it('keeps numeric types: Int32 until it overflows, doubles with doubles', async () => {
    await collection.insertOne({ i: new Int32(2_147_483_647), l: Long.fromString('5'), d: new Double(1) });
    await collection.updateOne({}, { $inc: { i: new Int32(1), l: new Int32(1), d: new Int32(1) } });
    const types = await collection.findOne({}, { promoteValues: false, promoteLongs: false, projection: { _id: 0 } });
    expect(Object.fromEntries(Object.entries(types ?? {}).map(([name, value]) => [name, [value._bsontype, String(value)]]))).toEqual({
      i: ['Long', '2147483648'],
      l: ['Long', '6'],
      d: ['Double', '2'],
    });
  });

  it('replaces a document and keeps its _id', async () => {
    await collection.insertOne({ _id: 1 as never, a: 1 });
    expect(await collection.replaceOne({ a: 1 }, { b: 2 })).toMatchObject({ matchedCount: 1, modifiedCount: 1 });
    expect(await collection.findOne({})).toEqual({ _id: 1, b: 2 });
    expect(await errorOf(collection.replaceOne({}, { _id: 2 as never, b: 2 }))).toMatchObject({ code: 66 });
  });

  it('inserts what an upsert does not find: the equalities, then the update', async () => {
    const result = await collection.updateOne(
      { _id: 7 as never, k: 'x', n: { $gt: 3 }, 'deep.f': 1 },
      { $set: { a: 1 }, $setOnInsert: { first: true } },
      { upsert: true },
    );
    expect(result).toMatchObject({ matchedCount: 0, modifiedCount: 0, upsertedCount: 1, upsertedId: 7 });
    expect(await collection.findOne({})).toEqual({ _id: 7, k: 'x', deep: { f: 1 }, a: 1, first: true });
  });

  it('makes upserts of one key meet: one inserts, the others find it', async () => {
    await collection.createIndex({ once: 1 }, { unique: true });
    const all = await Promise.allSettled(
      Array.from({ length: 20 }, () => collection.updateOne({ once: 'k' }, { $inc: { n: 1 } }, { upsert: true })),
    );
    const done = all.filter(({ status }) => status === 'fulfilled').length;
    expect(await collection.find({}).toArray()).toMatchObject([{ once: 'k', n: done }]);
    await collection.dropIndex('once_1');
  });
});

describe('findAndModify', () => {
  it('gives the document before or after, in the order asked for', async () => {
    await collection.insertMany([
      { _id: 1 as never, v: 5 },
      { _id: 2 as never, v: 9 },
    ]);
    expect(await collection.findOneAndUpdate({}, { $inc: { v: 1 } }, { sort: { v: -1 } })).toEqual({ _id: 2, v: 9 });
    expect(
      await collection.findOneAndUpdate({}, { $inc: { v: 1 } }, { sort: { v: -1 }, returnDocument: 'after', projection: { v: 1, _id: 0 } }),
    ).toEqual({ v: 11 });
    expect(await collection.findOneAndReplace({ _id: 1 as never }, { w: 1 }, { returnDocument: 'after' })).toEqual({ _id: 1, w: 1 });
    expect(await collection.findOneAndDelete({ _id: 1 as never })).toEqual({ _id: 1, w: 1 });
    expect(await collection.findOneAndUpdate({ _id: 3 as never }, { $set: { a: 1 } })).toBeNull();
    expect(await collection.findOneAndUpdate({ _id: 3 as never }, { $set: { a: 1 } }, { upsert: true, returnDocument: 'after' })).toEqual({
      _id: 3,
      a: 1,
    });
  });

  it('lets exactly one of many take a conditional step', async () => {
    await collection.insertOne({ _id: 1 as never, state: 'free' });
    const taken = await Promise.all(
      Array.from({ length: 30 }, (_, by) =>
        collection.findOneAndUpdate({ _id: 1 as never, state: 'free' }, { $set: { state: 'taken', by } }),
      ),
    );
    expect(taken.filter((one) => one !== null)).toHaveLength(1);
  });
});

describe('writes of several documents', () => {
  it('stops an ordered insert at its first error and goes on with an unordered one', async () => {
    const rows = (): Doc[] => [{ _id: 1 }, { _id: 1 }, { _id: 2 }];
    const ordered = await errorOf(collection.insertMany(rows() as never[]));
    expect(ordered).toMatchObject({ code: 11000, writeErrors: [{ index: 1, code: 11000 }] });
    expect(await collection.countDocuments()).toBe(1);
    const unordered = await errorOf(collection.insertMany(rows() as never[], { ordered: false }));
    expect(unordered).toMatchObject({ writeErrors: [{ index: 0 }, { index: 1 }] });
    expect(await collection.countDocuments()).toBe(2);
  });

  it('reports a mixed bulk', async () => {
    const result = await collection.bulkWrite([
      { insertOne: { document: { _id: 1 as never, v: 1 } } },
      { updateOne: { filter: { v: 1 }, update: { $set: { v: 2 } } } },
      { updateMany: { filter: { v: 3 }, update: { $set: { v: 4 } }, upsert: true } },
      { deleteOne: { filter: { v: 2 } } },
    ]);
    expect(result).toMatchObject({ insertedCount: 1, matchedCount: 1, modifiedCount: 1, upsertedCount: 1, deletedCount: 1 });
  });

  it('deletes one or all', async () => {
    await collection.insertMany([{ a: 1 }, { a: 1 }, { a: 1 }]);
    expect(await collection.deleteOne({ a: 1 })).toMatchObject({ deletedCount: 1 });
    expect(await collection.deleteMany({ a: 1 })).toMatchObject({ deletedCount: 2 });
  });
});
