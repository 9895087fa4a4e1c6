import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { errorOf, openServer, type TestServer } from './server';

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

const pupils: Doc = {
  grades: [
    { grade: 80, mean: 75, std: 8 },
    { grade: 85, mean: 90, std: 5 },
    { grade: 85, mean: 85, std: 8 },
  ],
};
const withGrade = (at: number, change: Doc): Doc => ({
  grades: (pupils['grades'] as Doc[]).map((grade, index) => (index === at ? { ...grade, ...change } : grade)),
});

// MongoDB's manual, "$ (update)" with its examples: a document, the filter, the update, the document after it.
const cases: Array<[string, Doc, Doc, Doc, Doc]> = [
  ['$set of the value that was found', { g: [85, 80, 80] }, { g: 80 }, { $set: { 'g.$': 82 } }, { g: [85, 82, 80] }],
  ['the first of several', { g: [70, 87, 90] }, { g: { $gte: 85 } }, { $set: { 'g.$': 100 } }, { g: [70, 100, 90] }],
  ['a field of the document that was found', pupils, { 'grades.grade': 85 }, { $set: { 'grades.$.std': 6 } }, withGrade(1, { std: 6 })],
  [
    '$elemMatch with several conditions',
    pupils,
    { grades: { $elemMatch: { grade: { $lte: 90 }, mean: { $gt: 80 }, std: 8 } } },
    { $set: { 'grades.$.std': 6 } },
    withGrade(2, { std: 6 }),
  ],
  ['$elemMatch of plain values', { g: [1, 9, 5] }, { g: { $elemMatch: { $gt: 3, $lt: 7 } } }, { $set: { 'g.$': 'x' } }, { g: [1, 9, 'x'] }],
  [
    'a new field inside',
    { l: [{ k: 1 }, { k: 2 }] },
    { 'l.k': 2 },
    { $set: { 'l.$.at.day': 3 } },
    { l: [{ k: 1 }, { k: 2, at: { day: 3 } }] },
  ],
  ['a whole element', { l: [{ k: 1 }, { k: 2 }] }, { 'l.k': 2 }, { $set: { 'l.$': { z: 1 } } }, { l: [{ k: 1 }, { z: 1 }] }],
  [
    '$inc',
    {
      l: [
        { k: 'a', n: 1 },
        { k: 'b', n: 1 },
      ],
    },
    { 'l.k': 'b' },
    { $inc: { 'l.$.n': 4 } },
    {
      l: [
        { k: 'a', n: 1 },
        { k: 'b', n: 5 },
      ],
    },
  ],
  ['$unset leaves null', { g: [1, 2, 3] }, { g: 2 }, { $unset: { 'g.$': '' } }, { g: [1, null, 3] }],
  [
    '$push into a list inside',
    {
      l: [
        { k: 1, x: [] },
        { k: 2, x: [1] },
      ],
    },
    { 'l.k': 2 },
    { $push: { 'l.$.x': 2 } },
    {
      l: [
        { k: 1, x: [] },
        { k: 2, x: [1, 2] },
      ],
    },
  ],
  [
    'two changes of one element',
    { l: [{ k: 1 }, { k: 2 }] },
    { 'l.k': 2 },
    { $set: { 'l.$.a': 1, 'l.$.b': 2 } },
    { l: [{ k: 1 }, { k: 2, a: 1, b: 2 }] },
  ],
  ['an array inside a document', { d: { l: [1, 2] } }, { 'd.l': 2 }, { $set: { 'd.l.$': 3 } }, { d: { l: [1, 3] } }],
  ['$in', { g: [1, 2, 3] }, { g: { $in: [2, 3] } }, { $set: { 'g.$': 0 } }, { g: [1, 0, 3] }],
  ['a condition beside it that is no array', { a: 1, g: [1, 2] }, { a: 1, g: 2 }, { $set: { 'g.$': 9 } }, { a: 1, g: [1, 9] }],
  ['inside $and', { g: [1, 2] }, { $and: [{ g: { $gt: 1 } }] }, { $set: { 'g.$': 9 } }, { g: [1, 9] }],
  [
    'the element found before anything was changed',
    { l: [{ k: 1 }, { k: 2 }] },
    { 'l.k': 2 },
    { $set: { 'l.$.k': 3, 'l.0.k': 2 } },
    { l: [{ k: 2 }, { k: 3 }] },
  ],
];

describe('the positional $', () => {
  it.each(cases)('means in an update: %s', async (...[, before, filter, update, after]) => {
    await collection.insertOne({ _id: 1 as never, ...before });
    expect(await collection.updateOne(filter as never, update)).toMatchObject({ matchedCount: 1, modifiedCount: 1 });
    expect(await collection.findOne({})).toEqual({ _id: 1, ...after });
  });

  it.each(cases)('means the same in findAndModify: %s', async (...[, before, filter, update, after]) => {
    await collection.insertOne({ _id: 1 as never, ...before });
    expect(await collection.findOneAndUpdate(filter as never, update, { returnDocument: 'after' })).toEqual({ _id: 1, ...after });
  });

  it('is each document’s own element when many are changed', async () => {
    await collection.insertMany([
      { _id: 1 as never, g: [1, 5] },
      { _id: 2 as never, g: [5, 1] },
      { _id: 3 as never, g: [1] },
    ]);
    expect(await collection.updateMany({ g: 5 }, { $set: { 'g.$': 6 } })).toMatchObject({ matchedCount: 2, modifiedCount: 2 });
    expect(await collection.find().sort({ _id: 1 }).toArray()).toEqual([
      { _id: 1, g: [1, 6] },
      { _id: 2, g: [6, 1] },
      { _id: 3, g: [1] },
    ]);
  });

  it('is found through an index as without one', async () => {
    await collection.createIndex({ 'l.k': 1 });
    await collection.insertOne({ _id: 1 as never, l: [{ k: 'a' }, { k: 'b' }, { k: 'b' }] });
    await collection.updateOne({ 'l.k': 'b' }, { $set: { 'l.$.k': 'c' } });
    expect(await collection.findOne({ 'l.k': 'c' })).toEqual({ _id: 1, l: [{ k: 'a' }, { k: 'c' }, { k: 'b' }] });
    expect(await collection.countDocuments({ 'l.k': 'b' })).toBe(1);
    await collection.dropIndex('l.k_1');
  });

  it('is an error where nothing says which element, and changes nothing', async () => {
    await collection.insertOne({ _id: 1 as never, g: [1, 2], h: [1] });
    for (const filter of [{ _id: 1 }, { g: { $ne: 7 } }, { g: { $size: 2 } }]) {
      expect(await errorOf(collection.updateOne(filter as never, { $set: { 'g.$': 9 } }))).toMatchObject({ code: 2 });
    }
    expect(await errorOf(collection.updateOne({ g: 99 }, { $set: { 'g.$': 9 } }, { upsert: true }))).toMatchObject({ code: 2 });
    expect(await collection.find().toArray()).toEqual([{ _id: 1, g: [1, 2], h: [1] }]);
  });

  it('is refused loudly where MongoDB’s element hangs on its order of evaluation', async () => {
    if (!server.builtIn) return;
    await collection.insertOne({ _id: 1 as never, g: [1, 2, 3] });
    expect(await errorOf(collection.updateOne({ $and: [{ g: 1 }, { g: 3 }] }, { $set: { 'g.$': 9 } }))).toMatchObject({
      message: expect.stringContaining('built-in store'),
    });
    expect(await collection.findOne({})).toEqual({ _id: 1, g: [1, 2, 3] });
  });
});
