import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { credit, recordsOf } from '../helpers/ledger';
import { startTown, type Town } from '../helpers/town';

describe('a record that is changed', () => {
  let town: Town;
  beforeEach(async () => {
    town = await startTown('2026-10-09T10:11:00');
  });
  afterEach(() => town.close());

  const says = (text: string, name = '周岚'): Promise<string | null> => town.says(name, text);
  const only = async () => (await recordsOf(town))[0]!;

  it('keeps what was before, who changed it, when, and from which message; nothing is erased', async () => {
    await says('/记录 走访 10月8日 红柳社区 12人 物业收费');
    town.clock.moveTo(new Date('2026-10-09T11:00:00+08:00'));
    await says('/更正 R1024 日期9月30日');
    await says('/更正 R1024 人数15');
    await says('/撤回 R1024');
    const { history, text, ...record } = await only();
    expect(record).toMatchObject({ status: 'withdrawn', contactDate: '2026-09-30', people: 15 });
    expect(text).toContain('10月8日 红柳社区 12人');
    expect(history.map(({ kind, by, before, after }) => ({ kind, by, before, after }))).toMatchObject([
      { kind: 'corrected', by: 'M0001', before: { contactDate: '2026-10-08' }, after: { contactDate: '2026-09-30' } },
      { kind: 'corrected', by: 'M0001', before: { people: 12 }, after: { people: 15 } },
      { kind: 'withdrawn', by: 'M0001', before: { status: 'kept' }, after: { status: 'withdrawn' } },
    ]);
    expect(history.every(({ at }) => at.getTime() >= Date.parse('2026-10-09T11:00:00+08:00'))).toBe(true);
    expect(new Set(history.map(({ source }) => source)).size).toBe(3);
  });

  it('moves its credit with its day, to another quarter or year', async () => {
    await says('/记录 走访 10月8日 红柳社区 12人');
    expect(await credit(town, '周岚')).toBe('1次 12人次');
    await says('/更正 R1024 日期9月30日');
    expect(await credit(town, '周岚')).toBe('0次 12人次');
    await says('/更正 R1024 日期2025年9月30日');
    expect(await credit(town, '周岚')).toBe('0次 0人次');
  });

  it('is changed once by a message that comes three times', async () => {
    await says('/记录 走访 10月8日 红柳社区 12人');
    await town.says('周岚', '/更正 R1024 再加3人', { times: 3 });
    expect(await only()).toMatchObject({ people: 15 });
    expect((await only()).history).toHaveLength(1);
  });

  it('is not moved to a day that has not come', async () => {
    await says('/记录 走访 10月8日 红柳社区 12人');
    expect(await says('/更正 R1024 日期明天')).toContain('改成的日期还没到，所以没有改');
    expect(await only()).toMatchObject({ contactDate: '2026-10-08', history: [] });
    expect(await says('/更正 R1024 日期今天')).toContain('日期10月8日→10月9日');
  });

  it.each(['/更正 R1024 人数99999999', '/更正 R1024 减20人', '/更正 R1024 人数0'])('takes no number that cannot be: %s', async (text) => {
    await says('/记录 走访 10月8日 红柳社区 12人');
    expect(await says(text)).toContain('要把R1024的哪一项改成什么？');
    expect(await only()).toMatchObject({ people: 12, history: [] });
  });

  it('is exact when a number that was 约 is corrected, and one day when a stay is', async () => {
    await says('/记录 走访 9月18日至20日 红柳社区 约12人');
    expect(await says('/更正 R1024 人数15')).toContain('现在是：9月18日至9月20日 走访 红柳社区，联系界别群众15人次');
    expect(await says('/更正 R1024 日期9月21日')).toContain('现在是：9月21日 走访 红柳社区');
  });

  it('stays as it is once it has been taken back, and says so', async () => {
    await says('/记录 走访 10月8日 红柳社区 12人');
    await says('/撤回 R1024');
    expect(await says('/更正 R1024 人数15')).toBe('R1024之前已经撤回，没有再动；要恢复就发“恢复 R1024”。');
    expect(await says('/撤回 R1024')).toContain('R1024之前已经撤回');
    expect(await only()).toMatchObject({ people: 12, status: 'withdrawn' });
    expect((await only()).history).toHaveLength(1);
    expect(await says('/记录 走访 10月8日 红柳社区 12人')).toContain('已为您记录（R1025）');
  });

  it('is its member’s: conveners, staff and others change nothing', async () => {
    await says('/记录 走访 10月8日 红柳社区 12人');
    for (const name of ['何静姝', '高文正', '韩立舟'])
      for (const text of ['/更正 R1024 人数1', '/撤回 R1024']) expect(await says(text, name)).toContain('不是您本人的记录');
    expect(await only()).toMatchObject({ people: 12, status: 'kept', history: [] });
  });
});
