import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { body, roster } from '../helpers/roster';
import { startTown, type Town, userIdOf } from '../helpers/town';

const members = roster.filter(({ sector }) => sector !== null);
const reminders = (town: Town, name: string): string[] => town.inbox(name).filter((text) => text.startsWith('温馨提示'));
const allReminders = (town: Town): number => members.reduce((sum, { name }) => sum + reminders(town, name).length, 0);

describe('reminders of the quarter', () => {
  let town: Town;
  beforeEach(async () => {
    town = await startTown('2026-12-16T18:05:00');
  });
  afterEach(() => town.close());

  const plan = async (): Promise<void> => {
    for (const job of town.house.app.jobs) if (job.definition.name === 'plan-reminders') await job.run({ body: body.id, occasion: 'test' });
  };
  const at = (time: string): void => town.clock.moveTo(new Date(`${time}:00+08:00`));

  it('reach everybody who is behind once, although several workers plan and deliver at the same time', async () => {
    at('2026-12-17T09:07');
    await Promise.all([plan(), plan(), plan()]);
    at('2026-12-17T09:47');
    await Promise.all([1, 2, 3].map(() => town.house.app.outbox.deliverDue(body.id)));
    await town.deliver();
    expect(members.map(({ name }) => reminders(town, name).length)).toEqual(members.map(() => 1));
  });

  it('say what is open when they are sent, not when they were planned', async () => {
    at('2026-12-17T08:07');
    await plan();
    await town.says('许知夏', '/记录 走访 昨天 月牙湾社区 20人');
    at('2026-12-17T09:47');
    await town.deliver();
    expect(reminders(town, '许知夏')[0]).toMatch(/^温馨提示：全年联系界别群众还差30人次。/);
    expect(reminders(town, '周岚')[0]).toMatch(/^温馨提示：本季度联系界别群众活动尚待开展1次；全年联系界别群众还差50人次。/);
  });

  it('are not sent to who has told of the missing contact in between, and to the others they are', async () => {
    at('2026-12-17T08:07');
    await plan();
    await town.says('许知夏', '/记录 义诊 昨天 月牙湾社区 80人');
    at('2026-12-17T09:47');
    await town.deliver();
    expect([reminders(town, '许知夏').length, allReminders(town)]).toEqual([0, members.length - 1]);
    const rows = town.house.connection.collection('outbox');
    expect(await rows.findOne({ body: body.id, key: 'reminder:M0003:2026-Q4-14' })).toMatchObject({ state: 'skipped', outcome: 'met' });
  });

  it('stop at once for who is exempted or leaves after they were planned', async () => {
    at('2026-12-17T08:07');
    await plan();
    const [left, exempt] = members;
    await town.house.app.features.organisation.service.saveMembers(body.id, [
      { ...left!, active: false },
      { ...exempt!, exemptions: [{ period: '2026', reason: '生病' }] },
    ]);
    at('2026-12-17T09:47');
    await town.deliver();
    expect([left!, exempt!].map(({ name }) => reminders(town, name).length)).toEqual([0, 0]);
    expect(allReminders(town)).toBe(members.length - 2);
  });

  it('are polite, in private, and say in one sentence how to finish', async () => {
    await town.wait('2026-12-17T10:05:00');
    const [text = ''] = reminders(town, '周岚');
    expect(text).toMatch(/^温馨提示：.*直接发一句就能补录.*本提示仅您可见。$/u);
    expect(text).not.toMatch(/未达标|落后|倒数|必须|处分|排名/u);
    expect(town.simulator.groupMessages('wrALL')).toEqual([]);
  });

  it('are planned once, however often and in however many ways the job runs, and never again in the same occasion', async () => {
    at('2026-12-17T08:07');
    for (let time = 0; time < 3; time += 1) await plan();
    for (const day of ['2026-12-17', '2026-12-21', '2026-12-27']) {
      at(`${day}T09:47`);
      await town.deliver();
      await plan();
      at(`${day}T16:47`);
      await town.deliver();
    }
    expect(members.map(({ name }) => reminders(town, name).length)).toEqual(members.map(() => 1));
  });

  it('come late after a pause, once and spread out, or not at all when the quarter is over', async () => {
    at('2026-12-24T15:07');
    await plan();
    const due = await town.house.connection.collection('outbox').distinct('dueAt', { body: body.id });
    expect(due.length).toBeGreaterThan(5);
    await town.wait('2026-12-25T17:45:00');
    expect(allReminders(town)).toBe(members.length);
    for (const day of ['2026-12-29', '2027-01-05']) {
      at(`${day}T10:07`);
      await plan();
      at(`${day}T15:47`);
      await town.deliver();
    }
    expect(allReminders(town)).toBe(members.length);
  });

  it('are not made up for when the occasion is long past', async () => {
    at('2026-12-30T10:07');
    await plan();
    await town.wait('2026-12-31T17:45:00');
    expect(allReminders(town)).toBe(0);
  });

  it('go to nobody who has left, is exempt, or is not a member', async () => {
    const [left, exempt, ...others] = members;
    await town.house.app.features.organisation.service.saveMembers(body.id, [
      { ...left!, active: false },
      { ...exempt!, exemptions: [{ period: '2026', reason: '援藏' }] },
    ]);
    await town.wait('2026-12-17T17:45:00');
    expect([reminders(town, left!.name), reminders(town, exempt!.name), reminders(town, '高文正')]).toEqual([[], [], []]);
    expect(others.map(({ name }) => reminders(town, name).length)).toEqual(others.map(() => 1));
  });

  it('reach the others when one member’s data is wrong, and the job says that it failed', async () => {
    const [wrong] = members;
    await town.house.app.features.organisation.service.saveMembers(body.id, [
      { ...wrong!, exemptions: [{ period: '2026年', reason: '生病' }] },
    ]);
    at('2026-12-17T09:07');
    await expect(plan()).rejects.toThrow('1 members could not be looked at');
    at('2026-12-17T09:47');
    await town.deliver();
    expect(allReminders(town)).toBe(members.length - 1);
  });

  it('are recorded one row each, with the minute and the outcome', async () => {
    await town.wait('2026-12-17T17:45:00');
    const rows = await town.house.connection.collection('outbox').find({ body: body.id, purpose: 'reminder' }).toArray();
    expect(rows).toHaveLength(members.length);
    expect(rows.map((row) => `${String(row['state'])} ${(row['to'] as { userId: string }).userId}`).toSorted()).toEqual(
      members.map(({ name }) => `sent ${userIdOf(name)}`).toSorted(),
    );
  });
});
