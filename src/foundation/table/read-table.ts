import { decodeText, isOldWorkbook, isWorkbook, parseTable } from './text';
import { cellsOfWorkbook, unpacksModestly } from './workbook';

/** Why a file is no table. */
export type Unreadable = 'old_workbook' | 'broken_workbook' | 'bomb' | 'bytes' | 'too_long';

export type TableFile = { table: string[][] } | { unreadable: Unreadable };

const mostRows = 20_000;

/** The cells of a .xlsx (first sheet) or .csv file (UTF-8, UTF-16, GB18030), row by row, the titles first. */
export async function readTable(bytes: Uint8Array): Promise<TableFile> {
  const read = isWorkbook(bytes) ? await fromWorkbook(bytes) : fromText(bytes);
  return 'table' in read && read.table.length > mostRows + 1 ? { unreadable: 'too_long' } : read;
}

async function fromWorkbook(bytes: Uint8Array): Promise<TableFile> {
  try {
    if (!unpacksModestly(bytes)) return { unreadable: 'bomb' };
    return { table: await cellsOfWorkbook(bytes) };
  } catch {
    // Whatever a parser says of an archive somebody sent: it is no workbook, and nothing of it is used.
    return { unreadable: 'broken_workbook' };
  }
}

function fromText(bytes: Uint8Array): TableFile {
  if (isOldWorkbook(bytes)) return { unreadable: 'old_workbook' };
  const text = decodeText(bytes);
  return text === null ? { unreadable: 'bytes' } : { table: parseTable(text) };
}
