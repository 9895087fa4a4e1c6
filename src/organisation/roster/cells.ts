import type { Day } from '../../foundation/day';

/** A cell without what nobody sees: blanks at its ends, also full-width ones, and full-width letters and digits. */
export const cleaned = (cell: string): string =>
  cell
    .normalize('NFKC')
    .replace(/[\u200B\uFEFF]/g, '')
    .trim();

/** A name as it is spoken: two characters are often spread with a blank in between. */
export const nameIn = (cell: string): string =>
  cleaned(cell)
    .replace(/(?<=[\p{Script=Han}·])\s+(?=[\p{Script=Han}·])/gu, '')
    .replace(/\s+/g, ' ');

const yes = /^(?:是|对|有|常委|√|✓|✔|☑|v|y|yes|t|true|1)$/i;
const no = /^(?:|否|不是|非|无|×|✗|✘|☐|x|n|no|f|false|0|-|—|\/)$/i;

/** Null for what is neither. */
export function yesIn(cell: string): boolean | null {
  const word = cleaned(cell);
  if (yes.test(word)) return true;
  return no.test(word) ? false : null;
}

const present = /^(?:在任|在职|在岗|现任|恢复)$/;
const gone = /^(?:离任|离职|卸任|退出|退休|免职|辞职|辞去|调离|去世|已故|不再担任)$/;

export type Standing = 'present' | 'gone' | 'unsaid';

/** Null for a word that says neither. */
export function standingIn(cell: string): Standing | null {
  const word = cleaned(cell);
  if (word === '') return 'unsaid';
  if (present.test(word)) return 'present';
  return gone.test(word) ? 'gone' : null;
}

const written = /^(\d{4})(?:[-/.年])(\d{1,2})(?:[-/.月])(\d{1,2})日?(?:\s+0{1,2}:00(?::00)?)?$/;
const dayMs = 86_400_000;
/** Excel counts days from here, as if 1900 had been a leap year. */
const excelBegins = Date.UTC(1899, 11, 30);
/** Numbers that can be days of the last decades: 1954 to 2064. */
const [firstSerial, lastSerial] = [20_000, 60_000];

/** A day as offices and Excel write it; null for what is none, such as 2022-02-30. */
export function dayIn(cell: string): Day | null {
  const text = cleaned(cell);
  const serial = /^\d{5}(?:\.0+)?$/.test(text) ? Number(text) : 0;
  if (serial >= firstSerial && serial <= lastSerial) return new Date(excelBegins + serial * dayMs).toISOString().slice(0, 10);
  const [, year = '', month = '', date = ''] = written.exec(text) ?? [];
  const day = `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`;
  const time = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day) ? day : null;
}
