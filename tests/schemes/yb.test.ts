import { describe, expect, it } from '@jest/globals';
import { body, roster } from '../helpers/roster';
import { remindersOf, townsOf } from '../helpers/scheme-town';

const townAt = townsOf('yb');

describe('YB, 宜宾市政协', () => {
  it('YB-01, the visits: at least two a year, of any mode', async () => {
    const at = await townAt('2026-06-20T10:11:00');
    await at.says('周岚', '/记录 电话 6月12日 王大姐 1人 低保');
    expect(await at.whispers('周岚', '/进度')).toBe(
      '周岚委员，截至6月20日10:11，您全年已开展联系界别群众活动1次（要求2次，还差1次）。联系之后发一句话，我就帮您记上。',
    );
    await at.says('周岚', '/记录 走访 1月5日 红柳社区 2人');
    expect(await at.whispers('周岚', '/进度')).toContain('活动2次（要求2次，已完成）。辛苦了！');
  });

  it('YB-01: who has one left by mid-November is reminded once, who has both is not', async () => {
    const at = await townAt('2026-11-15T10:11:00');
    for (const day of ['1月5日', '5月6日']) await at.says('周岚', `/记录 走访 ${day} 红柳社区 2人`);
    await at.wait('2026-11-17T11:05:00');
    expect([remindersOf(at, '周岚'), remindersOf(at, '许知夏')]).toEqual([
      [],
      [expect.stringContaining('全年联系界别群众活动尚待开展2次')],
    ]);
  });

  it('YB-03, the quotas: the city’s body and a county’s keep each its own, in one installation', async () => {
    const at = await townAt('2026-06-20T10:11:00');
    const { organisation, quotas } = at.house.app.features;
    await organisation.service.saveBody({ ...body, id: 'gaoxian', name: '政协高县委员会', scheme: 'gs-ws' });
    await organisation.service.saveMembers('gaoxian', [roster[0]!]);
    await at.says('周岚', '/记录 走访 6月12日 红柳社区 20人');
    const asked = async (id: string): Promise<string[]> =>
      (await quotas.service.progress(id, roster[0]!, '2026-06-20')).map(
        ({ rule, done, needed }) => `${rule.metric} ${rule.every} ${done}/${needed}`,
      );
    expect(await asked('yunchuan')).toEqual(['events year 1/2']);
    expect(await asked('gaoxian')).toEqual(['events quarter 0/1', 'person_times year 0/50']);
  });
});
