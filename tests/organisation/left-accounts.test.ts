import { afterEach, describe, expect, it } from '@jest/globals';
import { type DingtalkTown, staffIdOf, startDingtalkTown } from '../helpers/dingtalk-town';
import { body, roster } from '../helpers/roster';
import { startTown, type Town, userIdOf } from '../helpers/town';

type House = Pick<Town, 'house' | 'clock'>;

const morning = '2026-12-17T09:47:00';
const at = (time: string): Date => new Date(`${time}+08:00`);

async function plan({ house }: House): Promise<void> {
  for (const job of house.app.jobs) if (job.definition.name === 'plan-reminders') await job.run({ body: body.id, occasion: 'test' });
}

const rowsOf = async ({ house }: House, memberId: string) => {
  const rows = await house.connection.collection('outbox').find({ body: body.id, memberId, purpose: 'reminder' }).toArray();
  return rows.map(({ state, outcome, platform, to }) => ({ state, outcome, platform, to }));
};

const report = ({ house, clock }: House, change: { userId: string; kind: 'left' | 'joined' | 'changed'; newUserId?: string }) =>
  house.app.features.organisation.service.receive({ body: body.id, platform: 'wecom', at: clock.now(), ...change });

describe('somebody whose account left', () => {
  let town: Town | DingtalkTown | undefined;
  afterEach(async () => {
    await town?.close();
    town = undefined;
  });

  async function planned(): Promise<Town> {
    const stage = await startTown('2026-12-17T08:07:00');
    town = stage;
    await plan(stage);
    return stage;
  }

  it('gets no reminder that was planned before; the records stay and the others get theirs', async () => {
    const stage = await planned();
    await stage.says('周岚', '/记录 走访 昨天 红柳社区 12人 物业收费');
    await report(stage, { userId: 'zhoulan', kind: 'left' });
    stage.clock.moveTo(at(morning));
    await stage.deliver();
    expect(await rowsOf(stage, 'M0001')).toEqual([
      { state: 'skipped', outcome: 'account left', platform: 'wecom', to: { userId: 'zhoulan' } },
    ]);
    expect(stage.inbox('周岚').filter((text) => text.startsWith('温馨提示'))).toEqual([]);
    expect(stage.inbox('许知夏').filter((text) => text.startsWith('温馨提示'))).toHaveLength(1);
    expect(await stage.house.app.features.contacts.service.byId(body.id, 'R1024')).toMatchObject({ memberId: 'M0001', status: 'kept' });
  });

  it('has none planned any more', async () => {
    const stage = await startTown('2026-12-17T08:07:00');
    town = stage;
    await report(stage, { userId: 'ZhouLan', kind: 'left' });
    await plan(stage);
    expect(await rowsOf(stage, 'M0001')).toEqual([]);
    expect(await rowsOf(stage, 'M0003')).toHaveLength(1);
  });

  it('is answered and reminded again as soon as a word comes from there', async () => {
    const stage = await planned();
    await report(stage, { userId: 'zhoulan', kind: 'left' });
    expect(await stage.says('周岚', '/进度')).toBe('已单独发给您，请看与助手的私聊。');
    stage.clock.moveTo(at(morning));
    await stage.deliver();
    expect(stage.inbox('周岚')).toEqual([expect.stringContaining('周岚委员，截至'), expect.stringMatching(/^温馨提示/)]);
  });

  it('has what was planned delivered under the new user id', async () => {
    const stage = await planned();
    await report(stage, { userId: 'zhoulan', kind: 'changed', newUserId: 'dingruomei2' });
    stage.clock.moveTo(at(morning));
    await stage.deliver();
    const sent = stage.simulator.calls.filter(
      ({ path, body: json }) => path.endsWith('message/send') && json?.['touser'] === 'dingruomei2',
    );
    expect(sent).toHaveLength(1);
    expect(stage.simulator.calls.filter(({ body: json }) => json?.['touser'] === 'zhoulan')).toEqual([]);
    expect((await rowsOf(stage, 'M0001')).map(({ to }) => to)).toEqual([{ userId: 'dingruomei2' }]);
  });

  it('is reached on the other platform', async () => {
    const stage = await startDingtalkTown('2026-12-17T08:07:00', { both: true });
    town = stage;
    await plan(stage);
    expect((await rowsOf(stage, 'M0001')).map(({ platform }) => platform)).toEqual(['wecom']);
    await report(stage, { userId: userIdOf('周岚'), kind: 'left' });
    stage.clock.moveTo(at(morning));
    await stage.deliver();
    expect(stage.inbox('周岚').filter((text) => text.startsWith('温馨提示'))).toHaveLength(1);
    expect((await rowsOf(stage, 'M0001')).map(({ state, platform, to }) => [state, platform, to])).toEqual([
      ['sent', 'dingtalk', { userId: staffIdOf('周岚') }],
    ]);
  });
});

describe('a member of both platforms', () => {
  it('is one person: one seat, one record of one visit, one progress, whichever platform it is said on', async () => {
    const town = await startDingtalkTown('2026-09-23T10:11:00', { both: true });
    let said = 0;
    const onWecom = async (name: string, text: string) => {
      const senderId = userIdOf(name);
      const chat = { kind: 'private', id: senderId } as const;
      const heard = { platform: 'wecom', channel: 'app', body: body.id, eventId: `w${++said}`, senderId, chat, text } as const;
      return (await town.house.app.inbox.receive(heard))?.text;
    };
    const onDingtalk = (name: string, text: string) => town.hear({ name, private: true, text });
    try {
      expect(await onWecom('丁若梅', '/发起活动 妇联界别 9月26日上午9点 惠民养老院 重阳关爱 名额15')).toContain('A23');
      await Promise.all([1, 2, 3].flatMap(() => [onWecom('周岚', '/报名 A23'), onDingtalk('周岚', '/报名 A23')]));
      const activities = town.house.connection.collection<{ signups: { memberId: string }[] }>('activities');
      expect((await activities.findOne({ body: body.id }))?.signups.map(({ memberId }) => memberId)).toEqual(['M0001']);
      await onWecom('周岚', '/记录 走访 昨天 红柳社区 12人 物业收费');
      expect(await onDingtalk('周岚', '/记录 走访 昨天 红柳社区 12人 物业收费')).toMatch(/看起来和R1024是同一次/);
      const [wecom, dingtalk] = [await onWecom('周岚', '/进度'), await onDingtalk('周岚', '/进度')];
      expect(wecom).toContain('全年累计联系12人次');
      expect(dingtalk).toBe(wecom);
      expect(await town.house.app.features.organisation.service.count(body.id)).toBe(roster.length);
    } finally {
      await town.close();
    }
  });
});
