import { addDays, type Day, dayOf, instantOf, quarterEnd } from './days';

/** Working mornings start the reminders; an odd minute, as the platform asks. */
const morning = '09:31';

interface Calendar {
  zone: string;
  isWorkingDay(day: Day): boolean;
}

/** Monday to Friday; holidays are not the simulator's business. */
export function isWeekday(day: Day): boolean {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6;
}

/** The next 09:31 of a working day after `now`. */
export function nextWorkingMorning(now: Date, calendar: Calendar): Date {
  return workingMorningFrom(dayOf(now, calendar.zone), now, calendar);
}

/** 09:31 on the first working day of the last two weeks of a quarter: of this one, or of the next when that has passed. */
export function twoWeeksBeforeQuarterEnd(now: Date, calendar: Calendar): Date {
  const end = quarterEnd(dayOf(now, calendar.zone));
  const instant = workingMorningFrom(addDays(end, -14), new Date(0), calendar);
  if (instant > now) return instant;
  const nextEnd = quarterEnd(addDays(end, 1));
  return workingMorningFrom(addDays(nextEnd, -14), new Date(0), calendar);
}

/** What an application spreads over some minutes has happened by then. */
export const halfAnHourLater = (now: Date): Date => new Date(now.getTime() + 30 * 60_000);

function workingMorningFrom(first: Day, after: Date, calendar: Calendar): Date {
  // A year without a working day would be a broken calendar; stop rather than search for ever.
  for (let day = first, tried = 0; tried < 366; day = addDays(day, 1), tried += 1) {
    const instant = instantOf(day, morning, calendar.zone);
    if (calendar.isWorkingDay(day) && instant > after) return instant;
  }
  throw new RangeError('the calendar knows no working day within a year');
}

/** '2026年9月18日 星期五 10:24' */
export function longTime(instant: Date, zone: string): string {
  return `${longDay(instant, zone)} ${shortTime(instant, zone)}`;
}

/** '2026年9月18日 星期五' */
export function longDay(instant: Date, zone: string): string {
  const format = new Intl.DateTimeFormat('zh-CN', { timeZone: zone, year: 'numeric', month: 'long', day: 'numeric' });
  return `${format.format(instant)} ${new Intl.DateTimeFormat('zh-CN', { timeZone: zone, weekday: 'long' }).format(instant)}`;
}

/** '10:24' */
export function shortTime(instant: Date, zone: string): string {
  return new Intl.DateTimeFormat('zh-CN', { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(instant);
}
