import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { errorOf, openServer, type TestServer } from './server';

// MongoDB's manual, "Hidden Indexes": kept up to date, unique and expiring as before, but used for no query.
describe('a hidden index', () => {
  let server: TestServer;
  let collection: ReturnType<TestServer['db']['collection']>;
  beforeAll(async () => {
    server = await openServer();
    collection = server.db.collection('papers');
    await collection.createIndex({ number: 1 }, { unique: true });
    await collection.insertMany(Array.from({ length: 20 }, (_, n) => ({ _id: n as never, number: n, kind: n % 2 })));
  });
  afterAll(() => server.close());

  const hide = (hidden: boolean): Promise<Record<string, unknown>> =>
    server.db.command({ collMod: 'papers', index: { name: 'number_1', hidden } });
  const plan = async (): Promise<string> => {
    const { queryPlanner } = await collection.find({ number: 7 }).explain('queryPlanner');
    return JSON.stringify(queryPlanner.winningPlan);
  };
  const scansAll = async (): Promise<boolean> => (await plan()).includes('COLLSCAN');

  it('is not used, and is again when it is shown', async () => {
    expect(await scansAll()).toBe(false);
    expect(await hide(true)).toMatchObject({ hidden_old: false, hidden_new: true, ok: 1 });
    expect(await scansAll()).toBe(true);
    expect((await collection.indexes())[1]).toMatchObject({ name: 'number_1', hidden: true });
    expect(await hide(false)).toMatchObject({ hidden_old: true, hidden_new: false, ok: 1 });
    expect(await scansAll()).toBe(false);
    expect((await collection.indexes())[1]).not.toHaveProperty('hidden');
  });

  it('gives the same answers, keeps duplicates out and knows what changed meanwhile', async () => {
    await hide(true);
    expect(await collection.findOne({ number: 7 })).toMatchObject({ _id: 7 });
    expect(await errorOf(collection.insertOne({ number: 7 }))).toMatchObject({ code: 11000, keyPattern: { number: 1 } });
    await collection.updateOne({ _id: 8 as never }, { $set: { number: 80 } });
    await collection.deleteOne({ _id: 9 as never });
    await hide(false);
    expect(
      await collection.find({ number: { $gte: 7, $lte: 100 } }, { projection: { number: 1, _id: 0 }, sort: { number: 1 } }).toArray(),
    ).toEqual([7, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 80].map((number) => ({ number })));
  });

  it('may not be named by a hint, by name or by key', async () => {
    await hide(true);
    for (const hint of ['number_1', { number: 1 as const }]) {
      expect(await errorOf(collection.find({ number: 7 }, { hint }).toArray())).toMatchObject({
        code: 2,
        message: expect.stringContaining('hint provided does not correspond to an existing index'),
      });
      expect(await errorOf(collection.updateOne({ number: 7 }, { $set: { a: 1 } }, { hint }))).toMatchObject({ code: 2 });
    }
    await hide(false);
    expect(await collection.find({ number: 7 }, { hint: 'number_1' }).toArray()).toHaveLength(1);
  });

  it('can be made hidden from the first', async () => {
    await collection.createIndex({ kind: 1 }, { hidden: true });
    const { queryPlanner } = await collection.find({ kind: 1 }).explain('queryPlanner');
    expect(JSON.stringify(queryPlanner.winningPlan)).toContain('COLLSCAN');
    expect(await collection.distinct('kind')).toEqual([0, 1]);
  });

  it('is never the index of _id', async () => {
    expect(await errorOf(server.db.command({ collMod: 'papers', index: { name: '_id_', hidden: true } }))).toMatchObject({ code: 2 });
  });

  it('is asked for by an index that exists, and by nothing else', async () => {
    expect(await errorOf(server.db.command({ collMod: 'papers', index: { name: 'nobody', hidden: true } }))).toMatchObject({ code: 27 });
    expect(await errorOf(server.db.command({ collMod: 'papers', index: { name: 'number_1', hidden: 'yes' } }))).toMatchObject({ code: 14 });
    expect(await errorOf(server.db.command({ collMod: 'papers', index: { name: 'number_1' } }))).toMatchObject({ code: 72 });
    expect(await errorOf(server.db.command({ collMod: 'nowhere', index: { name: 'a', hidden: true } }))).toMatchObject({ code: 26 });
  });
});
