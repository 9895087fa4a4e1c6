import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { credit, recordsOf } from '../helpers/ledger';
import { startTown, type Town } from '../helpers/town';

describe('the same contact told twice (F31)', () => {
  let town: Town;
  beforeEach(async () => {
    town = await startTown('2026-09-23T10:11:00');
    await town.says('周岚', '/记录 走访 昨天 红柳社区 12人');
  });
  afterEach(() => town.close());

  const again = (text = '/记录 走访 昨天 红柳社区 5人'): Promise<string | null> => town.says('周岚', text);
  const states = async (): Promise<string[]> => (await recordsOf(town)).map(({ id, status }) => `${id} ${status}`);

  it('is kept and asked about, and does not count until the answer', async () => {
    expect(await again()).toContain('R1025先存着，还没有计数：9月22日 走访 红柳社区，联系界别群众5人次——看起来和R1024是同一次');
    expect(await credit(town, '周岚')).toBe('1次 12人次');
    expect(await town.whispers('周岚', '/我的记录')).toContain('R1025：9月22日 走访 红柳社区，联系界别群众5人次（待确认，未计数）');
    await town.says('周岚', '不是同一次', { mention: true });
    expect(await credit(town, '周岚')).toBe('2次 17人次');
  });

  it.each(['/记录 走访 2026-09-22 红柳社区 5人', '/记录 走访 ９月２２日 红柳社区 5人', '/记录 昨天 红柳社区 5人'])(
    'is recognised in other writing: %s',
    async (text) => {
      expect(await again(text)).toContain('看起来和R1024是同一次');
    },
  );

  it.each(['/记录 走访 前天 红柳社区 5人', '/记录 走访 昨天 和平里社区 5人', '/记录 座谈 昨天 红柳社区 5人'])(
    'is not seen in another day, place or way: %s',
    async (text) => {
      expect(await again(text)).toContain('已为您记录（R1025）');
    },
  );

  it('is not seen in two contacts of one message: whoever tells both at once means both', async () => {
    expect(await again('/记录 走访 前天上午红柳社区8人 下午红柳社区11人')).toContain('已为您记录2条');
    expect(await credit(town, '周岚')).toBe('3次 31人次');
  });

  it('is not seen where neither place nor organisation is known', async () => {
    await again('/记录 电话 昨天 3人');
    expect(await again('/记录 电话 昨天 4人')).toContain('已为您记录（R1026）');
  });

  it('is not seen in what another member tells', async () => {
    expect(await town.says('许知夏', '/记录 走访 昨天 红柳社区 5人')).toContain('已为您记录（R1025）');
  });

  it('counts when it turns out to have been on another day', async () => {
    await again();
    expect(await town.says('周岚', '/更正 R1025 人数6')).toContain('它还没有计数');
    expect(await credit(town, '周岚')).toBe('1次 12人次');
    expect(await town.says('周岚', '/更正 R1025 日期9月20日')).not.toContain('没有计数');
    expect(await credit(town, '周岚')).toBe('2次 18人次');
  });

  it('counts when the first one is taken back, or was on another day', async () => {
    await again();
    expect(await town.says('周岚', '/撤回 R1024')).toContain('R1025不再算重复，已计入');
    expect(await credit(town, '周岚')).toBe('1次 5人次');
    await again('/记录 走访 昨天 红柳社区 7人');
    expect(await states()).toEqual(['R1024 withdrawn', 'R1025 kept', 'R1026 asked']);
    expect(await town.says('周岚', '/更正 R1025 日期9月20日')).toContain('R1026不再算重复，已计入');
    expect(await credit(town, '周岚')).toBe('2次 12人次');
  });

  it('of three alike only one counts, whichever is taken back', async () => {
    await again('/记录 走访 昨天 红柳社区 5人');
    await again('/记录 走访 昨天 红柳社区 7人');
    await town.says('周岚', '/撤回 R1024');
    expect(await states()).toEqual(['R1024 withdrawn', 'R1025 kept', 'R1026 asked']);
    await town.says('周岚', '/撤回 R1025');
    expect(await credit(town, '周岚')).toBe('1次 7人次');
  });

  it('is seen when an answer completes a record', async () => {
    expect(await again('/记录 走访 昨天 5人')).toContain('在哪个社区、村或单位');
    expect(await town.says('周岚', '红柳社区', { mention: true })).toContain('看起来和R1024是同一次');
    expect(await credit(town, '周岚')).toBe('1次 12人次');
    expect(await town.says('周岚', '确认', { mention: true })).toContain('R1025已计入');
    expect(await credit(town, '周岚')).toBe('2次 17人次');
  });

  it('is not called counted while something is missing', async () => {
    await again('/记录 走访 昨天 红柳社区');
    expect(await town.says('周岚', '确认', { mention: true })).toContain('还差一点：联系了多少位群众？');
    expect(await town.says('周岚', '5人', { mention: true })).toContain('已补全');
    expect(await credit(town, '周岚')).toBe('2次 17人次');
  });
});
