import { z } from 'zod';
import { addDays, type Day } from './day';

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

/**
 * One year of config/holidays: the festivals, and the State Council's days off and those worked in exchange. Festivals without
 * days off have no from and to; before the list is published these are the days that are free by law.
 */
export const holidayYear = z.strictObject({
  year: z.int().min(2000).max(2100),
  status: z.enum(['published', 'unpublished']),
  holidays: z.array(z.strictObject({ name: z.string(), festival: day, from: day.optional(), to: day.optional() })),
  make_up_workdays: z.array(day),
});

export type HolidayYear = z.infer<typeof holidayYear>;

export interface WorkingDays {
  /** In a year whose list is not published: Monday to Friday without the days that are free by law. */
  isWorkingDay(day: Day): boolean;
  isKnownYear(year: number): boolean;
}

/** Working days of the organisation: weekdays without holidays, and the weekends worked in exchange (调休). */
export function createWorkingDays(years: readonly HolidayYear[]): WorkingDays {
  const published = years.filter((year) => year.status === 'published');
  const known = new Set(published.map((year) => year.year));
  const worked = new Set(published.flatMap((year) => year.make_up_workdays));
  const free = new Set(years.flatMap((year) => year.holidays.flatMap(({ from, to }) => (from && to ? daysOf(from, to) : []))));
  return {
    isKnownYear: (year) => known.has(year),
    isWorkingDay: (each) => worked.has(each) || (!free.has(each) && isWeekday(each)),
  };
}

function daysOf(from: Day, to: Day): Day[] {
  const days = [];
  for (let each = from; each <= to; each = addDays(each, 1)) days.push(each);
  return days;
}

function isWeekday(each: Day): boolean {
  const weekday = new Date(`${each}T00:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6;
}
