const startsWith = (bytes: Uint8Array, ...start: number[]): boolean => start.every((byte, at) => bytes[at] === byte);

/** An archive, as Excel's .xlsx is one. */
export const isWorkbook = (bytes: Uint8Array): boolean => startsWith(bytes, 0x50, 0x4b, 0x03, 0x04);
/** Excel's .xls of before 2007. */
export const isOldWorkbook = (bytes: Uint8Array): boolean => startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0);

/** The text of a file as offices save it: UTF-8, Excel's 'Unicode' (UTF-16), else GB18030, which holds GBK and GB2312; null for none. */
export function decodeText(bytes: Uint8Array): string | null {
  if (startsWith(bytes, 0xff, 0xfe)) return new TextDecoder('utf-16le').decode(bytes);
  for (const name of ['utf-8', 'gb18030']) {
    try {
      return new TextDecoder(name, { fatal: true }).decode(bytes);
    } catch (error) {
      if ((error as Error).name !== 'TypeError') throw error;
    }
  }
  return null;
}

const quoted = /"((?:[^"]|"")*)"/y;

/** Cells of a table with quotes, parted by commas or tabs, row by row; empty rows stay, so that rows count as a person counts them. */
export function parseTable(text: string): string[][] {
  const table = text.replace(/^\uFEFF/, '');
  const [firstLine = ''] = table.split('\n', 1);
  const separator = firstLine.includes('\t') && !firstLine.includes(',') ? '\t' : ',';
  const rows: string[][] = [[]];
  const plain = new RegExp(`[^${separator}\\r\\n]*`, 'y');
  for (let at = 0; at <= table.length; ) {
    const form = table[at] === '"' ? quoted : plain;
    form.lastIndex = at;
    const found = form.exec(table);
    const [whole = '', inside] = found ?? [];
    rows.at(-1)?.push(inside === undefined ? whole : inside.replaceAll('""', '"'));
    at += whole.length;
    // What follows a closing quote belongs to no cell.
    while (at < table.length && table[at] !== separator && table[at] !== '\n') at += 1;
    if (table[at] === '\n') rows.push([]);
    at += 1;
  }
  return rows;
}
