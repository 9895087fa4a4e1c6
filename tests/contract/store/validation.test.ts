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
      () => collection.updateOne(id, { $unset: { name: 1 } }),
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

  it('may leave documents alone that were not valid before: level moderate', async () => {
    const validator = { year: { $gte: 2017 } };
    const moderate = await students({ validator, validationLevel: 'moderate' });
    await moderate.insertOne({ _id: 3, year: 2020 });
    expect(await errorOf(moderate.updateOne({ _id: 3 }, { $set: { year: 2 } }))).toMatchObject({ code: 121 });
    expect(await errorOf(moderate.insertOne({ _id: 4, year: 2 }))).toMatchObject({ code: 121 });
    const off = await students({ validator, validationLevel: 'off' });
    await off.insertOne({ _id: 1, year: 1 });
    expect(await off.updateOne({ _id: 1 }, { $set: { year: 4 } })).toMatchObject({ modifiedCount: 1 });
  });

  it('shows its options, and has none of an empty validator', async () => {
    const options = async ({ collectionName: name }: { collectionName: string }) => {
      const [shown] = await server.db.listCollections({ name }, { nameOnly: false }).toArray();
      return (shown as { options?: Record<string, unknown> }).options;
    };
    expect(await options(await students())).toMatchObject({
      validator: { $and: details },
      validationLevel: 'strict',
      validationAction: 'error',
    });
    expect((await options(await students({ validator: {} })))?.['validator']).toBeUndefined();
  });

  it("refuses options that are none, and databases that are MongoDB's own", async () => {
    expect(await errorOf(students({ validationLevel: 'some' }))).toMatchObject({ code: 2 });
    expect(await errorOf(students({ validationAction: 'none' }))).toMatchObject({ code: 2 });
    expect(await errorOf(students({ validator: 'x' }))).toMatchObject({ code: 14 });
    expect(await errorOf(students({ validator: { $nothing: 1 } }))).toMatchObject({ code: 2 });
    expect(await errorOf(server.client.db('config').createCollection('x', { validator: { a: 1 } }))).toMatchObject({ code: 72 });
    if (!server.builtIn) return;
    expect((await errorOf(students({ validator: { $expr: { $eq: ['$a', 1] } } }))).message).toMatch(/built-in store/);
    expect((await errorOf(students({ validator: { $jsonSchema: {} } }))).message).toMatch(/built-in store/);
    expect((await errorOf(students({ validationAction: 'warn' }))).message).toMatch(/built-in store/);
  });
});
