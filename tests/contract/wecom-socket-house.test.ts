import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { body } from '../helpers/roster';
import { startTown, type Town, userIdOf } from '../helpers/town';
import { until } from '../helpers/wait';

const line = '/记录 走访 昨天 红柳社区 12人 物业收费';

describe('the whole product with its bot on the long connection', () => {
  let town: Town;

  beforeEach(async () => {
    town = await startTown('2026-09-23T10:11:00', { longConnection: true });
  });
  afterEach(() => town.close());

  const ofBot = (): string[] =>
    town.simulator
      .groupMessages('wrALL')
      .filter(({ from }) => from === 'bot')
      .map(({ text }) => text);
  const called = (command: string): (number | null)[] =>
    town.simulator.calls.filter(({ path }) => path === command).map(({ errcode }) => errcode);

  it('says in the group, unasked, what it could not answer there', async () => {
    town.simulator.faults.api('rate-limited', { path: 'aibot_respond_msg' });
    const answering = town.says('周岚', line);
    await until('the answer is planned', async () => (await town.house.app.stores.outbox.counts(body.id))['planned'] === 1);
    await town.deliver();
    expect(ofBot()).toEqual([expect.stringContaining('R1024')]);
    expect(called('aibot_send_msg')).toEqual([0]);
    expect(await answering).toBeNull();
    expect(await town.house.app.stores.outbox.counts(body.id)).toMatchObject({ planned: 0, sent: 1 });
  });

  it('says it in private when the group has become unreachable', async () => {
    await town.says('周岚', '谢谢');
    const before = ofBot().length;
    town.simulator.faults.api('rate-limited', { path: 'aibot_respond_msg' });
    const answering = town.says('周岚', line);
    await until('the answer is planned', async () => (await town.house.app.stores.outbox.counts(body.id))['planned'] === 1);
    await town.house.app.stores.chats.forget({ body: body.id, platform: 'wecom', chatId: 'wrALL' });
    await town.deliver();
    expect(town.inbox('周岚')).toEqual([expect.stringContaining('R1024')]);
    expect(ofBot()).toHaveLength(before);
    await answering;
  });

  it('does not repeat an answer whose acknowledgement was lost', async () => {
    town.simulator.faults.api('lost-after', { path: 'aibot_respond_msg' });
    expect(await town.says('周岚', line)).toContain('R1024');
    await town.house.app.longConnections[0]?.stop();
    await town.deliver();
    expect(ofBot()).toHaveLength(1);
    expect(await town.house.app.stores.outbox.counts(body.id)).toMatchObject({ planned: 0, sent: 0 });
  });

  it('handles a message once that comes twice under new frame ids, and again later', async () => {
    const { msgId, answers } = await town.simulator.say({ from: userIdOf('周岚'), chat: 'wrALL', text: line, times: 3 });
    expect(new Set(answers)).toEqual(new Set([expect.stringContaining('R1024')]));
    expect((await town.simulator.deliverAgain(msgId)).answer).toContain('R1024');
    expect(ofBot()).toHaveLength(1);
    expect(await town.house.connection.collection('contact_records').countDocuments()).toBe(1);
  });

  it('tells a bound group of an activity that was opened elsewhere', async () => {
    const binding = { platform: 'wecom' as const, chatId: 'wrALL', sectors: ['women'] };
    await town.house.app.features.organisation.chatGroups.bind(body.id, binding, { by: 'S0001', at: town.clock.now() });
    await town.says('周岚', '谢谢');
    const before = ofBot().length;
    const opened = await town.whispers('丁若梅', '/发起活动 妇联界别 9月26日上午9点 惠民养老院 重阳关爱 名额15 截止9月24日18点');
    expect(opened).toContain('已发起活动A23');
    await town.deliver();
    expect(ofBot().slice(before).join('')).toContain('重阳关爱');
    expect(called('aibot_send_msg')[0]).toBe(0);
  });

  it('works on after the connection broke, and after another program took the bot over and left', async () => {
    expect(await town.says('周岚', line)).toContain('R1024');
    town.simulator.longConnection.drop();
    await until('it is back', () => town.simulator.longConnection.connected);
    expect(await town.says('周岚', '/记录 座谈 今天 春晖小学 8人 课后托管')).toContain('R1025');
    town.simulator.longConnection.takeOver();
    await until('it has left', () => town.simulator.longConnection.open === 0);
    expect(await town.says('周岚', '谢谢')).toBeNull();
    expect(town.simulator.longConnection.open).toBe(0);
  });
});
