import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { body } from '../helpers/roster';
import { startTown, type Town } from '../helpers/town';

describe('what somebody asks in a group and hears in private', () => {
  let town: Town;
  beforeEach(async () => {
    town = await startTown('2026-09-23T10:11:00');
  });
  afterEach(() => town.close());

  it('is said to have been sent only when the platform has it; else it is said that it is on its way', async () => {
    expect(await town.says('周岚', '/进度')).toBe('已单独发给您，请看与助手的私聊。');
    expect(town.inbox('周岚')).toHaveLength(1);
    town.simulator.faults.api('server-error', { path: 'message/send' });
    expect(await town.says('周岚', '/我的记录')).toBe('结果只发给您本人，正在发送；过一会儿还没收到，请到与助手的私聊里再问一次。');
    expect(town.inbox('周岚')).toHaveLength(1);
    await town.wait('2026-09-23T10:41:00');
    expect(town.inbox('周岚')).toHaveLength(2);
  });

  it('that may not have arrived is listed for the office, and nobody is written to again by guess', async () => {
    const { ledger, since } = { ledger: town.house.app.outbox, since: new Date('2026-09-01T00:00:00+08:00') };
    await town.house.connection.collection('outbox').insertMany([
      {
        body: body.id,
        key: 'a',
        purpose: 'quota_reminder',
        memberId: 'M0001',
        platform: 'dingtalk',
        state: 'unknown',
        outcome: 'sender died',
        plannedAt: town.clock.now(),
      },
      {
        body: body.id,
        key: 'b',
        purpose: 'quota_reminder',
        memberId: 'M0001',
        platform: 'dingtalk',
        state: 'sent',
        plannedAt: town.clock.now(),
      },
      {
        body: 'elsewhere',
        key: 'c',
        purpose: 'quota_reminder',
        memberId: 'M0001',
        platform: 'dingtalk',
        state: 'unknown',
        plannedAt: town.clock.now(),
      },
    ] as never);
    expect(await ledger.unconfirmed(body.id, since)).toMatchObject([{ key: 'a', state: 'unknown', outcome: 'sender died' }]);
  });
});
