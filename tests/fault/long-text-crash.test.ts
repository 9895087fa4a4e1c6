import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Connection } from 'mongoose';
import type { StoredRow } from '../../src/delivery/outbox-store';
import { ShiftableClock } from '../../src/foundation/clock';
import { connectMongo } from '../../src/foundation/mongo';
import { type DingtalkApi, startDingtalkApi } from '../helpers/dingtalk-api';
import { oneALine, outboxThatLives, workerThatDies } from '../helpers/dying-worker';
import { freshDatabase } from '../helpers/services';

const body = 'yunchuan';
const due = '2026-09-23T10:11:00+08:00';
const afterwards = '2026-09-23T10:13:00+08:00';

describe('a worker that is killed (kill -9) while a long text goes out in three messages', () => {
  let connection: Connection;
  let api: DingtalkApi;
  let mongodbUri: string;
  const clock = new ShiftableClock();

  beforeEach(async () => {
    mongodbUri = freshDatabase();
    connection = await connectMongo(mongodbUri);
    api = await startDingtalkApi();
    clock.moveTo(new Date(due));
    const row = { body, key: 'long', purpose: 'private_reply', memberId: 'M0001', platform: 'dingtalk', to: { userId: 'dt-a' } } as const;
    await outbox().plan({ ...row, format: 'text', text: '一\n二\n三', dueAt: new Date(due) });
  });
  afterEach(async () => {
    await connection.close();
    await api.close();
  });

  const outbox = () => outboxThatLives(connection, clock, `${api.url}/message`, { parts: oneALine });
  const worker = (moment: string, call?: number): Promise<string | null> =>
    workerThatDies({ mongodbUri, url: `${api.url}/message`, now: due, moment, body, lines: true, ...(call ? { call } : {}) });

  /** What has arrived after two others have looked at what the dead one left, and what the row says. */
  async function afterwardsThereIs(): Promise<[unknown[], string]> {
    clock.moveTo(new Date(afterwards));
    await Promise.all([outbox().deliverDue(body), outbox().deliverDue(body)]);
    const row = await connection.collection<StoredRow>('outbox').findOne({ body });
    return [api.of('/message').map(({ json }) => json['text']), `${row?.state} ${row?.outcome ?? ''}`];
  }

  it('never (control): three messages in order', async () => {
    expect(await worker('never')).toBe('done');
    expect(await afterwardsThereIs()).toEqual([['一\n', '二\n', '三'], 'sent m1']);
  });

  it.each([1, 2])('when part %d had been written down: the others follow, none is said twice', async (call) => {
    expect(await worker('after the outcome', call)).toBe('SIGKILL');
    expect(await afterwardsThereIs()).toEqual([['一\n', '二\n', '三'], 'sent m2']);
  });

  it('after the second call: nobody knows whether that arrived, so nothing is said again and the row says so', async () => {
    expect(await worker('after the call', 2)).toBe('SIGKILL');
    expect(await afterwardsThereIs()).toEqual([['一\n', '二\n'], 'unknown sender died']);
  });

  it('before the second call: the same, as nobody can tell the two apart', async () => {
    expect(await worker('before the call', 2)).toBe('SIGKILL');
    expect(await afterwardsThereIs()).toEqual([['一\n'], 'unknown sender died']);
  });
});
