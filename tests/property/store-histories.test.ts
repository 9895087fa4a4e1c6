import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { openBuiltIn, type TestServer } from '../contract/store/server';
import { Model } from './store-model';

type Document = Record<string, unknown> & { _id: number };
type Collection = ReturnType<TestServer['db']['collection']>;

/** Histories to run; by name with the number of the requirement, in the daily suite the same. */
const histories = Number(process.env['STORE_HISTORIES'] ?? 300);

const scalar = fc.oneof(
  fc.integer({ min: -3, max: 3 }),
  fc.constantFrom('a', 'b', 'ab', '中', ''),
  fc.boolean(),
  fc.constant(null),
  fc.constantFrom(0.5, 1.5),
);
const inner = fc.record(
  { x: fc.integer({ min: 0, max: 3 }), y: fc.constantFrom('p', 'q') },
  { requiredKeys: ['x'], noNullPrototype: true },
);
const value = fc.oneof(
  { weight: 4, arbitrary: scalar },
  fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 3 }),
  inner,
  fc.array(inner, { minLength: 1, maxLength: 3 }),
);
const document = fc.record({ a: value, b: scalar, c: value, u: fc.integer({ min: 0, max: 12 }) }, { requiredKeys: [] });
const ids = fc.integer({ min: 0, max: 9 });

const number = fc.oneof(fc.integer({ min: -3, max: 4 }), fc.constantFrom(0.5, 1.5));
const word = fc.constantFrom('a', 'b', 'ab', '中', '');
const ordered = fc.oneof(number, word);
const condition = fc.oneof(
  scalar,
  fc.record({ $gt: ordered }),
  fc.record({ $gte: number, $lt: number }),
  fc.record({ $lte: ordered }),
  fc.record({ $ne: scalar }),
  fc.record({ $in: fc.array(scalar, { minLength: 1, maxLength: 4 }) }),
  fc.record({ $nin: fc.array(scalar, { minLength: 1, maxLength: 3 }) }),
  fc.record({ $exists: fc.boolean() }),
  fc.record({ $not: fc.record({ $gt: number }) }),
);
const clause = fc.oneof(
  fc.record({ a: condition }),
  fc.record({ b: condition }),
  fc.record({ a: condition, b: condition }),
  fc.record({ 'a.x': fc.oneof(fc.integer({ min: 0, max: 3 }), fc.record({ $gt: fc.integer({ min: 0, max: 2 }) })) }),
  fc.record({ 'c.x': fc.integer({ min: 0, max: 3 }), 'c.y': fc.constantFrom('p', 'q') }),
  fc.record({ c: fc.record({ $elemMatch: fc.record({ x: fc.integer({ min: 0, max: 3 }), y: fc.constantFrom('p', 'q') }) }) }),
  fc.record({ u: fc.oneof(fc.integer({ min: 0, max: 12 }), fc.record({ $gte: fc.integer({ min: 0, max: 12 }) })) }),
  fc.record({ a: fc.record({ $size: fc.integer({ min: 0, max: 2 }) }) }),
);
const filter: fc.Arbitrary<Record<string, unknown>> = fc.oneof(
  { weight: 5, arbitrary: clause },
  fc.record({ $or: fc.array(clause, { minLength: 1, maxLength: 3 }) }),
  fc.record({ $and: fc.array(clause, { minLength: 1, maxLength: 2 }) }),
  fc.constant({}),
);
const change: fc.Arbitrary<Record<string, unknown>> = fc.oneof(
  fc.record({ $set: fc.record({ a: value }) }),
  fc.record({ $set: fc.record({ b: scalar }) }),
  fc.record({ $unset: fc.constantFrom({ a: 1 }, { c: 1 }, { u: 1 }) }),
  fc.record({ $min: fc.record({ b: fc.integer({ min: -3, max: 3 }) }) }),
  fc.record({ $max: fc.record({ b: fc.integer({ min: -3, max: 3 }) }) }),
);
// Only for one document at a time: which of several would take a unique value first is nobody's promise.
const uniqueChange = fc.record({ $set: fc.record({ b: scalar, u: fc.integer({ min: 0, max: 12 }) }) });
const arrayChange: fc.Arbitrary<Record<string, unknown>> = fc.oneof(
  fc.record({ $push: fc.record({ list: fc.integer({ min: 0, max: 4 }) }) }),
  fc.record({ $addToSet: fc.record({ list: fc.integer({ min: 0, max: 4 }) }) }),
  fc.record({ $pull: fc.record({ list: fc.oneof(fc.integer({ min: 0, max: 4 }), fc.record({ $gt: fc.integer({ min: 0, max: 4 }) })) }) }),
  fc.record({ $inc: fc.record({ n: fc.integer({ min: -5, max: 5 }) }) }),
);

const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('insert' as const), doc: document, id: ids }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('updateMany' as const), filter, change: fc.oneof(change, arrayChange) }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('updateOne' as const), id: ids, filter, change: fc.oneof(change, arrayChange, uniqueChange) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('deleteMany' as const), filter: clause }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('find' as const),
      filter,
      sort: fc.constantFrom('a', 'b', 'u', '_id'),
      direction: fc.constantFrom(1, -1),
      limit: fc.integer({ min: 0, max: 3 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('count' as const), filter }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('group' as const), filter }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const indexSets: Array<Array<Record<string, 1 | -1>>> = [
  [{ a: 1 }, { b: -1 }],
  [
    { a: 1, b: 1 },
    { 'c.x': 1, 'c.y': 1 },
  ],
  [{ b: 1, a: -1 }, { 'a.x': 1 }],
  [{ b: -1, u: 1, a: 1 }, { list: 1 }],
];

const byId = (rows: Document[]): Document[] => rows.toSorted((x, y) => x._id - y._id);

/** What a step answers: its documents or counts, or the code of its error. */
async function ask(collection: Collection, step: Step): Promise<unknown> {
  try {
    return await perform(collection, step);
  } catch (error) {
    return { code: (error as { code?: number }).code };
  }
}

async function perform(collection: Collection, step: Step): Promise<unknown> {
  switch (step.kind) {
    case 'insert':
      await collection.insertOne({ ...step.doc, _id: step.id } as never);
      return 'inserted';
    case 'updateMany':
    case 'updateOne': {
      const where = step.kind === 'updateOne' ? { $and: [{ _id: step.id }, step.filter] } : step.filter;
      const { matchedCount, modifiedCount } = await collection.updateMany(where as never, step.change as never);
      return { matched: matchedCount, modified: modifiedCount };
    }
    case 'deleteMany':
      return (await collection.deleteMany(step.filter as never)).deletedCount;
    case 'find': {
      const found = await collection
        .find(step.filter as never)
        .sort({ [step.sort]: step.direction as 1, _id: 1 })
        .limit(step.limit)
        .toArray();
      return step.limit === 0 && step.sort !== '_id' ? byId(found as unknown as Document[]) : found;
    }
    case 'count':
      return collection.countDocuments(step.filter as never);
    default:
      return grouped(await collection.aggregate(pipeline(step.filter)).toArray());
  }
}

const pipeline = (where: unknown): Record<string, unknown>[] => [
  { $match: where },
  { $group: { _id: '$u', n: { $sum: 1 }, most: { $max: '$_id' } } },
];
const grouped = (rows: unknown[]): unknown[] => rows.map((row) => JSON.stringify(row)).sort();

function expected(model: Model, step: Step): unknown {
  try {
    return modelled(model, step);
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
    return { code: error.code };
  }
}

function modelled(model: Model, step: Step): unknown {
  switch (step.kind) {
    case 'insert':
      model.insert({ ...step.doc, _id: step.id });
      return 'inserted';
    case 'updateMany':
      return model.update(step.filter, step.change);
    case 'updateOne':
      return model.update({ $and: [{ _id: step.id }, step.filter] }, step.change);
    case 'deleteMany':
      return model.remove(step.filter);
    case 'find':
      return byId(model.find(step.filter));
    case 'count':
      return model.find(step.filter).length;
    default:
      return grouped(model.aggregate(pipeline(step.filter)));
  }
}

describe('random histories on the built-in store', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await openBuiltIn();
  });
  afterAll(() => server.close());

  it(
    'give the answers of a naive model, and the same with and without indexes',
    async () => {
      let run = 0;
      const property = fc.asyncProperty(
        fc.array(step, { minLength: 3, maxLength: 12 }),
        fc.constantFrom(...indexSets),
        fc.boolean(),
        async (steps, indexes, unique) => {
          const [plain, indexed] = [server.db.collection(`plain${++run % 8}`), server.db.collection(`indexed${run % 8}`)];
          await Promise.all([plain.drop(), indexed.drop()]);
          const onlyOnce = { key: { u: 1 as const }, unique: true, partialFilterExpression: { u: { $type: 'number' } } };
          if (unique) await plain.createIndexes([onlyOnce]);
          await indexed.createIndexes([...indexes.map((key) => ({ key })), ...(unique ? [onlyOnce] : [])]);
          const model = new Model(unique ? 'u' : undefined);
          for (const one of steps) {
            const [a, b] = await Promise.all([ask(plain, one), ask(indexed, one)]);
            expect({ step: one, answer: b }).toEqual({ step: one, answer: a });
            // The order of documents within a limit is compared between the two stores; the model says which can be there.
            const wanted = expected(model, one);
            if (one.kind === 'find') expectSubset(one.limit, byId(a as Document[]), wanted as Document[]);
            else expect({ step: one, answer: a }).toEqual({ step: one, answer: wanted });
          }
          expect(byId((await indexed.find().toArray()) as unknown as Document[])).toEqual(byId(model.rows as Document[]));
        },
      );
      await fc.assert(property, { numRuns: histories });
      // Some 15 ms each; the limit leaves room for a machine that is busy ten times over.
    },
    60_000 + histories * 300,
  );
});

function expectSubset(limit: number, found: Document[], all: Document[]): void {
  expect(found).toHaveLength(limit === 0 ? all.length : Math.min(limit, all.length));
  const known = new Map(all.map((row) => [row._id, row]));
  for (const row of found) expect(row).toEqual(known.get(row._id));
}
