import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Connection } from 'mongoose';
import type { StoredRow } from '../../src/delivery/outbox-store';
import { ShiftableClock } from '../../src/foundation/clock';
import { connectMongo } from '../../src/foundation/mongo';
import { type DingtalkApi, startDingtalkApi } from '../helpers/dingtalk-api';
import { outboxThatLives, workerThatDies } from '../helpers/dying-worker';
import { freshDatabase } from '../helpers/services';

const body = 'yunchuan';
const planned = '2026-09-23T10:11:00+08:00';
const due = '2026-09-23T10:42:00+08:00';
const afterwards = '2026-09-23T10:43:00+08:00';

describe('a worker that is killed (kill -9) while three messages go out as one', () => {
  let connection: Connection;
  let api: DingtalkApi;
  let mongodbUri: string;
  const clock = new ShiftableClock();

  beforeEach(async () => {
    mongodbUri = freshDatabase();
    connection = await connectMongo(mongodbUri);
    api = await startDingtalkApi();
    clock.moveTo(new Date(planned));
    for (const key of ['a', 'b', 'c']) {
      const words = { format: 'text', text: `〔${key}〕` } as const;
      const row = { body, key, purpose: 'seat_freed', memberId: 'M0001', platform: 'dingtalk', to: { userId: 'dt-a' } } as const;
      await outbox().plan({ ...row, ...words, dueAt: new Date(planned) });
    }
    await outbox().deliverDue(body);
  });
  afterEach(async () => {
    await connection.close();
    await api.close();
  });

  const outbox = () => outboxThatLives(connection, clock, `${api.url}/message`, { sparing: async () => true });
  const arrived = (): unknown[] => api.of('/message').map(({ json }) => json['text']);
  const rows = async (): Promise<string[]> =>
    (await connection.collection<StoredRow>('outbox').find({ body }).sort({ key: 1 }).toArray()).map(
      ({ key, state, outcome }) => `${key} ${state} ${outcome ?? ''}`,
    );

  const worker = (moment: string): Promise<string | null> =>
    workerThatDies({ mongodbUri, url: `${api.url}/message`, now: due, moment, body, sparing: true });

  async function cleanUp(): Promise<void> {
    clock.moveTo(new Date(afterwards));
    await Promise.all([outbox().deliverDue(body), outbox().deliverDue(body)]);
  }

  it('never (control): one message, three outcomes', async () => {
    expect(await worker('never')).toBe('done');
    await cleanUp();
    expect([arrived(), await rows()]).toEqual([['〔a〕\n\n〔b〕\n\n〔c〕'], ['a sent m1', 'b sent m1', 'c sent m1']]);
  });

  it.each(['before the call', 'after the call'])('%s: nothing is sent twice, and every row says that it is not known', async (moment) => {
    expect(await worker(moment)).toBe('SIGKILL');
    await cleanUp();
    expect(arrived()).toHaveLength(moment === 'after the call' ? 1 : 0);
    expect(await rows()).toEqual(['a unknown sender died', 'b unknown sender died', 'c unknown sender died']);
  });

  it('when the first outcome was written down: the others have it too', async () => {
    expect(await worker('after the outcome')).toBe('SIGKILL');
    await cleanUp();
    expect([arrived().length, await rows()]).toEqual([1, ['a sent m1', 'b sent m1', 'c sent m1']]);
  });
});
