import { describe, expect, it } from '@jest/globals';
import { townsOf } from '../helpers/scheme-town';

const townAt = townsOf('gs-ws');

describe('GS-WS, 甘肃省政协文化文史资料和学习委员会', () => {
  it('GS-WS-01: sixty person-times without an activity in the second quarter: the quarter is open, the year is done', async () => {
    const at = await townAt('2026-06-20T10:11:00');
    await at.says('周岚', '/记录 走访 3月12日 红柳社区 60人 物业收费');
    expect(await at.whispers('周岚', '/进度')).toBe(
      '周岚委员，截至6月20日10:11，您本季度已开展联系界别群众活动0次（要求1次，还差1次）；全年累计联系60人次（要求50人次，已完成）。联系之后发一句话，我就帮您记上。',
    );
  });

  it('GS-WS-01: an activity in the quarter without fifty person-times: the quarter is done, the year is open', async () => {
    const at = await townAt('2026-12-20T10:11:00');
    await at.says('周岚', '/记录 走访 12月1日 红柳社区 49人');
    expect(await at.whispers('周岚', '/进度')).toContain(
      '本季度已开展联系界别群众活动1次（要求1次，已完成）；全年累计联系49人次（要求50人次，还差1人次）',
    );
    await at.says('周岚', '/记录 电话 12月2日 王大姐 1人 低保');
    expect(await at.whispers('周岚', '/进度')).toContain('活动1次（要求1次，已完成）；全年累计联系50人次（要求50人次，已完成）。辛苦了！');
  });

  it('GS-WS-01: the four quarters are evaluated separately, by the day of the contact', async () => {
    const at = await townAt('2026-12-20T10:11:00');
    for (const day of ['3月31日', '9月30日', '12月1日']) await at.says('周岚', `/记录 走访 ${day} 红柳社区 10人`);
    const answers = [];
    for (const asked of ['一季度', '二季度', '三季度', '四季度']) answers.push(await at.whispers('周岚', `我${asked}完成了没有`));
    expect(answers.map((each) => /要求1次，([^）]*)）/.exec(each ?? '')?.[1])).toEqual(['已完成', '还差1次', '已完成', '已完成']);
  });

  it('GS-WS-07 and GS-WS-10, as far as recording goes: members and things are not constituents', async () => {
    const at = await townAt('2026-09-23T10:11:00');
    expect(await at.says('周岚', '/记录 座谈 昨天 红柳社区 委员9人 群众11人')).toContain('联系界别群众11人次');
    expect(await at.says('周岚', '/记录 捐赠 9月10日 春晖小学 图书200册 学生45人')).toContain('联系界别群众45人次');
  });
});
