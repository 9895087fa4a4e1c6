import { describe, expect, it } from '@jest/globals';
import { roster } from '../helpers/roster';
import { remindersOf, townsOf } from '../helpers/scheme-town';

const townAt = townsOf('gs-ws');

describe('GS-JJ, 甘肃省政协经济委员会, under the scheme of the same province', () => {
  it('GS-JJ-06, the counting: telephone and online count as contact but not as 走访', async () => {
    const at = await townAt('2026-09-23T10:11:00');
    await at.says('韩立舟', '/记录 电话 昨天 启航机械厂 3人 订单');
    await at.says('韩立舟', '/记录 微信 昨天 北辰软件园 4人 用工');
    expect(await at.whispers('韩立舟', '/进度')).toContain('活动0次（要求1次，还差1次）；全年累计联系7人次');
    await at.says('韩立舟', '/记录 走访 昨天 云川纺织厂 5人 用工');
    expect(await at.whispers('韩立舟', '/进度')).toContain('活动1次（要求1次，已完成）；全年累计联系12人次');
  });

  it('GS-JJ-10, the exemption: nothing is asked, the reason is said, no penalty is shown, nobody is reminded', async () => {
    const at = await townAt('2026-12-16T18:05:00');
    const [exempt, other] = [roster[0]!, roster[2]!];
    await at.house.app.features.organisation.service.saveMembers('yunchuan', [
      { ...exempt, exemptions: [{ period: '2026-Q4', reason: '援藏' }] },
    ]);
    const said = await at.whispers(exempt.name, '/进度');
    expect(said).toContain('本季度已开展联系界别群众活动0次（已免除：援藏）；全年累计联系0人次（要求37人次，还差37人次）');
    expect(said).not.toMatch(/未达标|扣|落后|处分/u);
    await at.house.app.features.organisation.service.saveMembers('yunchuan', [
      { ...exempt, exemptions: [{ period: '2026', reason: '援藏' }] },
    ]);
    await at.wait('2026-12-17T11:05:00');
    expect([remindersOf(at, exempt.name).length, remindersOf(at, other.name).length]).toEqual([0, 1]);
  });
});
