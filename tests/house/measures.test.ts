import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type MeasureName, type MeasureQuery, measureOf, measures, sumOf } from '../../src/measures';
import { body, roster } from '../helpers/roster';
import { startTown, type Town } from '../helpers/town';

describe('a measure', () => {
  let town: Town;
  beforeAll(async () => {
    town = await startTown('2026-09-23T10:11:00');
    await town.says('周岚', '/记录 走访 昨天 红柳社区 12人');
    await town.says('许知夏', '/记录 座谈 9月10日 和平里社区 9人 与罗青禾委员');
    await town.says('许知夏', '/记录 电话 6月10日 3人');
    await town.says('周岚', '/记录 走访 昨天 东湖里社区');
    await town.whispers('周岚', '/建议 活动通知能不能早三天发');
    await town.whispers('高文正', '/答复 J1 可以');
    await town.whispers('罗青禾', '/投诉 表格太多');
  });
  afterAll(() => town.close());

  const summer = { body: body.id, from: '2026-07-01', to: '2026-09-30' };
  const ask = (name: MeasureName, query: Partial<MeasureQuery> = {}) => {
    const contributions = Object.values(town.house.app.features).flatMap((each) => ('measures' in each ? (each.measures ?? []) : []));
    const measure = measureOf(name, contributions);
    return Promise.all([measure.count({ ...summer, ...query }), measure.rows({ ...summer, ...query })]);
  };

  it('counts over body and period, each thing once however many share it, with the rows behind', async () => {
    expect(await ask('events')).toEqual([
      2,
      [expect.objectContaining({ id: 'R1025', amount: 1 }), expect.objectContaining({ id: 'R1024' })],
    ]);
    expect((await ask('person_times'))[0]).toBe(21);
    expect((await ask('feedback_received'))[0]).toBe(2);
    expect((await ask('feedback_answered'))[1].map(({ id }) => id)).toEqual(['J1']);
  });

  it('counts for members what is credited to them', async () => {
    expect((await ask('events', { members: ['M0005'] }))[0]).toBe(1);
    expect((await ask('person_times', { members: ['M0001', 'M0005'] }))[0]).toBe(21);
    expect((await ask('events', { members: ['M0012'] }))[0]).toBe(0);
  });

  it('equals the sum of its rows, whatever is asked', async () => {
    const names = Object.keys(measures) as MeasureName[];
    const whose = [undefined, ...roster.map(({ id }) => [id])];
    for (const name of names)
      for (const members of whose)
        for (const from of ['2026-01-01', '2026-07-01', '2026-09-23']) {
          const [count, rows] = await ask(name, { from, ...(members ? { members } : {}) });
          expect([name, members, count]).toEqual([name, members, sumOf(rows)]);
        }
  });

  it('is contributed to by somebody', () => {
    const contributed = Object.values(town.house.app.features).flatMap((each) => ('measures' in each ? (each.measures ?? []) : []));
    expect([...new Set(contributed.map(({ measure }) => measure))].sort()).toEqual(Object.keys(measures).sort());
  });
});
