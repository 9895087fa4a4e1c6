import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import mongoose from 'mongoose';
import { errorOf, openServer, type TestServer } from './server';

const { Double, Int32, Long } = mongoose.mongo.BSON;

type Doc = Record<string, unknown>;
let server: TestServer;
let sales: ReturnType<TestServer['db']['collection']>;

beforeAll(async () => {
  server = await openServer();
  sales = server.db.collection('sales');
  await sales.createIndex({ who: 1, at: 1 });
  await sales.insertMany([
    { _id: 1, who: 'a', n: 5, tags: ['x', 'y'], d: { e: 1 } },
    { _id: 2, who: 'a', n: 7, tags: ['y'] },
    { _id: 3, who: 'b', n: 1.5, tags: [] },
    { _id: 4, who: 'b', tags: null },
  ] as never[]);
});
afterAll(() => server.close());

const cases: Array<[string, Doc[], unknown[]]> = [
  [
    '$match, $sort, $skip, $limit',
    [{ $match: { n: { $gt: 0 } } }, { $sort: { n: -1 } }, { $skip: 1 }, { $limit: 1 }, { $project: { n: 1 } }],
    [{ _id: 1, n: 5 }],
  ],
  [
    '$group with the accumulators',
    [{ $match: { who: 'a' } }, { $group: { _id: '$who', sum: { $sum: '$n' }, min: { $min: '$n' }, max: { $max: '$n' }, c: { $sum: 1 } } }],
    [{ _id: 'a', sum: 12, min: 5, max: 7, c: 2 }],
  ],
  ['$group by nothing', [{ $group: { _id: null, n: { $sum: '$n' } } }], [{ _id: null, n: 13.5 }]],
  [
    '$group by a document',
    [{ $group: { _id: { w: '$who' }, n: { $sum: 1 } } }, { $sort: { _id: 1 } }],
    [
      { _id: { w: 'a' }, n: 2 },
      { _id: { w: 'b' }, n: 2 },
    ],
  ],
  ['$group by a field that is not there', [{ $group: { _id: '$z', e: { $sum: '$d.e' } } }], [{ _id: null, e: 1 }]],
  [
    'stages after a group',
    [
      { $group: { _id: '$who', n: { $sum: '$n' } } },
      { $match: { n: { $gt: 1 } } },
      { $sort: { n: 1 } },
      { $skip: 0 },
      { $limit: 1 },
      { $project: { _id: 0 } },
    ],
    [{ n: 1.5 }],
  ],
  [
    'stages in another order than an index takes them',
    [{ $limit: 3 }, { $sort: { _id: -1 } }, { $skip: 1 }, { $match: { who: 'a' } }, { $project: { n: 1 } }],
    [
      { _id: 2, n: 7 },
      { _id: 1, n: 5 },
    ],
  ],
];

const wrong: Array<[string, Doc[], number]> = [
  ['an unknown stage', [{ $unknown: 1 }], 40324],
  ['an unknown accumulator', [{ $group: { _id: 1, a: { $unknown: 1 } } }], 15952],
  ['$group without _id', [{ $group: { a: { $sum: 1 } } }], 15955],
  ['$limit of zero', [{ $limit: 0 }], 15958],
  ['an undefined variable', [{ $group: { _id: '$$nobody' } }], 17276],
  ['a stage of two names', [{ $match: {}, $limit: 1 }], 40323],
];

const notDone: Array<[Doc, number]> = [
  [{ $lookup: { from: 'people', localField: 'who', foreignField: '_id', as: 'p' } }, 40324],
  [{ $unwind: '$tags' }, 40324],
  [{ $facet: { all: [{ $match: {} }] } }, 40324],
  [{ $addFields: { a: 1 } }, 40324],
  [{ $count: 'n' }, 40324],
  [{ $group: { _id: null, all: { $push: '$n' } } }, 15952],
  [{ $group: { _id: null, mean: { $avg: '$n' } } }, 15952],
  [{ $group: { _id: { $toDate: '2021-02-31' } } }, 168],
  [{ $group: { _id: null, n: { $sum: { $add: ['$n', 1] } } } }, 168],
  [{ $group: { _id: null, n: { $sum: ['$n'] } } }, 168],
  [{ $project: { size: { $size: '$tags' } } }, 168],
  [{ $project: { copy: '$n' } }, 2],
  [{ $match: { $expr: { $eq: ['$n', 5] } } }, 2],
];

describe('aggregation', () => {
  it.each(cases)('%s', async (_title, pipeline, expected) => {
    expect(await sales.aggregate(pipeline).toArray()).toEqual(expected);
  });

  it.each(wrong)('refuses %s', async (_title, pipeline, code) => {
    expect((await errorOf(sales.aggregate(pipeline).toArray())).code).toBe(code);
  });

  it.each(notDone)('%j, which the built-in store does not do, is said loudly', async (stage, code) => {
    if (!server.builtIn) return;
    expect(await errorOf(sales.aggregate([stage]).toArray())).toMatchObject({ code, message: expect.stringContaining('built-in store') });
  });

  // Manual, "$sum (aggregation)": the result has the largest type among the inputs that holds it.
  it('sums in the types MongoDB gives', async () => {
    const numbers = server.db.collection('numbers');
    const largest = 2_147_483_647;
    await numbers.insertMany([
      { g: 'int', n: new Int32(1) },
      { g: 'int', n: new Int32(2) },
      { g: 'over', n: new Int32(largest) },
      { g: 'over', n: new Int32(largest) },
      { g: 'long', n: Long.fromString('9007199254740993') },
      { g: 'long', n: new Int32(1) },
      { g: 'beyond', n: Long.fromString('9223372036854775807') },
      { g: 'beyond', n: new Int32(1) },
      ...Array.from({ length: 10 }, () => ({ g: 'double', n: new Double(0.1) })),
      { g: 'mixed', n: new Int32(1) },
      { g: 'mixed', n: new Double(2) },
      { g: 'none', n: 'x' },
    ]);
    const rows = await numbers
      .aggregate([{ $group: { _id: '$g', n: { $sum: '$n' } } }], { promoteValues: false, promoteLongs: false })
      .toArray();
    const sums = Object.fromEntries(rows.map(({ _id, n }) => [_id, [(n as { _bsontype: string })._bsontype, String(n)]]));
    expect(sums).toEqual({
      int: ['Int32', '3'],
      over: ['Long', String(largest * 2)],
      long: ['Long', '9007199254740994'],
      beyond: ['Double', String(2 ** 63)],
      double: ['Double', '1'],
      mixed: ['Double', '3'],
      none: ['Int32', '0'],
    });
  });

  it('streams results over several batches', async () => {
    const rows = await sales.aggregate([{ $sort: { _id: 1 } }], { cursor: { batchSize: 1 } }).toArray();
    expect(rows.map(({ _id }) => _id)).toEqual([1, 2, 3, 4]);
  });
});
