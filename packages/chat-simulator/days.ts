import { DateTime } from 'luxon';

/** What the page tells as now; the demo moves it. */
export interface Clock {
  now(): Date;
}

/** A calendar day 'YYYY-MM-DD' in the page's zone. */
export type Day = string;

export const dayOf = (instant: Date, zone: string): Day => DateTime.fromJSDate(instant, { zone }).toISODate() ?? '';

/** The instant of `time` ('HH:MM') on `day` in `zone` (IANA name). */
export const instantOf = (day: Day, time: string, zone: string): Date => DateTime.fromISO(`${day}T${time}`, { zone }).toJSDate();

export const addDays = (day: Day, days: number): Day => DateTime.fromISO(day, { zone: 'utc' }).plus({ days }).toISODate() ?? '';

/** The last day of the quarter in which `day` lies. */
export const quarterEnd = (day: Day): Day => DateTime.fromISO(day, { zone: 'utc' }).endOf('quarter').toISODate() ?? '';
