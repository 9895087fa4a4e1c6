import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import mongoose from 'mongoose';
import { errorOf, openServer, type TestServer } from './server';

const { Double, Long } = mongoose.mongo.BSON;
type Collection = ReturnType<TestServer['db']['collection']>;

let server: TestServer;
let collection: Collection;
beforeAll(async () => {
  server = await openServer();
  collection = server.db.collection('rows');
  await collection.insertOne({ _id: 1 as never, list: [{ a: { b: 2 } }, { a: { b: 1 } }], text: 'no list', at: new Date(0) });
});
afterAll(() => server.close());

const evaluate = async (expression: unknown): Promise<unknown> => {
  const [row] = await collection.aggregate([{ $project: { _id: 0, value: expression } }]).toArray();
  return row?.['value'];
};

// MongoDB's manual, "Aggregation Operators".
const values: Array<[unknown, unknown]> = [
  [{ $abs: new Double(-0) }, 0],
  [{ $toString: new Double(2.5) }, '2.5'],
  [{ $toString: new Double(3) }, '3'],
  [{ $toString: new Double(1234567) }, '1.23457e+06'],
  [{ $toString: new Double(0.00001234567) }, '1.23457e-05'],
  [{ $toString: Long.fromString('1234567890123') }, '1234567890123'],
  [{ $and: [{ $isArray: '$text' }, { $gt: [{ $size: '$text' }, 0] }] }, false],
  [{ $or: [true, { $size: '$text' }] }, true],
  [{ $slice: [[1, 2, 3], 2, '$nothing'] }, null],
  [{ $arrayToObject: [[['k', 1]]] }, { k: 1 }],
  [{ $sum: [new Double(0.1), 1, new Double(0.2), -1] }, 0.30000000000000004],
];

const wrong: Array<[unknown, number[]]> = [
  [{ $arrayToObject: [[{ k: 'a', v: 1, x: 2 }]] }, [40392]],
  [{ $switch: { branches: [{ case: true, value: 1 }] } }, [40067]],
  [{ $let: { vars: {}, in: 1, out: 2 } }, [9, 16875]],
];

describe('expressions', () => {
  it.each(values)('%j is %j', async (expression, expected) => {
    expect(await evaluate(expression)).toEqual(expected);
  });

  it.each(wrong)('%j is refused', async (expression, codes) => {
    expect(codes).toContain((await errorOf(evaluate(expression))).code);
  });

  it.each([{ $year: '$at' }, { $dateToString: { date: '$at' } }, { $round: [1.5, 0] }, { $setUnion: [[1], [2]] }, { $rand: {} }])(
    '%j, which the built-in store does not do, is said loudly',
    async (expression) => {
      if (!server.builtIn) return;
      expect(await errorOf(evaluate(expression))).toMatchObject({ code: 168, message: expect.stringContaining('built-in store') });
    },
  );
});
