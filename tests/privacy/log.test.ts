import { Writable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Connection } from 'mongoose';
import { AppError } from '../../src/foundation/errors';
import { createLogger } from '../../src/foundation/logger';
import { connectMongo } from '../../src/foundation/mongo';
import { freshDatabase } from '../helpers/services';

const marker = '黄鹂鸟3141';

describe('the log', () => {
  let connection: Connection;
  let lines: string[] = [];
  const log = createLogger('info', new Writable({ write: (chunk, _encoding, done) => (lines.push(String(chunk)), done()) }));
  const failing = async (work: () => unknown): Promise<Error> => {
    try {
      await work();
    } catch (error) {
      return error as Error;
    }
    throw new Error('nothing failed');
  };

  beforeAll(async () => {
    connection = await connectMongo(freshDatabase());
    await connection.collection('people').createIndex({ name: 1 }, { unique: true });
  });
  afterAll(() => connection.close());

  it('tells that a unique key was there already, and not whose it was', async () => {
    const people = connection.collection('people');
    await people.insertOne({ name: marker });
    const error = await failing(() => people.insertOne({ name: marker }));
    expect(error.message).toContain(marker);
    await expectHidden(error, { code: 11000 });
  });

  it('tells that a document was refused, and not what stood in it', async () => {
    await connection.createCollection('checked', { validator: { age: { $gt: 0 } } });
    const error = await failing(() => connection.collection('checked').insertOne({ age: -1, name: marker }));
    await expectHidden(Object.assign(error, { message: `${error.message} ${marker}` }), { code: 121 });
  });

  it('tells that JSON could not be read, and not which', async () => {
    await expectHidden(await failing(() => JSON.parse(`${marker}{`)), { type: 'SyntaxError' });
  });

  it('tells the cause in the same way, and our own words as they are', async () => {
    const cause = Object.assign(new Error(marker), { name: 'MongoServerError', code: 11000 });
    await expectHidden(new AppError('UNEXPECTED', 'a row was lost', { cause }), { type: 'AppError', message: 'a row was lost' });
  });

  async function expectHidden(err: Error, told: object): Promise<void> {
    lines = [];
    log.error({ code: 'UNEXPECTED', err }, 'a message could not be handled');
    expect(lines).toHaveLength(1);
    expect(lines.join('')).not.toContain(marker);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ msg: 'a message could not be handled', err: told });
  }
});
