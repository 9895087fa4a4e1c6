import { describe, expect, it } from '@jest/globals';
import { zipSync } from 'fflate';
import writeExcelFile, { type Cell } from 'write-excel-file/node';
import { readTable } from '../../src/foundation/table/read-table';

type Value = string | number | Date | boolean | null;
const cellOf = (value: Value): Cell => (value instanceof Date ? { value, format: 'yyyy-mm-dd' } : value);
const workbook = (rows: Value[][]): Promise<Buffer> => writeExcelFile(rows.map((row) => row.map(cellOf))).toBuffer();

describe('a table somebody sends', () => {
  it('may be a workbook of Excel: days, numbers, ticks and empty cells come as text', async () => {
    const bytes = await workbook([
      ['编号', '姓名', '就任日期', '人数', '常委'],
      ['M0001', '周岚', new Date('2022-01-10T00:00:00Z'), 12, true],
      ['M0002', '=1+1', null, 0.5, false],
    ]);
    expect(await readTable(bytes)).toEqual({
      table: [
        ['编号', '姓名', '就任日期', '人数', '常委'],
        ['M0001', '周岚', '2022-01-10', '12', '是'],
        ['M0002', '=1+1', '', '0.5', '否'],
      ],
    });
  });

  it('may be text with commas or tabs', async () => {
    expect(await readTable(Buffer.from('编号\t姓名\nM0001\t周岚'))).toEqual({
      table: [
        ['编号', '姓名'],
        ['M0001', '周岚'],
      ],
    });
  });

  it('is refused, and why, when it is an old workbook, a broken one, no table, or too long', async () => {
    expect(await readTable(Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 1, 2]))).toEqual({ unreadable: 'old_workbook' });
    const whole = await workbook([['编号']]);
    expect(await readTable(whole.subarray(0, whole.length / 2))).toEqual({ unreadable: 'broken_workbook' });
    expect(await readTable(zipSync({ 'a.txt': Buffer.from('no workbook') }))).toEqual({ unreadable: 'broken_workbook' });
    expect(await readTable(Buffer.from([0xff, 0xff, 0x00]))).toEqual({ unreadable: 'bytes' });
    expect(await readTable(Buffer.from('行\n'.repeat(20_002)))).toEqual({ unreadable: 'too_long' });
  });

  it('is refused before anything of it is read when it unpacks to far more than it is, or into hundreds of files', async () => {
    const zeros = new Uint8Array(52 * 1024 * 1024);
    const bomb = zipSync({ 'xl/worksheets/sheet1.xml': zeros }, { level: 1 });
    expect(bomb.length).toBeLessThan(500_000);
    expect(await readTable(bomb)).toEqual({ unreadable: 'bomb' });
    const many = Object.fromEntries(Array.from({ length: 300 }, (_, at) => [`xl/${at}.xml`, Buffer.from('x')]));
    expect(await readTable(zipSync(many))).toEqual({ unreadable: 'bomb' });
  });
});
