import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { credit } from '../helpers/ledger';
import { startTown, type Town } from '../helpers/town';

describe('members who visit together (F27)', () => {
  let town: Town;
  beforeEach(async () => {
    town = await startTown('2026-09-23T10:11:00');
  });
  afterEach(() => town.close());

  const together = '昨天和许知夏委员一起走访凤栖园小区，居民9人，反映电梯老坏';
  const tell = (name: string, text: string): Promise<string | null> => town.says(name, text, { mention: true });
  const credits = async (): Promise<string[]> => [await credit(town, '周岚'), await credit(town, '许知夏')];

  it('are credited each, in full, and the body counts the constituents once', async () => {
    await tell('周岚', together);
    expect(await credits()).toEqual(['1次 9人次', '1次 9人次']);
    expect(await tell('韩立舟', '给各位委员排个名')).toContain('1次、9人次');
  });

  it('lose the credit together when the one who told it takes it back; nobody else can', async () => {
    await tell('周岚', together);
    expect(await town.says('许知夏', '/撤回 R1024')).toContain('不是您本人的记录');
    expect(await credits()).toEqual(['1次 9人次', '1次 9人次']);
    await town.says('周岚', '/撤回 R1024');
    expect(await credits()).toEqual(['0次 0人次', '0次 0人次']);
  });

  it('are not credited twice when the companion tells it too', async () => {
    await tell('周岚', together);
    expect(await town.says('许知夏', '/记录 走访 昨天 凤栖园小区 9人')).toContain('看起来和R1024是同一次');
    expect(await credits()).toEqual(['1次 9人次', '1次 9人次']);
    expect(await town.says('周岚', '/撤回 R1024')).toContain('R1025不再算重复，已计入');
    expect(await credits()).toEqual(['0次 0人次', '1次 9人次']);
  });

  it('are not credited twice when the companion told it first', async () => {
    await town.says('许知夏', '/记录 走访 昨天 凤栖园小区 9人');
    expect(await tell('周岚', together)).toContain('（许知夏委员自己记过这一次，没有重复计入。）');
    expect(await credits()).toEqual(['1次 9人次', '1次 9人次']);
  });

  it('are both credited again when the one who tells says that it was another time', async () => {
    await tell('周岚', together);
    expect(await tell('周岚', together)).toContain('看起来和R1024是同一次');
    await tell('周岚', '另外一次');
    expect(await credits()).toEqual(['2次 18人次', '2次 18人次']);
  });

  it('are named when the roster does not know them', async () => {
    expect(await tell('周岚', '昨天和赵志强委员一起走访凤栖园小区，居民9人')).toContain('名册里没能对上赵志强');
    expect(await credit(town, '周岚')).toBe('1次 9人次');
  });
});
