import { describe, expect, it } from '@jest/globals';
import { body } from '../helpers/roster';
import { remindersOf, townsOf } from '../helpers/scheme-town';

const townAt = townsOf('sy');

describe('SY, 北京市顺义区', () => {
  it('SY-07: moderate and advisory: it is shown, and nobody is reminded', async () => {
    const at = await townAt('2026-12-16T18:05:00');
    expect(await at.whispers('周岚', '/进度')).toBe(
      '周岚委员，截至12月16日18:05，您本半年已开展联系界别群众活动0次（要求1次，还差1次，仅供参考）。联系之后发一句话，我就帮您记上。',
    );
    await at.wait('2026-12-17T11:05:00');
    expect(remindersOf(at, '周岚')).toEqual([]);
    await at.house.app.features.organisation.service.saveBody(body);
    await at.wait('2026-12-17T14:35:00');
    expect(remindersOf(at, '周岚')).toHaveLength(1);
  });

  it('SY-07: the half-years are counted apart, and nobody is on a list of those who are behind', async () => {
    const at = await townAt('2026-07-02T10:11:00');
    await at.says('周岚', '/记录 座谈 6月30日 红柳社区 8人');
    expect(await at.whispers('周岚', '/进度')).toContain('本半年已开展联系界别群众活动0次（要求1次，还差1次，仅供参考）');
    expect(await at.whispers('周岚', '我上半年完成了没有')).toContain('2026年上半年已开展联系界别群众活动1次（要求1次，已完成，仅供参考）');
    expect(await at.whispers('何静姝', '教育界谁还没完成')).toBe(
      '本单位的联系要求只供参考，不列没完成的名单。可以问“教育界今年多少人次”。',
    );
  });

  it('SY-01: the rule sheet is read in chat under its four headings, with its source', async () => {
    const at = await townAt('2026-10-14T10:11:00');
    for (const heading of ['联系对象', '联系方式', '联系内容', '保障措施'])
      expect(await at.whispers('周岚', `/规则 ${heading}`)).toMatch(
        new RegExp(`^${heading}：.+（依据：顺义区政协委员联系界别群众的调研文章）$`),
      );
  });
});
