import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { credit, recordsOf } from '../helpers/ledger';
import { startTown, type Town } from '../helpers/town';

describe('a record that was withdrawn (F30)', () => {
  let town: Town;
  beforeEach(async () => {
    town = await startTown('2026-09-23T10:11:00');
    await town.says('周岚', '/记录 走访 昨天 红柳社区 12人');
    await town.says('周岚', '/撤回 R1024');
  });
  afterEach(() => town.close());

  const says = (text: string, name = '周岚'): Promise<string | null> => town.says(name, text);
  const at = (moment: string): void => town.clock.moveTo(new Date(`${moment}+08:00`));

  it('counts again when its member brings it back, once, however often it is asked', async () => {
    expect(await credit(town, '周岚')).toBe('0次 0人次');
    expect(await town.says('周岚', '/恢复 R1024', { times: 2 })).toBe('已恢复R1024：9月22日 走访 红柳社区，联系界别群众12人次。');
    expect(await credit(town, '周岚')).toBe('1次 12人次');
    expect((await recordsOf(town))[0]?.history.map(({ kind, by }) => `${kind} ${by}`)).toEqual(['withdrawn M0001', 'restored M0001']);
    expect(await says('/恢复 R1024')).toContain('R1024没有撤回过');
  });

  it('is brought back by its member within seven days, later by convener or office', async () => {
    at('2026-10-01T10:11:00');
    expect(await says('/恢复 R1024')).toContain('撤回已超过7天');
    expect(await says('/恢复 R1024', '丁若梅')).toContain('不是您本人的记录');
    expect((await recordsOf(town))[0]).toMatchObject({ status: 'withdrawn' });
    expect(await says('/恢复 R1024', '何静姝')).toContain('已恢复R1024');
    await says('/撤回 R1024');
    at('2026-10-20T10:11:00');
    expect(await says('/恢复 R1024', '高文正')).toContain('已恢复R1024');
  });

  it('waits when the same contact was told again meanwhile', async () => {
    await says('/记录 走访 昨天 红柳社区 9人');
    expect(await says('/恢复 R1024')).toContain('R1024恢复了，还没有计数');
    expect(await credit(town, '周岚')).toBe('1次 9人次');
    expect(await town.says('周岚', '确认', { mention: true })).toContain('R1024已计入');
    expect(await credit(town, '周岚')).toBe('2次 21人次');
  });

  it('is not credited twice to a companion who has told it meanwhile', async () => {
    await town.says('周岚', '昨天和许知夏委员一起走访凤栖园小区，居民9人', { mention: true });
    await says('/撤回 R1025');
    await says('/记录 走访 昨天 凤栖园小区 9人', '许知夏');
    expect(await says('/恢复 R1025')).toContain('已恢复R1025');
    expect(await credit(town, '许知夏')).toBe('1次 9人次');
  });

  it('is not called kept when an open question about it is answered with something else', async () => {
    await says('/记录 走访 昨天 和平里社区');
    await says('/撤回 R1025');
    const said = (await town.says('周岚', '天晓得', { mention: true })) ?? '';
    expect(said).toContain('没太听懂');
    expect(said).not.toContain('R1025');
    await says('/记录 走访 昨天 和平里社区');
    await says('/撤回 R1026');
    expect(await town.says('周岚', '算了', { mention: true })).toBe('好的，不再问了。R1026已经撤回，不计数。');
  });
});
