/**
 * Days as whole numbers since 1970-01-01, so that date arithmetic costs nothing. (src/foundation/day.ts says the same with luxon,
 * at a hundredth of the speed; tests/property/reader-dates.test.ts holds the two together.)
 */
export type EpochDay = number;

/** null when there is no such day: (2026, 9, 31). */
export function dayNumber(year: number, month: number, day: number): EpochDay | null {
  if (!(month >= 1 && month <= 12 && day >= 1) || (day > 28 && day > daysInMonth(year, month))) return null;
  return firstOf({ year, month }) + day - 1;
}

const daysInMonth = (year: number, month: number): number => lastOf({ year, month }) - firstOf({ year, month }) + 1;

export interface CivilDay {
  year: number;
  month: number;
  day: number;
}

/** Years are counted from March, so that a leap day is a year's last; `monthStart(m)` days of it precede its month m. */
const monthStart = (m: number): number => Math.floor((153 * m + 2) / 5);
const yearStart = (y: number): number => 365 * y + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400);
/** From 1 March of the year 0 to 1 January 1970. */
const epoch = 719_468;

export function civil(n: EpochDay): CivilDay {
  const days = n + epoch;
  let y = Math.floor((days * 400) / 146_097) + 1;
  while (yearStart(y) > days) y--;
  const inYear = days - yearStart(y);
  const m = Math.floor((5 * inYear + 2) / 153);
  return { year: m < 10 ? y : y + 1, month: m < 10 ? m + 3 : m - 9, day: inYear - monthStart(m) + 1 };
}

/** @throws RangeError when `iso` is no 'YYYY-MM-DD'. */
export function fromIso(iso: string): EpochDay {
  const match = /^(\d{4})-(\d{2})-(\d{2})/.exec(iso);
  const n = match && dayNumber(Number(match[1]), Number(match[2]), Number(match[3]));
  if (n === null) throw new RangeError(`not a day: ${iso}`);
  return n;
}

export function toIso(n: EpochDay): string {
  const { year, month, day } = civil(n);
  return `${String(year).padStart(4, '0')}-${month < 10 ? '0' : ''}${month}-${day < 10 ? '0' : ''}${day}`;
}

/** Monday 1 … Sunday 7. */
export const weekday = (n: EpochDay): number => ((((n + 3) % 7) + 7) % 7) + 1;

export interface Month {
  year: number;
  month: number;
}

export function shiftMonth({ year, month }: Month, by: number): Month {
  const index = year * 12 + month - 1 + by;
  return { year: Math.floor(index / 12), month: (((index % 12) + 12) % 12) + 1 };
}

export const firstOf = ({ year, month }: Month): EpochDay =>
  month > 2 ? yearStart(year) + monthStart(month - 3) - epoch : yearStart(year - 1) + monthStart(month + 9) - epoch;
export const lastOf = (m: Month): EpochDay => firstOf(shiftMonth(m, 1)) - 1;
