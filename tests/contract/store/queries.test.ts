import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import mongoose from 'mongoose';
import { errorOf, openServer, type TestServer } from './server';

const { Long, Double, ObjectId, BSONRegExp } = mongoose.mongo.BSON;

type Filter = Record<string, unknown>;
const date = new Date('2026-03-01T00:00:00Z');

const rows: Record<string, unknown>[] = [
  { _id: 1, n: 1, s: 'apple', tags: ['red', 'round'], size: { w: 1, h: 2 }, at: date },
  { _id: 2, n: Long.fromString('2'), s: 'Banana', tags: [], size: { h: 2, w: 1 }, on: true },
  {
    _id: 3,
    n: new Double(3),
    s: '中文',
    tags: ['red'],
    items: [
      { k: 'a', v: 1 },
      { k: 'b', v: 5 },
    ],
  },
  { _id: 4, n: 4.5, s: null, items: [{ k: 'a', v: 5 }] },
  { _id: 5, n: [1, 9], s: ['x', 'y'], items: [{ k: 'a' }, 7] },
  { _id: 6, n: Number.NaN, on: false, tags: [['red']] },
  { _id: 7 },
];

// Filters of the documentation's "Query and Projection Operators", and the documents they find.
const cases: Array<[string, Filter, number[]]> = [
  ['equality across numeric types', { n: 2 }, [2]],
  ['equality with an element of an array', { n: 9 }, [5]],
  ['equality with a whole array', { tags: ['red', 'round'] }, [1]],
  ['equality with an array inside an array', { tags: ['red'] }, [3, 6]],
  ['equality of documents minds the order of fields', { size: { w: 1, h: 2 } }, [1]],
  ['a dotted path', { 'size.h': 2 }, [1, 2]],
  ['a dotted path through an array', { 'items.v': 5 }, [3, 4]],
  ['a position in an array', { 'tags.0': 'red' }, [1, 3]],
  ['null finds null and missing', { s: null }, [4, 6, 7]],
  ['null through an array finds elements without the field', { 'items.v': null }, [1, 2, 5, 6, 7]],
  ['$exists: true finds null too', { s: { $exists: true } }, [1, 2, 3, 4, 5]],
  ['$exists: false', { n: { $exists: false } }, [7]],
  ['$gt stays within numbers', { n: { $gt: 1 } }, [2, 3, 4, 5]],
  ['$lt does not find NaN', { n: { $lt: 100 } }, [1, 2, 3, 4, 5]],
  ['$gte and $lte together', { n: { $gte: 2, $lte: 4.5 } }, [2, 3, 4, 5]],
  ['conditions on an array may be met by different elements', { n: { $gt: 5, $lt: 2 } }, [5]],
  ['$elemMatch asks one element for all', { items: { $elemMatch: { k: 'a', v: 5 } } }, [4]],
  ['dotted conditions do not', { 'items.k': 'a', 'items.v': 5 }, [3, 4]],
  ['$elemMatch with operators on values', { n: { $elemMatch: { $gt: 5, $lt: 10 } } }, [5]],
  ['NaN equals NaN', { n: Number.NaN }, [6]],
  ['$ne includes missing and looks at every element', { tags: { $ne: 'red' } }, [2, 4, 5, 6, 7]],
  ['$in with null', { s: { $in: ['apple', null] } }, [1, 4, 6, 7]],
  ['$in with a regular expression', { s: { $in: [/^a/] } }, [1]],
  ['$nin', { n: { $nin: [1, 2, 3] } }, [4, 6, 7]],
  ['$all', { tags: { $all: ['round', 'red'] } }, [1]],
  ['$all with nothing finds nothing', { tags: { $all: [] } }, []],
  ['$size', { tags: { $size: 0 } }, [2]],
  ['$type by alias', { s: { $type: 'string' } }, [1, 2, 3, 5]],
  ['$type number', { n: { $type: 'number' } }, [1, 2, 3, 4, 5, 6]],
  ['$type array', { n: { $type: 'array' } }, [5]],
  ['$type of a numeric code', { n: { $type: 18 } }, [2]],
  ['$not', { n: { $not: { $gt: 2 } } }, [1, 2, 6, 7]],
  ['$or', { $or: [{ n: 1 }, { on: true }] }, [1, 2, 5]],
  ['$nor', { $nor: [{ n: { $exists: true } }, { on: true }] }, [7]],
  ['$and of the same field', { $and: [{ n: { $gt: 1 } }, { n: { $lt: 3 } }] }, [2, 5]],
  ['a regular expression', { s: /an/ }, [2]],
  ['$regex with options', { s: { $regex: 'B', $options: 'i' } }, [2]],
  ['an anchored expression', { s: new BSONRegExp('^app') }, [1]],
  ['dates', { at: { $lte: date } }, [1]],
  ['booleans', { on: false }, [6]],
  ['an empty filter', {}, [1, 2, 3, 4, 5, 6, 7]],
  ['Chinese text', { s: '中文' }, [3]],
];

const wrong: Array<[string, Filter, number]> = [
  ['an unknown operator', { n: { $above: 1 } }, 2],
  ['an unknown top-level operator', { $maybe: [] }, 2],
  ['$in without an array', { n: { $in: 1 } }, 2],
  ['$or with nothing', { $or: [] }, 2],
  ['$size of a text', { n: { $size: 'x' } }, 9],
  ['a broken regular expression', { s: { $regex: '(' } }, 51091],
  ['$elemMatch without a document', { n: { $elemMatch: 1 } }, 2],
  ['$options without $regex', { s: { $options: 'i' } }, 2],
  ['$all of elements and of values', { items: { $all: [{ $elemMatch: { k: 'a' } }, 7] } }, 2],
  ['an unknown alias', { n: { $type: 'word' } }, 2],
];

const indexes: Array<[string, Array<Record<string, 1 | -1>>]> = [
  ['without indexes', []],
  ['with single indexes', [{ n: 1 }, { s: -1 }, { tags: 1 }, { 'items.v': 1 }, { on: 1 }, { 'size.h': -1 }]],
  [
    'with compound indexes',
    [
      { s: 1, on: -1 },
      { 'items.k': 1, 'items.v': 1 },
      { n: -1, on: 1 },
    ],
  ],
];

describe.each(indexes)('queries %s', (name, keys) => {
  let server: TestServer;
  let collection: ReturnType<TestServer['db']['collection']>;
  beforeAll(async () => {
    server = await openServer();
    collection = server.db.collection('rows');
    for (const key of keys) await collection.createIndex(key);
    await collection.insertMany(rows.map((row) => ({ ...row })) as never[]);
  });
  afterAll(() => server.close());

  it.each(cases)('%s', async (_title, filter, expected) => {
    const found = await collection
      .find(filter as never)
      .sort({ _id: 1 })
      .toArray();
    expect(found.map(({ _id }) => _id)).toEqual(expected);
    expect(await collection.countDocuments(filter as never)).toBe(expected.length);
  });

  it.each(wrong)('refuses %s', async (_title, filter, code) => {
    expect(await errorOf(collection.find(filter as never).toArray())).toMatchObject({ code });
  });

  it('sorts by the order of types, arrays by their least and greatest element', async () => {
    const ids = async (direction: 1 | -1): Promise<unknown[]> =>
      (await collection.find().sort({ n: direction, _id: 1 }).toArray()).map(({ _id }) => _id);
    expect(await ids(1)).toEqual([7, 6, 1, 5, 2, 3, 4]);
    expect(await ids(-1)).toEqual([5, 4, 3, 2, 1, 6, 7]);
  });

  it('skips, limits and projects', async () => {
    const found = await collection
      .find({ _id: { $gte: 1 } as never }, { projection: { s: 1, _id: 0 } })
      .sort({ _id: 1 })
      .skip(1)
      .limit(2)
      .toArray();
    expect(found).toEqual([{ s: 'Banana' }, { s: '中文' }]);
  });

  it('lists distinct values, of array elements too', async () => {
    expect(await collection.distinct('items.k')).toEqual(['a', 'b']);
    expect(await collection.distinct('on')).toEqual([false, true]);
    expect(await collection.distinct('n', { _id: { $lt: 4 } as never })).toEqual([1, 2, 3]);
  });
});

describe('projections', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await openServer();
    await server.db.collection('rows').insertOne({
      _id: 1 as never,
      a: 1,
      b: { c: 2, d: 3 },
      list: [1, 2, 3, 4],
      items: [
        { k: 'x', v: 1 },
        { k: 'y', v: 2 },
      ],
    });
  });
  afterAll(() => server.close());

  const shown: Array<[string, Filter, Filter, unknown]> = [
    ['inclusion keeps _id', {}, { a: 1 }, { _id: 1, a: 1 }],
    ['exclusion', {}, { b: 0, list: 0, items: 0 }, { _id: 1, a: 1 }],
    ['inside a document', {}, { 'b.c': 1 }, { _id: 1, b: { c: 2 } }],
    ['inside the documents of an array', {}, { 'items.k': 1, _id: 0 }, { items: [{ k: 'x' }, { k: 'y' }] }],
    ['exclusion inside the documents of an array', {}, { 'items.v': 0, b: 0, list: 0 }, { _id: 1, a: 1, items: [{ k: 'x' }, { k: 'y' }] }],
    ['a nested specification', {}, { b: { d: 1 }, _id: 0 }, { b: { d: 3 } }],
    ['_id alone', {}, { _id: 1 }, { _id: 1 }],
    ['everything but _id', { a: 1 }, { _id: 0, list: 0, items: 0, b: 0 }, { a: 1 }],
  ];
  it.each(shown)('%s', async (_title, filter, projection, expected) => {
    expect(await server.db.collection('rows').findOne(filter as never, { projection })).toEqual(expected);
  });

  it('refuses inclusion and exclusion together', async () => {
    expect(await errorOf(server.db.collection('rows').findOne({}, { projection: { a: 1, b: 0 } }))).toMatchObject({ code: 31254 });
    expect(await errorOf(server.db.collection('rows').findOne({}, { projection: { a: 0, b: 1 } }))).toMatchObject({ code: 31253 });
  });
});

// PCRE's manual, "pcre2pattern": what it and JavaScript read differently, though both take it.
describe('regular expressions', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await openServer();
    const texts = ['ab', 'ab\n', 'x\nab', 'a\rb', 'a\u3000b', 'a b', 'a\u2028b', '甲乙', '😀b'];
    await server.db.collection('texts').insertMany(texts.map((t, _id) => ({ _id, t })) as never[]);
  });
  afterAll(() => server.close());

  const found: Array<[string, string, number[]]> = [
    ['b$', '', [0, 1, 2, 3, 4, 5, 6, 8]],
    ['^ab$', '', [0, 1]],
    ['^ab$', 'm', [0, 1, 2]],
    ['^b', 'm', []],
    ['a.b', '', [3, 4, 5, 6]],
    ['b.$', 's', [1]],
    ['a\\sb', '', [3, 5]],
    ['a[\\s_]b', '', [3, 5]],
    ['a\\Sb', '', [4, 6]],
    ['^.b$', '', [0, 1, 8]],
    ['^[乙-甲]', '', [7]],
    ['A.B', 'i', [3, 4, 5, 6]],
    ['a[.$^]b', '', []],
    ['\\.|\\$', '', []],
  ];
  it.each(found)('/%s/%s', async (pattern, options, ids) => {
    const rows = await server.db
      .collection('texts')
      .find({ t: { $regex: pattern, $options: options } })
      .sort({ _id: 1 })
      .toArray();
    expect(rows.map(({ _id }) => _id)).toEqual(ids);
  });
});

describe('what is stored', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await openServer();
  });
  afterAll(() => server.close());

  it('comes back in the types and the order of fields it was sent in', async () => {
    const collection = server.db.collection('types', { promoteValues: false, promoteLongs: false });
    const id = new ObjectId();
    const sent = {
      z: new mongoose.mongo.BSON.Int32(1),
      10: new Double(1),
      a: Long.fromString('9007199254740993'),
      2: new mongoose.mongo.BSON.Timestamp({ t: 1, i: 2 }),
      nfd: 'e\u0301',
    };
    await collection.insertOne({ ...sent, _id: id });
    const bytes = (await collection.find({ _id: id }, { raw: true }).toArray())[0] as unknown as Uint8Array;
    // A plain object would move the numbers to the front: the order is read off the bytes.
    const places = ['_id', '2', '10', 'z', 'a', 'nfd'].map((name) => Buffer.from(bytes).indexOf(`${name}\0`));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    const back = mongoose.mongo.BSON.deserialize(bytes, { promoteValues: false, promoteLongs: false }) as Record<
      string,
      { toString(): string; _bsontype: string }
    >;
    expect(['2', '10', 'z', 'a'].map((name) => back[name]?._bsontype)).toEqual(['Timestamp', 'Double', 'Int32', 'Long']);
    expect(String(back['a'])).toBe('9007199254740993');
    expect(String(back['nfd'])).toBe('e\u0301');
  });

  it('finds an Int64 beyond 2^53 exactly', async () => {
    const collection = server.db.collection('long');
    await collection.createIndex({ n: 1 });
    await collection.insertMany([{ n: Long.fromString('9007199254740992') }, { n: Long.fromString('9007199254740993') }]);
    expect(await collection.countDocuments({ n: Long.fromString('9007199254740993') })).toBe(1);
    expect(await collection.countDocuments({ n: { $gt: new Double(9007199254740992) } })).toBe(1);
  });
});
