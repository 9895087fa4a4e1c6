import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { body } from '../helpers/roster';
import { secrets, startTown, type Town, userIdOf } from '../helpers/town';

/** Played from WeCom's side: nobody reports anything to the product but the platform. */
describe('people who come to the simulated company, go, or are called otherwise', () => {
  let town: Town;
  beforeEach(async () => {
    town = await startTown('2026-12-17T08:07:00', { contacts: true });
    for (const job of town.house.app.jobs) if (job.definition.name === 'plan-reminders') await job.run({ body: body.id, occasion: 'test' });
    // The roster was read before: what is told now is newer.
    town.clock.moveTo(new Date('2026-12-17T08:12:00+08:00'));
  });
  afterEach(() => town.close());
  const from = userIdOf('周岚');
  const line = { from, chat: 'wrALL', text: '/进度' };
  const morning = new Date('2026-12-17T09:47:00+08:00');
  const reminders = async () => {
    town.clock.moveTo(morning);
    await town.deliver();
    const rows = await town.house.connection.collection('outbox').find({ body: body.id, memberId: 'M0001', purpose: 'reminder' }).toArray();
    return rows.map(({ state, outcome, to }) => [state, outcome ?? null, (to as { userId: string }).userId]);
  };
  const dealtWith = () => town.house.connection.collection('contact_changes').countDocuments({ body: body.id });
  const written = async (touser: string): Promise<number> => {
    const { apiBase } = town.simulator;
    const asked = new URLSearchParams({ corpid: secrets.WECOM_CORP_ID, corpsecret: secrets.WECOM_APP_SECRET }).toString();
    const { access_token: token } = (await (await fetch(`${apiBase}/cgi-bin/gettoken?${asked}`)).json()) as Record<string, string>;
    const json = JSON.stringify({ touser, msgtype: 'text', agentid: Number(secrets.WECOM_APP_AGENT_ID), text: { content: '您好' } });
    const answer = await fetch(`${apiBase}/cgi-bin/message/send?access_token=${token}`, { method: 'POST', body: json });
    return ((await answer.json()) as { errcode: number }).errcode;
  };

  it('whoever has left can neither speak nor be written to, and what was planned for them is not sent', async () => {
    // The control: so far both are possible.
    expect((await town.simulator.say(line)).answer).not.toBeNull();
    expect(await written(from)).toBe(0);
    await town.simulator.personnel.leave(from);
    await expect(town.simulator.say(line)).rejects.toThrow('there is nobody called');
    expect(await written(from)).toBe(81_013);
    expect(await dealtWith()).toBe(2);
    expect(await reminders()).toEqual([['skipped', 'account left', from]]);
  });

  it('whoever got another id is reached under it', async () => {
    await town.simulator.personnel.changeId(from, 'zhoulan2');
    expect(await dealtWith()).toBe(1);
    expect(await reminders()).toEqual([['sent', expect.any(String), 'zhoulan2']]);
    expect(town.simulator.privateMessages('zhoulan2').map(({ text }) => text)).toEqual([expect.stringMatching(/^温馨提示/u)]);
    expect((await town.simulator.say({ ...line, from: 'zhoulan2' })).answer).not.toBeNull();
  });

  it('whoever comes is told to the application and in no group yet', async () => {
    await town.simulator.personnel.join({ userId: 'newone', name: '新委员' });
    expect(await written('newone')).toBe(0);
    await expect(town.simulator.say({ ...line, from: 'newone' })).rejects.toThrow('is not in');
    await expect(town.simulator.personnel.join({ userId: 'NewOne', name: '新委员' })).rejects.toThrow('there already');
    await town.simulator.personnel.rename('newone', '王新');
    expect(await dealtWith()).toBe(3);
  });
});
