import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { errorOf, openServer, type TestServer } from './server';

type Doc = Record<string, unknown>;
let server: TestServer;
let sales: ReturnType<TestServer['db']['collection']>;
const day = (text: string): Date => new Date(`${text}Z`);

beforeAll(async () => {
  server = await openServer();
  sales = server.db.collection('sales');
  await sales.createIndex({ who: 1, at: 1 });
  await sales.insertMany([
    { _id: 1, who: 'a', n: 5, tags: ['x', 'y'], at: day('2026-01-31T15:59:59.999') },
    { _id: 2, who: 'a', n: 7, tags: ['y'], at: day('2026-01-31T16:00:00.000') },
    { _id: 3, who: 'b', n: 1.5, tags: [], at: day('2026-12-31T20:00:00.000') },
    { _id: 4, who: 'b', tags: null },
  ] as never[]);
  await server.db.collection('people').insertMany([
    { _id: 'a', name: '甲' },
    { _id: 'b', name: '乙' },
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
    [
      { $match: { who: 'a' } },
      {
        $group: {
          _id: '$who',
          sum: { $sum: '$n' },
          avg: { $avg: '$n' },
          min: { $min: '$n' },
          max: { $max: '$n' },
          c: { $sum: 1 },
          all: { $push: '$n' },
        },
      },
    ],
    [{ _id: 'a', sum: 12, avg: 6, min: 5, max: 7, c: 2, all: [5, 7] }],
  ],
  ['$group by nothing', [{ $group: { _id: null, n: { $sum: '$n' } } }], [{ _id: null, n: 13.5 }]],
  [
    '$group by a document',
    [{ $group: { _id: { w: '$who' }, n: { $count: {} } } }, { $sort: { _id: 1 } }],
    [
      { _id: { w: 'a' }, n: 2 },
      { _id: { w: 'b' }, n: 2 },
    ],
  ],
  [
    '$first and $last after a sort',
    [{ $sort: { _id: -1 } }, { $group: { _id: '$who', f: { $first: '$_id' }, l: { $last: '$_id' } } }, { $sort: { _id: 1 } }],
    [
      { _id: 'a', f: 2, l: 1 },
      { _id: 'b', f: 4, l: 3 },
    ],
  ],
  [
    '$addToSet',
    [{ $unwind: '$tags' }, { $group: { _id: null, t: { $addToSet: '$tags' } } }, { $unwind: '$t' }, { $sort: { t: 1 } }],
    [
      { _id: null, t: 'x' },
      { _id: null, t: 'y' },
    ],
  ],
  [
    '$unwind leaves out what is empty',
    [{ $unwind: '$tags' }, { $project: { tags: 1 } }],
    [
      { _id: 1, tags: 'x' },
      { _id: 1, tags: 'y' },
      { _id: 2, tags: 'y' },
    ],
  ],
  [
    '$unwind keeps what is empty when asked',
    [
      { $unwind: { path: '$tags', preserveNullAndEmptyArrays: true, includeArrayIndex: 'i' } },
      { $match: { who: 'b' } },
      { $project: { tags: 1, i: 1 } },
    ],
    [
      { _id: 3, i: null },
      { _id: 4, tags: null, i: null },
    ],
  ],
  ['$count', [{ $match: { who: 'a' } }, { $count: 'n' }], [{ n: 2 }]],
  ['$count of nothing gives nothing', [{ $match: { who: 'z' } }, { $count: 'n' }], []],
  [
    '$facet',
    [{ $facet: { all: [{ $count: 'n' }], a: [{ $match: { who: 'a' } }, { $project: { _id: 1 } }] } }],
    [{ all: [{ n: 4 }], a: [{ _id: 1 }, { _id: 2 }] }],
  ],
  [
    '$sortByCount',
    [{ $unwind: '$tags' }, { $sortByCount: '$tags' }],
    [
      { _id: 'y', count: 2 },
      { _id: 'x', count: 1 },
    ],
  ],
  [
    '$addFields into a nested document',
    [{ $match: { _id: 1 } }, { $addFields: { 'a.b': '$n' } }, { $project: { a: 1 } }],
    [{ _id: 1, a: { b: 5 } }],
  ],
  ['$unset', [{ $match: { _id: 3 } }, { $unset: ['tags', 'at', 'who'] }], [{ _id: 3, n: 1.5 }]],
  ['$replaceRoot', [{ $match: { _id: 1 } }, { $replaceRoot: { newRoot: { x: '$n' } } }], [{ x: 5 }]],
  [
    '$lookup by a field',
    [
      { $match: { _id: { $in: [1, 3] } } },
      { $lookup: { from: 'people', localField: 'who', foreignField: '_id', as: 'p' } },
      { $project: { p: 1 } },
    ],
    [
      { _id: 1, p: [{ _id: 'a', name: '甲' }] },
      { _id: 3, p: [{ _id: 'b', name: '乙' }] },
    ],
  ],
];

/** Expressions over one document, with the value the documentation gives them. */
const values: Array<[unknown, unknown]> = [
  [{ $cond: [{ $gt: ['$n', 3] }, 'big', 'small'] }, 'big'],
  [{ $ifNull: ['$nothing', 'none'] }, 'none'],
  [
    {
      $switch: {
        branches: [
          new Map<string, unknown>([
            ['case', { $eq: ['$who', 'a'] }],
            ['then', 1],
          ]),
        ],
        default: 2,
      },
    },
    1,
  ],
  [{ $eq: ['$nothing', null] }, false],
  [{ $divide: ['$n', 2] }, 2.5],
  [{ $mod: [-7, 3] }, -1],
  [{ $subtract: [day('2026-01-02T00:00:00'), day('2026-01-01T00:00:00')] }, 86_400_000],
  [{ $concat: ['$who', '-', 'z'] }, 'a-z'],
  [{ $concat: ['$who', null] }, null],
  [{ $substrCP: ['中文字', 1, 1] }, '文'],
  [{ $strLenCP: '中文' }, 2],
  [{ $toUpper: 'aé' }, 'Aé'],
  [{ $size: '$tags' }, 2],
  [{ $arrayElemAt: ['$tags', -1] }, 'y'],
  [{ $in: ['x', '$tags'] }, true],
  [{ $filter: { input: [1, 5, 9], as: 'v', cond: { $gt: ['$$v', 3] } } }, [5, 9]],
  [{ $map: { input: '$tags', as: 't', in: { $concat: ['$$t', '!'] } } }, ['x!', 'y!']],
  [{ $reduce: { input: [1, 2, 3], initialValue: 0, in: { $add: ['$$value', '$$this'] } } }, 6],
  [{ $mergeObjects: [{ a: 1, b: 1 }, { b: 2 }] }, { a: 1, b: 2 }],
  [{ $objectToArray: { k: 1 } }, [{ k: 'k', v: 1 }]],
  [{ $max: ['$n', 9] }, 9],
  [{ $type: '$nothing' }, 'missing'],
  [{ $toString: 1.5 }, '1.5'],
  [{ $toInt: '42' }, 42],
  [{ $let: { vars: { v: '$n' }, in: { $multiply: ['$$v', 2] } } }, 10],
  ['$$ROOT.n', 5],
];

const wrong: Array<[string, Doc[], number]> = [
  ['an unknown stage', [{ $unknown: 1 }], 40324],
  ['an unknown expression', [{ $project: { a: { $unknown: 1 } } }], 168],
  ['an unknown accumulator', [{ $group: { _id: 1, a: { $unknown: 1 } } }], 15952],
  ['$group without _id', [{ $group: { a: { $sum: 1 } } }], 15955],
  ['$limit of zero', [{ $limit: 0 }], 15958],
  ['$size of what is no array', [{ $project: { a: { $size: '$who' } } }], 17124],
  ['a division by zero', [{ $project: { a: { $divide: [1, 0] } } }], 2],
  ['an undefined variable', [{ $project: { a: '$$nobody' } }], 17276],
  ['a stage of two names', [{ $match: {}, $limit: 1 }], 40323],
];

describe('aggregation', () => {
  it.each(cases)('%s', async (_title, pipeline, expected) => {
    expect(await sales.aggregate(pipeline).toArray()).toEqual(expected);
  });

  it.each(values)('%j is %j', async (expression, expected) => {
    const [row] = await sales.aggregate([{ $match: { _id: 1 } }, { $project: { _id: 0, value: expression } }]).toArray();
    expect(row?.['value']).toEqual(expected);
  });

  it.each(wrong)('refuses %s', async (_title, pipeline, code) => {
    const { code: given } = await errorOf(sales.aggregate(pipeline).toArray());
    expect([code, ...(code === 168 ? [31325] : [])]).toContain(given);
  });

  it('takes variables of the command', async () => {
    expect(
      await sales.aggregate([{ $match: { $expr: { $eq: ['$who', '$$wanted'] } } }, { $count: 'n' }], { let: { wanted: 'b' } }).toArray(),
    ).toEqual([{ n: 2 }]);
  });

  it('streams results over several batches', async () => {
    const rows = await sales.aggregate([{ $sort: { _id: 1 } }], { cursor: { batchSize: 1 } }).toArray();
    expect(rows.map(({ _id }) => _id)).toEqual([1, 2, 3, 4]);
  });
});
