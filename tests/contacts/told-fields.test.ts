import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { recordsOf } from '../helpers/ledger';
import { startTown, type Town } from '../helpers/town';

describe('what is told of a contact', () => {
  let town: Town;
  beforeAll(async () => {
    town = await startTown('2026-09-23T10:11:00');
  });
  afterAll(() => town.close());

  const says = async (text: string): Promise<string> => (await town.says('周岚', text)) ?? '';
  const last = async () => (await recordsOf(town)).at(-1)!;

  it('is kept and confirmed: 身边群众, households, clock time, fellow members, people named', async () => {
    const said = await says('/记录 走访 昨天下午3点 红柳社区 身边群众8户16人，委员3人');
    expect(said).toContain('9月22日15:00 走访 红柳社区，联系身边群众16人次（8户），同行委员3人');
    expect(said).not.toContain('界别群众');
    expect(await last()).toMatchObject({ time: '15:00', constituentType: 'neighbour', memberCount: 3, people: 16 });
    expect((await last()).units).toMatchObject({ 户: 8 });
  });

  it('names constituents in full to the member alone', async () => {
    expect(await says('/记录 走访 昨天 和平里社区 王大姐 1人 低保')).toContain('见到王**');
    expect(await town.whispers('周岚', '/我的记录')).toContain('见到王大姐');
  });

  it('is corrected: a place stands for the place before, new words bring what follows from them, a result is taken away', async () => {
    await says('/记录 走访 昨天 春晖小学 家长6人 讲了讲招生政策 已转交教育局');
    const { id } = await last();
    expect(await says(`/更正 ${id} 结果 无`)).toMatch(/结果已转交有关部门→未填。现在是：(?!.*已转交)/);
    expect(await last()).toMatchObject({ results: [] });
    await says(`/更正 ${id} 地点 马头村`);
    expect(await last()).toMatchObject({ place: '马头村', organisation: null, people: 6 });
    expect(await says(`/更正 ${id} 内容 月牙湾社区那边的电梯老坏，已解决`)).toContain('内容：');
    expect(await last()).toMatchObject({ place: '马头村', people: 6, content: expect.stringContaining('电梯老坏'), results: ['resolved'] });
    expect((await last()).topics).not.toContain('education');
  });
});
