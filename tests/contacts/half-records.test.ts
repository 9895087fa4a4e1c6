import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { credit, recordsOf } from '../helpers/ledger';
import { startTown, type Town } from '../helpers/town';

describe('a record with gaps', () => {
  let town: Town;
  beforeEach(async () => {
    town = await startTown('2026-09-23T10:11:00');
  });
  afterEach(() => town.close());

  const says = (text: string, name = '周岚'): Promise<string | null> => town.says(name, text);
  const only = async () => (await recordsOf(town))[0]!;

  it('is kept at once, counts when the number is told, and keeps who told what and when', async () => {
    await says('/记录 走访 昨天 红柳社区');
    expect(await credit(town, '周岚')).toBe('0次 0人次');
    expect(await says('约30人')).toContain('已补全（R1024）');
    expect(await credit(town, '周岚')).toBe('1次 30人次');
    expect(await only()).toMatchObject({
      people: 30,
      peopleApprox: true,
      missing: [],
      history: [{ kind: 'completed', by: 'M0001', before: { people: null }, after: { people: 30 } }],
    });
  });

  it('is completed by the same answer once, however often it is delivered', async () => {
    await says('/记录 走访 昨天 红柳社区');
    await town.says('周岚', '9人', { times: 3 });
    expect((await only()).history).toHaveLength(1);
    expect(await recordsOf(town)).toHaveLength(1);
  });

  it.each([
    ['明天', '这个日期还没到'],
    ['9月31日', '没有这个日期'],
  ])('takes no day that cannot be: %s', async (answer, why) => {
    await says('/记录 走访 前几天 红柳社区 6人');
    expect(await says(answer)).toBe(`${why}，R1024的日期先空着。是哪一天联系的？直接回复我就能补全。`);
    expect(await only()).toMatchObject({ contactDate: null, missing: ['date'] });
    expect(await credit(town, '周岚')).toBe('0次 0人次');
    expect(await says('9月20日')).toContain('已补全（R1024）：9月20日');
    expect(await credit(town, '周岚')).toBe('1次 6人次');
  });

  it.each(['3000000人', '0人'])('takes no number that cannot be: %s', async (answer) => {
    await says('/记录 走访 昨天 红柳社区');
    await says(answer);
    expect(await only()).toMatchObject({ people: null, missing: ['people'] });
    expect(await says('7人')).toContain('已补全');
  });

  it('takes a number for a number, and today only where it is said', async () => {
    await says('/记录 走访 前几天 红柳社区');
    expect(await says('9人')).toContain('还差一点：是哪一天？');
    expect(await only()).toMatchObject({ people: 9, contactDate: null, missing: ['date'] });
    expect(await says('今天')).toContain('已补全（R1024）：9月23日');
  });

  it('is completed by its own member only, and only where the question was asked', async () => {
    await says('/记录 走访 昨天 红柳社区');
    await says('8人', '许知夏');
    await town.whispers('周岚', '8人');
    expect(await only()).toMatchObject({ people: null });
    await says('8人');
    expect(await only()).toMatchObject({ people: 8 });
  });

  it('is asked about for half an hour; after that a number alone changes nothing', async () => {
    await says('/记录 走访 昨天 红柳社区');
    town.clock.moveTo(new Date('2026-09-23T10:42:00+08:00'));
    await says('8人');
    expect(await only()).toMatchObject({ people: null });
    expect(await says('/更正 R1024 人数8')).toContain('已更正R1024');
    expect(await only()).toMatchObject({ people: 8, missing: [] });
  });

  it('is left alone once it has been taken back', async () => {
    await says('/记录 走访 昨天 红柳社区');
    await town.whispers('周岚', '/撤回 R1024');
    await says('8人');
    expect(await only()).toMatchObject({ status: 'withdrawn', people: null });
  });

  it('counts when a month within one quarter is all that is known of its date', async () => {
    expect(await says('/记录 走访 8月 红柳社区 6人')).toContain('8月1日至8月31日 走访 红柳社区');
    expect(await says('/记录 走访 本月 和平里社区 7人')).toContain('9月1日至9月23日 走访 和平里社区');
    expect(await credit(town, '周岚')).toBe('2次 13人次');
    expect(await says('/记录 走访 今年 月牙湾社区 8人')).toContain('是哪一天？');
    expect(await credit(town, '周岚')).toBe('2次 13人次');
  });

  it('keeps no day that has not come of a stay that goes on', async () => {
    expect(await says('/记录 走访 9月22日至25日 红柳社区 6人')).toContain('9月22日至9月23日');
    expect(await only()).toMatchObject({ contactDate: '2026-09-22', contactDateEnd: '2026-09-23' });
  });
});
