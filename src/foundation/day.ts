import { DateTime } from 'luxon';

/** A calendar day 'YYYY-MM-DD' in the organisation's zone. Contact dates are days, never instants. */
export type Day = string;

const clocks = new Map<string, Intl.DateTimeFormat>();

/** What calendar and clock show in `zone` (IANA name, e.g. 'Asia/Shanghai') at an instant: the day, and 'HH:MM'. */
export function wallClock(instant: Date, zone: string): { day: Day; time: string } {
  let clock = clocks.get(zone);
  if (!clock) {
    // Swedish writes '2026-09-23 10:11'.
    clock = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
    clocks.set(zone, clock);
  }
  const shown = clock.format(instant);
  return { day: shown.slice(0, 10), time: shown.slice(11, 16) };
}

/** The day an instant falls on, in `zone`. */
export const dayOf = (instant: Date, zone: string): Day => wallClock(instant, zone).day;

/** The instant of `time` ('HH:MM') on `day` in `zone`. */
export function instantOf(day: Day, time: string, zone: string): Date {
  const [year, month, date] = day.split('-').map(Number);
  const [hour, minute] = time.split(':').map(Number);
  return DateTime.fromObject({ year, month, day: date, hour, minute }, { zone }).toJSDate();
}

export function addDays(day: Day, days: number): Day {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

/** '2026-Q3' for a day of July to September 2026. Quota credit follows this, by contact date. */
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
  const dayOne = (after: number): Day => new Date(Date.UTC(Number(year), first - 1 + after, 1)).toISOString().slice(0, 10);
  return { from: dayOne(0), to: addDays(dayOne(months), -1) };
}
