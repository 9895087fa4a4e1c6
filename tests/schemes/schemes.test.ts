import { afterEach, describe, expect, it } from '@jest/globals';
import { body } from '../helpers/roster';
import { startTown, type Town } from '../helpers/town';

let town: Town | undefined;
afterEach(async () => {
  await town?.close();
  town = undefined;
});

async function townOf(scheme: string, now: string): Promise<Town> {
  town = await startTown(now);
  if (scheme !== body.scheme) await town.house.app.organisation.saveBody({ ...body, scheme });
  return town;
}

describe('GS-WS, 甘肃省政协文化文史资料和学习委员会', () => {
  it('GS-WS-01: sixty person-times without an activity in the second quarter: the quarter is open, the year is done', async () => {
    const at = await townOf('gs-ws', '2026-06-20T10:11:00');
    await at.says('周岚', '/记录 走访 3月12日 红柳社区 60人 物业收费');
    expect(await at.whispers('周岚', '/进度')).toBe(
      '周岚委员，截至6月20日10:11，您本季度已开展联系界别群众活动0次（要求1次，还差1次）；全年累计联系60人次（要求50人次，已完成）。联系之后发一句话，我就帮您记上。',
    );
  });

  it('GS-WS-01: the four quarters are evaluated separately, by the day of the contact', async () => {
    const at = await townOf('gs-ws', '2026-12-20T10:11:00');
    await at.says('周岚', '/记录 走访 3月12日 红柳社区 10人');
    await at.says('周岚', '/记录 走访 9月30日 红柳社区 10人');
    await at.says('周岚', '/记录 走访 12月1日 红柳社区 10人');
    const quarter = async (day: string): Promise<string> => {
      at.clock.moveTo(new Date(`2026-${day}T10:11:00+08:00`));
      return /要求1次，([^）]*)）/.exec((await at.whispers('周岚', '/进度')) ?? '')?.[1] ?? 'nothing said';
    };
    expect(await quarter('12-20')).toBe('已完成');
    at.clock.moveTo(new Date('2026-12-20T10:12:00+08:00'));
    const answers = [];
    for (const asked of ['一季度', '二季度', '三季度']) answers.push(await at.whispers('周岚', `我${asked}完成了没有`));
    expect(answers.map((each) => /要求1次，([^）]*)）/.exec(each ?? '')?.[1])).toEqual(['已完成', '还差1次', '已完成']);
  });

  it('GS-WS-07 and GS-WS-10, as far as recording goes: members and things are not constituents', async () => {
    const at = await townOf('gs-ws', '2026-09-23T10:11:00');
    expect(await at.says('周岚', '/记录 座谈 昨天 红柳社区 委员9人 群众11人')).toContain('联系界别群众11人次');
    expect(await at.says('周岚', '/记录 捐赠 9月10日 春晖小学 图书200册 学生45人')).toContain('联系界别群众45人次');
  });
});

describe('YB, 宜宾市政协', () => {
  it('YB-01, the visits: at least two a year, of any mode', async () => {
    const at = await townOf('yb', '2026-06-20T10:11:00');
    await at.says('周岚', '/记录 电话 6月12日 王大姐 1人 低保');
    expect(await at.whispers('周岚', '/进度')).toBe(
      '周岚委员，截至6月20日10:11，您全年已开展联系界别群众活动1次（要求2次，还差1次）。联系之后发一句话，我就帮您记上。',
    );
  });
});

describe('SY, 北京市顺义区', () => {
  it('SY-07: moderate and advisory: it is shown, and nobody is reminded', async () => {
    const at = await townOf('sy', '2026-12-16T18:05:00');
    expect(await at.whispers('周岚', '/进度')).toBe(
      '周岚委员，截至12月16日18:05，您本半年已开展联系界别群众活动0次（要求1次，还差1次，仅供参考）。联系之后发一句话，我就帮您记上。',
    );
    await at.wait('2026-12-18T17:45:00');
    expect(at.inbox('周岚').filter((text) => text.includes('温馨提示'))).toEqual([]);
    await at.house.app.organisation.saveBody(body);
    await at.wait('2026-12-21T17:45:00');
    expect(at.inbox('周岚').filter((text) => text.includes('温馨提示'))).toHaveLength(1);
  });
});
