import { civil, type EpochDay, firstOf, lastOf, type Month, shiftMonth } from './calendar';
import { matchAt } from './match';
import { small, smallValue } from './small-number';

/** A year, half-year, quarter, month or ten days. `label`: '2026', '2026-H1', '2026-Q3', '2026-09'; null for ten days. */
export interface Period {
  end: number;
  from: EpochDay;
  to: EpochDay;
  label: string | null;
  unit: 'year' | 'half' | 'quarter' | 'month' | 'tenDays';
}

/** Which occurrence is meant when no year is said: a record looks back, an announcement ahead. */
export type Direction = 'past' | 'next';

const yearWord = '(?:(\\d{4}|[二〇零一三四五六七八九]{4})年?|(今年|去年|前年|明年|本年|上年|当年|上一年))?的?度?';
const quarterAt = new RegExp(`${yearWord}(?:第?([一二三四1-4])个?季度|[Qq]([1-4])|(上{1,4}|本|这|当|下)(?:一)?个?季度?)(?![节风])`, 'y');
const halfAt = new RegExp(`${yearWord}(上|下|前)半年`, 'y');
const yearAt = /(?:(20\d{2}|二〇[一二三四五六七八九〇]{2})年度?|(今年|去年|前年|本年度?|上年度?|全年|年度|明年|年内|年初以来))/y;
const monthAt = new RegExp(`${yearWord}(?:(${small})月份?|(上{1,4}|本|这|当|下)一?个?月份?)(?!饼|亮|嫂|薪|租|牙|供|球|季|光|刊)`, 'y');
const partAt = / ?的?(?:(底|末|下旬)|(初|上旬|头(?!一?天|日))|(中旬|中)(?!学|医|心|秋|小|午|国|央))/y;

const numericYear = (written: string): number =>
  Number(written.replace(/[〇零一二三四五六七八九]/g, (c) => String('〇一二三四五六七八九'.indexOf(c === '零' ? '〇' : c))));

/** The year said, or null. */
function yearOf(number: string | undefined, word: string | undefined, today: EpochDay): number | null {
  if (number) return numericYear(number);
  const now = civil(today).year;
  if (!word) return null;
  if (/^(去|上)/.test(word)) return now - 1;
  if (word.startsWith('前')) return now - 2;
  return word.startsWith('明') ? now + 1 : now;
}

const span = (from: Month, months: number): { from: EpochDay; to: EpochDay } => ({
  from: firstOf(from),
  to: lastOf(shiftMonth(from, months - 1)),
});

const two = (n: number): string => String(n).padStart(2, '0');
const shiftOf: Record<string, number> = { 上上: -2, 上: -1, 本: 0, 这: 0, 当: 0, 下: 1 };

/** The quarter, half-year, month, ten days or year that stands at `at`, or null. */
export function readPeriod(text: string, at: number, today: EpochDay, direction: Direction): Period | null {
  return (
    readQuarter(text, at, today, direction) ??
    readHalf(text, at, today) ??
    readMonth(text, at, today, direction) ??
    readEdge(text, at, today, direction) ??
    readYear(text, at, today)
  );
}

function readQuarter(text: string, at: number, today: EpochDay, direction: Direction): Period | null {
  const match = matchAt(quarterAt, text, at);
  if (!match) return null;
  const now = civil(today);
  const current = { year: now.year, month: Math.floor((now.month - 1) / 3) * 3 + 1 };
  const said = match[3] ?? match[4];
  let start: Month;
  if (said) {
    const month = smallValue(said) * 3 - 2;
    const year = yearOf(match[1], match[2], today);
    start = { year: year ?? now.year, month };
    if (year === null && direction === 'past' && firstOf(start) > today) start.year--;
  } else start = shiftMonth(current, 3 * (shiftOf[match[5] ?? ''] ?? 0));
  const label = `${start.year}-Q${(start.month + 2) / 3}`;
  return { end: at + match[0].length, ...span(start, 3), label, unit: 'quarter' };
}

function readHalf(text: string, at: number, today: EpochDay): Period | null {
  const match = matchAt(halfAt, text, at);
  if (!match) return null;
  const now = civil(today).year;
  const first = match[3] === '上' || match[3] === '前';
  const year = yearOf(match[1], match[2], today) ?? (!first && civil(today).month < 7 ? now - 1 : now);
  return { end: at + match[0].length, ...span({ year, month: first ? 1 : 7 }, 6), label: `${year}-H${first ? 1 : 2}`, unit: 'half' };
}

function readMonth(text: string, at: number, today: EpochDay, direction: Direction): Period | null {
  const match = matchAt(monthAt, text, at);
  if (!match) return null;
  const now = civil(today);
  const number = smallValue(match[3]);
  if (match[3] && !(number >= 1 && number <= 12)) return null;
  let month: Month;
  if (match[4]) month = shiftMonth(now, shiftOf[match[4]] ?? 0);
  else {
    const year = yearOf(match[1], match[2], today);
    month = { year: year ?? now.year, month: number };
    if (year === null && direction === 'past' && firstOf(month) > today) month.year--;
    if (year === null && direction === 'next' && lastOf(month) < today) month.year++;
  }
  return withPart(text, at + match[0].length, month);
}

/** 月底/下旬, 月初/上旬, 月中/中旬 narrow a month to ten days. */
function withPart(text: string, end: number, month: Month): Period {
  const whole = span(month, 1);
  const part = matchAt(partAt, text, end);
  if (!part) return { end, ...whole, label: `${month.year}-${two(month.month)}`, unit: 'month' };
  const [from, to] = part[1] ? [whole.from + 20, whole.to] : part[2] ? [whole.from, whole.from + 9] : [whole.from + 10, whole.from + 19];
  return { end: end + part[0].length, from, to, label: null, unit: 'tenDays' };
}

const edgeAt = /(?:(?:(今年|去年|明年|本年)年?|年)(底|末|初)(?![中步级一二三次期]|以来)|月(底|末|初|中旬?|上旬|下旬)(?![心秋午学]))/y;

/** 月底, 月初, 年底 without a number: the nearest in the direction looked. */
function readEdge(text: string, at: number, today: EpochDay, direction: Direction): Period | null {
  const match = matchAt(edgeAt, text, at);
  if (!match) return null;
  const now = civil(today);
  if (match[3]) {
    const here = withPart(text, at + 1, now);
    if (direction === 'past' && here.from > today) return withPart(text, at + 1, shiftMonth(now, -1));
    return direction === 'next' && here.to < today ? withPart(text, at + 1, shiftMonth(now, 1)) : here;
  }
  const first = match[2] === '初';
  const year = yearOf(undefined, match[1], today) ?? (!first && direction === 'past' && now.month < 7 ? now.year - 1 : now.year);
  return { end: at + match[0].length, ...span({ year, month: first ? 1 : 12 }, 1), label: null, unit: 'month' };
}

function readYear(text: string, at: number, today: EpochDay): Period | null {
  const match = matchAt(yearAt, text, at);
  if (!match) return null;
  const year = yearOf(match[1], match[2], today) ?? civil(today).year;
  return { end: at + match[0].length, ...span({ year, month: 1 }, 12), label: String(year), unit: 'year' };
}
