import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { errorOf, openServer, type TestServer } from './server';

let server: TestServer;
beforeAll(async () => {
  server = await openServer();
});
afterAll(() => server.close());

interface Student {
  _id: number;
  name?: string;
  year?: number;
  total?: number;
  tags?: string[];
}

let nth = 0;
async function students(options: Record<string, unknown> = {}) {
  const validator = { $and: [{ year: { $gte: 2017, $lte: 3017 } }, { name: { $type: 'string' } }] };
  return server.db.createCollection<Student>(`students${++nth}`, { validator, ...options });
}

const details = expect.any(Object);
const good: Student = { _id: 1, name: 'Alice', year: 2020 };

// Manual, "Schema Validation": "Specify Validation With Query Operators", "Specify Validation Level for Existing Documents".
describe('a collection with a validator of query operators', () => {
  it('takes documents that are as it says and refuses others with error 121 and their _id', async () => {
    const collection = await students();
    await collection.insertOne(good);
    expect(await errorOf(collection.insertOne({ _id: 2, name: 'Bob', year: 2016 }))).toMatchObject({
      code: 121,
      message: 'Document failed validation',
      errInfo: { failingDocumentId: 2, details },
    });
    expect(await errorOf(collection.insertOne({ _id: 3, year: 2020 }))).toMatchObject({ code: 121 });
    expect(await collection.find().toArray()).toEqual([good]);
  });

  it('says which of several failed, and goes on after it only when not ordered', async () => {
    const documents = [good, { _id: 2, year: 1 }, { _id: 3, name: 'Eve', year: 2021 }];
    for (const ordered of [true, false]) {
      const collection = await students();
      expect(await server.db.command({ insert: collection.collectionName, documents, ordered })).toMatchObject({
        ok: 1,
        n: ordered ? 1 : 2,
        writeErrors: [{ index: 1, code: 121, errmsg: 'Document failed validation', errInfo: { failingDocumentId: 2, details } }],
      });
    }
  });

  it('holds for every way to change a document', async () => {
    const collection = await students();
    await collection.insertOne(good);
    const bad = { $set: { year: 2016 } };
    const id = { _id: 1 };
    for (const change of [
      () => collection.updateOne(id, bad),
      () => collection.updateMany({}, bad),
      () => collection.replaceOne(id, { name: 'Alice' }),
      () => collection.updateOne(id, [{ $unset: 'name' }]),
      () => collection.updateOne({ _id: 9 }, bad, { upsert: true }),
      () => collection.findOneAndUpdate(id, bad),
      () => collection.findOneAndReplace({ _id: 9 }, { year: 2020 }, { upsert: true }),
      () => collection.bulkWrite([{ updateOne: { filter: id, update: bad } }]),
    ]) {
      expect(await errorOf(change())).toMatchObject({ code: 121, message: 'Document failed validation' });
    }
    const modify = { findAndModify: collection.collectionName, query: id, update: bad };
    expect(await errorOf(server.db.command(modify))).toMatchObject({
      code: 121,
      codeName: 'DocumentValidationFailure',
      errInfo: { failingDocumentId: 1, details },
    });
    expect(await collection.find().toArray()).toEqual([good]);
    expect(await collection.updateOne(id, { $set: { year: 2030 } })).toMatchObject({ modifiedCount: 1 });
  });

  it('is passed by with bypassDocumentValidation', async () => {
    const collection = await students();
    const bypassDocumentValidation = true;
    await collection.insertOne({ _id: 1 }, { bypassDocumentValidation });
    await collection.updateOne({ _id: 1 }, { $set: { year: 1 } }, { bypassDocumentValidation });
    await collection.findOneAndUpdate({ _id: 1 }, { $set: { year: 2 } }, { bypassDocumentValidation });
    expect(await collection.find().toArray()).toEqual([{ _id: 1, year: 2 }]);
    expect(await errorOf(collection.updateOne({ _id: 1 }, { $set: { year: 3 } }))).toMatchObject({ code: 121 });
  });

  it('may leave documents alone that were not valid before: level moderate', async () => {
    const collection = server.db.collection<Student>('moderate');
    await collection.insertMany([{ _id: 1, year: 1 }, { _id: 2 }, good].map((one, at) => ({ ...one, _id: at + 1 })));
    const validator = { year: { $gte: 2017 } };
    const level = (validationLevel: string) => server.db.command({ collMod: 'moderate', validator, validationLevel });
    const set = (_id: number, change: Partial<Student>) => collection.updateOne({ _id }, { $set: change });
    await level('moderate');
    expect(await set(1, { year: 2 })).toMatchObject({ modifiedCount: 1 });
    expect(await errorOf(set(3, { year: 2 }))).toMatchObject({ code: 121 });
    expect(await errorOf(collection.insertOne({ _id: 4, year: 2 }))).toMatchObject({ code: 121 });
    await level('strict');
    expect(await errorOf(set(1, { year: 3 }))).toMatchObject({ code: 121 });
    expect(await set(1, { year: 2 })).toMatchObject({ matchedCount: 1, modifiedCount: 0 });
    expect(await set(1, { year: 2018 })).toMatchObject({ modifiedCount: 1 });
    await level('off');
    expect(await set(1, { year: 4 })).toMatchObject({ modifiedCount: 1 });
  });

  it('compares fields with $expr, and knows the time', async () => {
    const validator = { $expr: { $and: [{ $lte: ['$year', '$total'] }, { $gt: ['$$NOW', new Date(0)] }] } };
    const collection = await students({ validator });
    await collection.insertOne({ _id: 1, year: 1, total: 2 });
    expect(await errorOf(collection.insertOne({ _id: 2, year: 3, total: 2 }))).toMatchObject({ code: 121 });
  });

  it('shows its options, changes them, and is without them after an empty validator', async () => {
    const collection = await students();
    const options = async () => {
      const [shown] = await server.db.listCollections({ name: collection.collectionName }, { nameOnly: false }).toArray();
      return (shown as { options?: Record<string, unknown> }).options;
    };
    expect(await options()).toMatchObject({ validator: { $and: details }, validationLevel: 'strict', validationAction: 'error' });
    await server.db.command({ collMod: collection.collectionName, validator: { tags: 'a' }, validationLevel: 'moderate' });
    expect(await options()).toEqual({ validator: { tags: 'a' }, validationLevel: 'moderate', validationAction: 'error' });
    await collection.insertOne({ _id: 1, tags: ['b', 'a'] });
    expect(await errorOf(collection.insertOne({ _id: 2, tags: ['b'] }))).toMatchObject({ code: 121 });
    await server.db.command({ collMod: collection.collectionName, validator: {} });
    expect((await options())?.['validator']).toBeUndefined();
    await collection.insertOne({ _id: 2 });
  });

  it("refuses options that are none, and databases that are MongoDB's own", async () => {
    expect(await errorOf(students({ validationLevel: 'some' }))).toMatchObject({ code: 2 });
    expect(await errorOf(students({ validationAction: 'none' }))).toMatchObject({ code: 2 });
    expect(await errorOf(students({ validator: 'x' }))).toMatchObject({ code: 14 });
    expect(await errorOf(students({ validator: { $nothing: 1 } }))).toMatchObject({ code: 2 });
    expect(await errorOf(server.client.db('config').createCollection('x', { validator: { a: 1 } }))).toMatchObject({ code: 72 });
    if (!server.builtIn) return;
    expect((await errorOf(students({ validator: { $jsonSchema: {} } }))).message).toMatch(/built-in store/);
    expect((await errorOf(students({ validationAction: 'warn' }))).message).toMatch(/built-in store/);
  });
});
