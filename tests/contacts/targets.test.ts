import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { recordsOf } from '../helpers/ledger';
import { startTown, type Town } from '../helpers/town';

describe('which record a line is about', () => {
  let town: Town;
  beforeEach(async () => {
    town = await startTown('2026-09-23T10:11:00');
    await town.says('周岚', '/记录 走访 昨天 红柳社区 12人');
    await town.says('周岚', '/记录 座谈 前天 和平里社区 8人');
  });
  afterEach(() => town.close());

  const says = (text: string, quote?: string): Promise<string | null> =>
    town.says('周岚', text, { mention: true, ...(quote ? { quote } : {}) });
  const states = async (): Promise<string> =>
    (await recordsOf(town)).map(({ id, status, people }) => `${id} ${status} ${people}`).join(', ');
  const untouched = 'R1024 kept 12, R1025 kept 8';
  const answer = '已为您记录（R1024）：9月22日 走访 红柳社区，联系界别群众12人次。如有误请回复“更正”，也可“撤回”。';

  it('is the one of the quoted answer, not the newest', async () => {
    expect(await says('更正 人数6', answer)).toContain('已更正R1024：人次12→6');
    expect(await says('撤回这条', answer)).toContain('已撤回R1024');
    expect(await states()).toBe('R1024 withdrawn 6, R1025 kept 8');
  });

  it('is the one that was spoken of last in this chat, when the line names none', async () => {
    expect(await says('/更正 R1024 人数15')).toContain('已更正R1024');
    expect(await says('再加3个人')).toContain('已更正R1024：人次15→18');
    expect(await says('/撤回')).toContain('已撤回R1024');
    expect(await states()).toBe('R1024 withdrawn 18, R1025 kept 8');
  });

  it.each(['/撤回 R2999', '/更正 R2999 人数6', '/恢复 R2999'])('is asked about when it is named and not there: %s', async (text) => {
    expect(await says(text)).toBe('没有编号是R2999的记录，什么都没有改。发“/我的记录”可以看自己的编号。');
    expect(await states()).toBe(untouched);
  });

  it('is asked about when the quoted answer speaks of several, and the number alone answers', async () => {
    const list = '已为您记录2条：\nR1024：9月22日 走访 红柳社区，联系界别群众12人次\nR1025：9月21日 座谈 和平里社区，联系界别群众8人次';
    expect(await says('更正 人数6', list)).toContain('您说的是哪一条？还没有动。\nR1024：');
    expect(await states()).toBe(untouched);
    expect(await says('1025')).toContain('已更正R1025：人次8→6');
    expect(await states()).toBe('R1024 kept 12, R1025 kept 6');
  });

  it('is none when a quoted answer speaks of an activity, or of nothing', async () => {
    expect(await says('/撤回', 'A23“重阳关爱”（报名中）')).toContain('刚才说的是A23，不是联系记录，所以没有改动任何记录');
    expect(await says('/撤回', '今天食堂有鱼')).toContain('没有找到您说的那条记录');
    expect(await states()).toBe(untouched);
  });

  it('is the record that the quoted line of the member made', async () => {
    expect(await says('/撤回', '/记录 走访 昨天 红柳社区 12人')).toContain('已撤回R1024');
  });

  it('is no old record right after an activity was opened', async () => {
    await town.says('丁若梅', '/记录 走访 昨天 红柳社区 12人');
    await town.says('丁若梅', '/发起活动 重阳关爱 9月26日上午9点 惠民养老院 名额15');
    await town.says('丁若梅', '刚才那个地点写错了，是云川高新区', { mention: true });
    expect((await recordsOf(town)).map(({ place }) => place)).not.toContain('云川高新区');
    await town.says('丁若梅', '/撤回');
    expect((await recordsOf(town)).at(-1)).toMatchObject({ status: 'kept', place: '红柳社区' });
  });
});
