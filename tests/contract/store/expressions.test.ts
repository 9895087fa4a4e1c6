import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import mongoose from 'mongoose';
import { errorOf, openServer, type TestServer } from './server';

const { Double, Int32, Long } = mongoose.mongo.BSON;
type Collection = ReturnType<TestServer['db']['collection']>;

let server: TestServer;
let collection: Collection;
beforeAll(async () => {
  server = await openServer('expressions');
  collection = server.db.collection('rows');
  await collection.insertOne({ _id: 1 as never, list: [{ a: { b: 2 } }, { a: { b: 1 } }], text: 'no list', at: new Date(0) });
});
afterAll(() => server.close());

const evaluate = async (expression: unknown): Promise<unknown> => {
  const [row] = await collection.aggregate([{ $project: { _id: 0, value: expression } }]).toArray();
  return row?.['value'];
};

// MongoDB's manual, "Aggregation Operators"; doubles are rounded by their exact value, as $round's page says.
const values: Array<[unknown, unknown]> = [
  [{ $round: [new Double(2.675), 2] }, 2.67],
  [{ $round: [new Double(0.125), 2] }, 0.12],
  [{ $round: [new Double(0.375), 2] }, 0.38],
  [{ $round: [new Double(2.5)] }, 2],
  [{ $round: [new Double(-3.5)] }, -4],
  [{ $round: [new Double(19.25), -1] }, 20],
  [{ $round: [1234, -2] }, 1200],
  [{ $round: [1250, -2] }, 1200],
  [{ $round: [new Int32(2147483647), -1] }, 2147483650],
  [{ $trunc: [new Double(1.298), 1] }, 1.2],
  [{ $trunc: [new Double(-23.298), -1] }, -20],
  [{ $pow: [2, 40] }, 1099511627776],
  [{ $pow: [5, -2] }, 0.04],
  [{ $type: { $pow: [2, 40] } }, 'long'],
  [{ $type: { $round: [Long.fromNumber(15), -1] } }, 'long'],
  [{ $abs: new Double(-0) }, 0],
  [{ $toString: new Double(2.5) }, '2.5'],
  [{ $toString: new Double(3) }, '3'],
  [{ $toString: new Double(1234567) }, '1.23457e+06'],
  [{ $toString: new Double(0.00001234567) }, '1.23457e-05'],
  [{ $toString: Long.fromString('1234567890123') }, '1234567890123'],
  [{ $and: [{ $isArray: '$text' }, { $gt: [{ $size: '$text' }, 0] }] }, false],
  [{ $or: [true, { $size: '$text' }] }, true],
  [{ $sortArray: { input: '$list', sortBy: { 'a.b': 1 } } }, [{ a: { b: 1 } }, { a: { b: 2 } }]],
  [{ $sortArray: { input: [3, 1, 2], sortBy: -1 } }, [3, 2, 1]],
  [{ $slice: [[1, 2, 3], 2, '$nothing'] }, null],
  [{ $year: { date: '$at', timezone: '$nothing' } }, null],
  [{ $dateToString: { date: '$nothing', onNull: 'never' } }, 'never'],
  [{ $dateTrunc: { date: '$at', unit: '$nothing' } }, null],
  [{ $setField: { field: 'a', input: { a: 1, b: 2 }, value: '$$REMOVE' } }, { b: 2 }],
  [{ $arrayToObject: [[['k', 1]]] }, { k: 1 }],
  [{ $sum: [new Double(0.1), 1, new Double(0.2), -1] }, 0.30000000000000004],
];

const wrong: Array<[unknown, number[]]> = [
  [{ $sqrt: -1 }, [28714]],
  [{ $ln: 0 }, [28766]],
  [{ $log10: -1 }, [28761]],
  [{ $pow: [0, -1] }, [28764]],
  [{ $round: [1.5, 101] }, [51083]],
  [{ $round: [1.5, 0.5] }, [51082]],
  [{ $arrayToObject: [[{ k: 'a', v: 1, x: 2 }]] }, [40392]],
  [{ $switch: { branches: [{ case: true, value: 1 }] } }, [40067]],
  [{ $let: { vars: {}, in: 1, out: 2 } }, [9, 16875]],
  [{ $dateFromParts: { year: 10_000 } }, [40523]],
  [{ $dateFromString: { dateString: '2026-01-01T00:00:00Z', timezone: '+08:00' } }, [40551, 241]],
];

describe('expressions', () => {
  it.each(values)('%j is %j', async (expression, expected) => {
    expect(await evaluate(expression)).toEqual(expected);
  });

  it.each(wrong)('%j is refused', async (expression, codes) => {
    expect(codes).toContain((await errorOf(evaluate(expression))).code);
  });
});
