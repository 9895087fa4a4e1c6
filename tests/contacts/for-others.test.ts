import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { credit, recordsOf } from '../helpers/ledger';
import { startTown, type Town } from '../helpers/town';

describe('a contact told for another member (F28)', () => {
  let town: Town;
  beforeEach(async () => {
    town = await startTown('2026-09-23T10:11:00');
  });
  afterEach(() => town.close());

  const tell = async (name: string, text: string): Promise<string | null> => {
    const said = await town.says(name, text, { mention: true });
    await town.deliver();
    return said;
  };
  const forZhou = '帮周岚委员记录：走访 昨天 红柳社区 12人';

  it('counts for that member as if told in person, is marked, and the member is told once', async () => {
    expect(await tell('何静姝', forZhou)).toContain('（替周岚委员代记，会告诉他本人。）');
    expect((await recordsOf(town))[0]).toMatchObject({ memberId: 'M0001', enteredBy: 'M0011', credited: ['M0001'] });
    expect(await credit(town, '周岚')).toBe('1次 12人次');
    expect(await credit(town, '何静姝')).toBe('0次 0人次');
    const [told, ...more] = town.inbox('周岚').filter((text) => text.startsWith('R1024'));
    expect(told).toContain('何静姝替您记了一条：9月22日 走访 红柳社区，联系界别群众12人次');
    expect(more).toEqual([]);
    expect(await town.whispers('周岚', '/我的记录')).toContain('（何静姝代记）');
  });

  it('is told by the convener of the sector and by the office, by nobody else', async () => {
    expect(await tell('高文正', forZhou)).toContain('已为您记录（R1024）');
    for (const name of ['韩立舟', '许知夏']) expect(await tell(name, forZhou)).toContain('替周岚委员记，要由他的召集人、联络员或机关来办');
    expect(await recordsOf(town)).toHaveLength(1);
  });

  it('counts no more when the member says 不是我; the one who told it hears so', async () => {
    await tell('何静姝', forZhou);
    expect(await town.whispers('周岚', '不是我')).toContain('好的，R1024不再算您的联系');
    await town.deliver();
    expect(await credit(town, '周岚')).toBe('0次 0人次');
    expect(town.inbox('何静姝').at(-1)).toBe('R1024：周岚委员说这条不是他的，已不再计入他的联系。');
    expect((await recordsOf(town))[0]?.history).toMatchObject([{ kind: 'objected', by: 'M0001' }]);
    expect(await tell('何静姝', '/恢复 R1024')).toContain('要恢复得他本人发');
    expect(await town.whispers('周岚', '/恢复 R1024')).toContain('已恢复R1024');
  });

  it('is objected to by its number or by quoting, never by somebody it does not concern', async () => {
    await tell('何静姝', forZhou);
    expect(await tell('韩立舟', '/异议 R1024')).toContain('没有改动');
    expect(await town.says('周岚', '不是我', { mention: true, quote: town.inbox('周岚').at(-1)! })).toContain('R1024不再算您的联系');
    await tell('周岚', '/记录 走访 昨天 和平里社区 3人');
    expect(await tell('周岚', '/异议 R1025')).toContain('要撤回自己的记录，请发“撤回 R1025”');
    expect(await tell('周岚', '不是我')).toContain('最近没有别人替您记的记录');
  });

  it('is corrected and taken back by whoever told it, and by the member', async () => {
    await tell('何静姝', forZhou);
    expect(await tell('何静姝', '/更正 R1024 人数15')).toContain('已更正R1024');
    expect(await tell('周岚', '/更正 R1024 人数16')).toContain('已更正R1024');
    expect(await tell('何静姝', '/撤回 R1024')).toContain('已撤回R1024');
  });

  it('is asked about when nobody has that name, and the name alone answers', async () => {
    expect(await tell('何静姝', '帮周蓝委员记录：走访 昨天 红柳社区 12人')).toContain('名册里没有“周蓝”，这条还没有记下');
    expect(await recordsOf(town)).toEqual([]);
    expect(await tell('何静姝', '周岚')).toContain('（替周岚委员代记');
    expect((await recordsOf(town))[0]).toMatchObject({ memberId: 'M0001', people: 12 });
  });
});

describe('members who went along (F27)', () => {
  let town: Town;
  beforeEach(async () => {
    town = await startTown('2026-09-23T10:11:00');
    await town.says('韩立舟', '昨天和周岚委员、罗青禾委员一起走访凤栖园小区，居民9人', { mention: true });
    await town.deliver();
  });
  afterEach(() => town.close());

  it('are told once in private, see the record with their own, and can say that they were not there', async () => {
    for (const name of ['周岚', '罗青禾']) {
      expect(town.inbox(name).filter((text) => text.startsWith('R1024：韩立舟委员记了一条，说您一起去了'))).toHaveLength(1);
      expect(await town.whispers(name, '/我的记录')).toContain('R1024：9月22日 走访 凤栖园小区，联系界别群众9人次');
      expect(await credit(town, name)).toBe('1次 9人次');
    }
    expect(await town.whispers('周岚', '/我的记录')).toContain('（韩立舟委员记的，您同行）');
    expect(await town.whispers('罗青禾', '不是我')).toContain('R1024不再算您的联系');
    expect(await credit(town, '罗青禾')).toBe('0次 0人次');
    expect(await credit(town, '周岚')).toBe('1次 9人次');
    expect(await credit(town, '韩立舟')).toBe('1次 9人次');
    expect(await town.whispers('罗青禾', '/我的记录')).toBe('这段时间还没有您的记录。');
  });

  it('are all known by name: 和周岚 is nobody', async () => {
    const said = await town.says('韩立舟', '前天和周岚委员、罗青禾委员一起走访月牙湾社区，居民9人', { mention: true });
    expect(said).toContain('（周岚、罗青禾委员一起计入，会告诉本人。）');
    expect(said).not.toContain('没能对上');
  });

  it('are not told of what was taken back before anybody heard of it', async () => {
    await town.says('韩立舟', '前天和周岚委员一起走访月牙湾社区，居民9人', { mention: true });
    await town.says('韩立舟', '/撤回 R1025');
    await town.deliver();
    expect(town.inbox('周岚').filter((text) => text.startsWith('R1025'))).toEqual([]);
  });
});
