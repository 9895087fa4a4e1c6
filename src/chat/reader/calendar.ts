/**
 * Days as whole numbers since 1970-01-01, so that date arithmetic costs nothing. (src/foundation/day.ts says the same with luxon,
 * at a hundredth of the speed; tests/property/reader-dates.test.ts holds the two together.)
 */
export type EpochDay = number;

const millisecondsADay = 86_400_000;

/** null when there is no such day: (2026, 9, 31). */
export function dayNumber(year: number, month: number, day: number): EpochDay | null {
  if (month < 1 || month > 12 || day < 1 || (day > 28 && day > daysInMonth(year, month))) return null;
  return Math.floor(Date.UTC(year, month - 1, day) / millisecondsADay);
}

export function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

export interface CivilDay {
  year: number;
  month: number;
  day: number;
}

export function civil(n: EpochDay): CivilDay {
  const date = new Date(n * millisecondsADay);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
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

export const firstOf = ({ year, month }: Month): EpochDay => Math.floor(Date.UTC(year, month - 1, 1) / millisecondsADay);
export const lastOf = (m: Month): EpochDay => firstOf(shiftMonth(m, 1)) - 1;
