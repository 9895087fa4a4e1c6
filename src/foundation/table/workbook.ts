import { Unzip, UnzipInflate } from 'fflate';
import { dayOf } from '../day';

/** A sheet of an office has far less; what has more is made to harm. */
const mostUnpacked = 50 * 1024 * 1024;
const mostEntries = 200;
const step = 64 * 1024;

/**
 * True when everything in the archive, counted as it unpacks, is no more than a workbook may be. What the archive says of its own
 * size is not believed: 300 KB can hold 300 MB.
 */
export function unpacksModestly(bytes: Uint8Array): boolean {
  let unpacked = 0;
  let entries = 0;
  const archive = new Unzip((file) => {
    entries += 1;
    file.ondata = (error, chunk) => {
      if (error) throw error;
      unpacked += chunk.length;
    };
    if (entries <= mostEntries) file.start();
  });
  archive.register(UnzipInflate);
  for (let at = 0; at < bytes.length && unpacked <= mostUnpacked && entries <= mostEntries; at += step)
    archive.push(bytes.subarray(at, at + step), at + step >= bytes.length);
  return unpacked <= mostUnpacked && entries <= mostEntries;
}

/** The cells of the first sheet as text; days as 2022-01-10. Throws for what is no workbook. */
export async function cellsOfWorkbook(bytes: Uint8Array): Promise<string[][]> {
  // Loaded when a workbook comes, which is seldom: no start waits for it.
  const { readSheet } = require('read-excel-file/node') as typeof import('read-excel-file/node');
  const rows = await readSheet(Buffer.from(bytes));
  return rows.map((row) => row.map(textOf));
}

function textOf(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  // Excel knows no zone: the library gives its days as midnight of UTC.
  if (cell instanceof Date) return dayOf(cell, 'UTC');
  if (typeof cell === 'boolean') return cell ? '是' : '否';
  return typeof cell === 'string' ? cell : JSON.stringify(cell);
}
