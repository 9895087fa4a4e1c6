import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { everythingStored, recordsOf } from '../helpers/ledger';
import { startTown, type Town } from '../helpers/town';

describe('what may not be kept (C17)', () => {
  let town: Town;
  const answers: string[] = [];
  beforeEach(async () => {
    town = await startTown('2026-09-23T10:11:00');
    answers.length = 0;
  });
  afterEach(() => town.close());

  const says = async (text: string): Promise<void> => void answers.push((await town.says('周岚', text)) ?? '');

  it('numbers of phones and papers are nowhere in the database, in no collection, and in no answer', async () => {
    await says('/记录 走访 昨天 红柳社区 王大姐13812345678家 1人 低保停发 身份证110101199003071234');
    await says('/记录 电话 昨天 １３９８７６５４３２１ 1人 反映路灯不亮');
    await says('/更正 R1024 地点和平里社区，电话137 0000 1111');
    await says('你好 13655556666');
    const everything = `${await everythingStored(town)}${answers.join('')}`;
    for (const number of [
      '13812345678',
      '110101199003071234',
      '１３９８７６５４３２１',
      '13987654321',
      '137 0000 1111',
      '13700001111',
      '13655556666',
    ])
      expect(everything).not.toContain(number);
    const [first] = await recordsOf(town);
    expect(first?.text).toBe('@政协小助手 /记录 走访 昨天 红柳社区 王大姐138****5678家 1人 低保停发 身份证110101********1234');
  });

  it.each(['传达内部文件', '涉密，勿外传', '机密材料学习'])('text marked secret is refused and stored nowhere: %s', async (words) => {
    await says(`/记录 座谈 昨天 红柳社区 5人 ${words}`);
    expect(answers).toEqual(['这条像是涉密或内部内容，没有保存。请按保密规定走专门渠道。']);
    expect(await recordsOf(town)).toEqual([]);
    expect(await everythingStored(town)).not.toContain(words);
    await says('/记录 座谈 昨天 红柳社区 5人 物业收费');
    expect(await everythingStored(town)).toContain('物业收费');
  });

  it('a secret word in an answer completes nothing', async () => {
    await says('/记录 走访 昨天 9人');
    await says('红柳社区 内部文件');
    expect(answers[1]).toContain('没有保存');
    expect((await recordsOf(town))[0]).toMatchObject({ place: null });
    expect(await everythingStored(town)).not.toContain('内部文件');
    await says('红柳社区');
    expect(answers[2]).toContain('已补全');
  });

  it('a stranger’s line leaves no member, no record and no text', async () => {
    expect(await town.says('陌生人', '/记录 走访 昨天 红柳社区 12人 物业收费')).toContain('我还不认识您');
    expect(await recordsOf(town)).toEqual([]);
    expect(await everythingStored(town)).not.toContain('物业收费');
  });
});
