import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { credit, recordsOf } from '../helpers/ledger';
import { startTown, type Town } from '../helpers/town';

const places = ['红柳社区', '东湖里社区', '和平里社区', '月牙湾社区', '凤栖园小区', '桃源沟村', '马头村'];

describe('a paste of many contacts', () => {
  let town: Town;
  beforeEach(async () => {
    town = await startTown('2026-09-23T10:11:00');
  });
  afterEach(() => town.close());

  const paste = (count: number): string =>
    [
      '/记录',
      ...Array.from({ length: count }, (_, at) => `${1 + (at % 20)}. 9月${1 + (at % 20)}日 走访 ${places[at % 7]} ${2 + at}人`),
    ].join('\n');

  it('is kept whole, in its order, with a verdict on each line', async () => {
    const said = (await town.says('周岚', paste(12))) ?? '';
    const records = await recordsOf(town);
    expect(records.map(({ people }) => people)).toEqual(Array.from({ length: 12 }, (_, at) => 2 + at));
    expect(said.split('\n').filter((line) => /^R10\d\d：9月\d+日 走访 /.test(line))).toHaveLength(12);
    expect(said).toContain('已为您记录12条：');
  });

  it('keeps what can be kept and says of each other line why not', async () => {
    await town.says('周岚', '/记录 走访 9月20日 红柳社区 5人');
    const said = await town.says('周岚', '/记录\n1. 走访 9月20日 红柳社区 6人\n2. 走访 9月31日 和平里社区 7人\n3. 走访 9月21日 马头村 8人');
    expect(said).toContain('收到3条，记下2条，1条没有记：');
    expect(said).toContain('R1025：9月20日 走访 红柳社区，联系界别群众6人次（像是和R1024同一次，没有计数）');
    expect(said).toContain('没记：走访 和平里社区，联系界别群众7人次（没有这个日期）');
    expect(said).toContain('R1026：9月21日 走访 马头村，联系界别群众8人次');
    expect(await credit(town, '周岚')).toBe('2次 13人次');
  });

  it('is refused above a hundred, and then nothing of it is kept', async () => {
    expect(await town.says('周岚', paste(101))).toBe('一次最多记100条，这里有101条，一条都没有记。请分几次发。');
    expect(await town.says('周岚', `${paste(60)}\n${'详见附件'.repeat(1_000)}`)).toBe('这条太长，读不完，一条都没有记。请分几次发。');
    expect(await recordsOf(town)).toEqual([]);
  });
});
