import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Connection } from 'mongoose';
import { batchedInserts, batchedUpdates } from '../../src/foundation/batched-writes';
import { connectMongo, isDuplicateKey } from '../../src/foundation/mongo';
import { freshDatabase } from '../helpers/services';

interface Row {
  _id: string;
  body: string;
  n: number;
  note?: string;
}

describe('writes that come at the same time', () => {
  let connection: Connection;
  beforeAll(async () => {
    connection = await connectMongo(freshDatabase());
    await connection.collection('rows').createIndex({ body: 1, n: 1 }, { unique: true });
  });
  afterAll(() => connection.close());

  const kept = () => connection.collection<Row>('rows').find({}).sort({ n: 1 }).toArray();

  it('are kept each for itself: a refused row is told so, by itself', async () => {
    const insert = batchedInserts<Row>(connection, 'rows');
    const rows = [1, 2, 3, 2, 4].map((n, at): Row => ({ _id: `r${at}`, body: 'yunchuan', n }));
    const outcomes = await Promise.allSettled(rows.map((row) => insert(row)));
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
    const refused = outcomes.flatMap((each) => (each.status === 'rejected' ? [each.reason as unknown] : []));
    expect(refused.map(isDuplicateKey)).toEqual([true]);
    expect((await kept()).map(({ _id }) => _id)).toEqual(['r0', 'r1', 'r2', 'r4']);
  });

  it('give a row without an id one, and leave the caller’s object as it was', async () => {
    const row = { body: 'yunchuan', n: 100 };
    await batchedInserts<Omit<Row, '_id'>>(connection, 'rows')(row);
    expect(row).toEqual({ body: 'yunchuan', n: 100 });
    expect(await connection.collection('rows').countDocuments({ n: 100, _id: { $type: 'objectId' } })).toBe(1);
    await connection.collection('rows').deleteOne({ n: 100 });
  });

  it('change their own documents, those of one document in their order', async () => {
    const update = batchedUpdates<Row>(connection, 'rows');
    const set = (_id: string, note: string) => update({ filter: { _id, body: 'yunchuan' }, change: { $set: { note } } });
    await Promise.all([set('r0', 'a'), set('r1', 'b'), set('r0', 'c'), set('nobody', 'd'), set('r0', 'e')]);
    expect((await kept()).map(({ _id, note }) => [_id, note])).toEqual([
      ['r0', 'e'],
      ['r1', 'b'],
      ['r2', undefined],
      ['r4', undefined],
    ]);
  });

  it('say that the store is unavailable when it cannot be reached', async () => {
    const lost = await connectMongo(freshDatabase());
    const insert = batchedInserts<Row>(lost, 'rows');
    await lost.close();
    await expect(insert({ _id: 'x', body: 'yunchuan', n: 7 })).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
  });
});
