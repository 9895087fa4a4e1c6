import { DateTime } from 'luxon';

/** A calendar day 'YYYY-MM-DD' in the organisation's zone. Contact dates are days, never instants. */
export type Day = string;

/** The day an instant falls on, in `zone` (IANA name, e.g. 'Asia/Shanghai'). */
export function dayOf(instant: Date, zone: string): Day {
  return DateTime.fromJSDate(instant, { zone }).toFormat('yyyy-MM-dd');
}

/** The instant of `time` ('HH:MM') on `day` in `zone`. */
export function instantOf(day: Day, time: string, zone: string): Date {
  return DateTime.fromISO(`${day}T${time}`, { zone }).toJSDate();
}

export function addDays(day: Day, days: number): Day {
  return DateTime.fromISO(day, { zone: 'utc' }).plus({ days }).toFormat('yyyy-MM-dd');
}

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

/** '2026-Q3' for a day of July to September 2026. Quota credit follows this, by contact date (domain.md 0.3). */
export function quarterOf(day: Day): string {
  return `${day.slice(0, 4)}-Q${Math.floor((Number(day.slice(5, 7)) - 1) / 3) + 1}`;
}

export const yearOf = (day: Day): string => day.slice(0, 4);

/** First and last day of '2026', '2026-H1', '2026-Q3' or '2026-09'. Throws RangeError on anything else. */
export function periodBounds(period: string): { from: Day; to: Day } {
  const match = /^(\d{4})(?:-(?:Q([1-4])|H([12])|(0[1-9]|1[0-2])))?$/.exec(period);
  if (!match) throw new RangeError(`not a period: ${period}`);
  const [, year, quarter, half, month] = match;
  const first = quarter ? Number(quarter) * 3 - 2 : half ? Number(half) * 6 - 5 : month ? Number(month) : 1;
  const months = quarter ? 3 : half ? 6 : month ? 1 : 12;
  const start = DateTime.utc(Number(year), first, 1);
  return { from: start.toFormat('yyyy-MM-dd'), to: start.plus({ months }).minus({ days: 1 }).toFormat('yyyy-MM-dd') };
}
