import { addDays, type Day, dayOf, daysBetween, instantOf, periodBounds, quarterOf, wallClock } from '../foundation/day';
import type { WorkingDays } from '../foundation/working-days';
import type { Progress } from './progress';
import type { ReminderSettings } from './scheme';

/** A reminder that was planned or sent before, as the ledger tells it. */
export interface EarlierReminder {
  key: string;
  state: string;
  dueAt: Date;
  /** When it was sent; after a pause much later than it was due. */
  settledAt?: Date;
}

interface ReminderQuestion {
  progress: readonly Progress[];
  settings: ReminderSettings;
  history: readonly EarlierReminder[];
  memberId: string;
  now: Date;
  zone: string;
  calendar: WorkingDays;
}

type ReminderDecision =
  | { kind: 'send'; occasion: string; dueAt: Date; expiresAt: Date; shortfall: Progress[] }
  | { kind: 'nothing'; why: 'met' | 'no_occasion' | 'already' | 'capped' };

/** Reminders are spread over so many minutes by member, so that catching up after a pause is no burst. */
const spreadMinutes = 28;

export const reminderKey = (memberId: string, occasion: string): string => `reminder:${memberId}:${occasion}`;

/** Advisory rules and exempt members have nothing open (C12). */
export const isOpen = ({ advisory, exempt, remaining }: Progress): boolean => !advisory && exempt === undefined && remaining > 0;

/** What is still open and ends with the quarter of `today` (C08). */
export function shortfallOf(progress: readonly Progress[], today: Day): Progress[] {
  const quarterEnd = periodBounds(quarterOf(today)).to;
  return progress.filter((each) => isOpen(each) && each.due === quarterEnd);
}

/**
 * Whether a member gets a reminder now: only for what is open, once per occasion, within the caps, at an allowed moment.
 * An occasion missed by at most `lateDays` is made up for, an older one is dropped.
 */
export function decideReminder(question: ReminderQuestion): ReminderDecision {
  const { progress, settings, history, memberId, now, zone, calendar } = question;
  const today = dayOf(now, zone);
  const shortfall = shortfallOf(progress, today);
  if (shortfall.length === 0) return { kind: 'nothing', why: 'met' };
  const occasion = currentOccasion(today, settings, calendar);
  if (!occasion) return { kind: 'nothing', why: 'no_occasion' };
  if (history.some(({ key }) => key === reminderKey(memberId, occasion.id))) return { kind: 'nothing', why: 'already' };
  const dueAt = allowedMoment(later(now, 1 + spread(memberId)), question);
  const expiresAt = instantOf(occasion.lastDay, settings.to, zone);
  if (dueAt >= expiresAt) return { kind: 'nothing', why: 'no_occasion' };
  if (capped(history, dueAt, settings, zone)) return { kind: 'nothing', why: 'capped' };
  return { kind: 'send', occasion: occasion.id, dueAt, expiresAt, shortfall };
}

/** The occasion of the quarter that is open on `today`, the latest if several are. */
function currentOccasion(today: Day, settings: ReminderSettings, calendar: WorkingDays): { id: string; lastDay: Day } | null {
  const quarter = quarterOf(today);
  const { to } = periodBounds(quarter);
  const open = settings.daysBeforeQuarterEnd
    .map((days) => ({ id: `${quarter}-${days}`, firstDay: workingDayFrom(addDays(to, -days), calendar) }))
    .map(({ id, firstDay }) => ({ id, firstDay, lastDay: earlier(addDays(firstDay, settings.lateDays), to) }))
    .filter(({ firstDay, lastDay }) => firstDay <= today && today <= lastDay);
  return open.sort((a, b) => (a.firstDay < b.firstDay ? 1 : -1))[0] ?? null;
}

/** The first days of the occasions of this quarter that are still to come. */
export function remindersAhead(today: Day, settings: ReminderSettings, calendar: WorkingDays): Day[] {
  const { to } = periodBounds(quarterOf(today));
  return settings.daysBeforeQuarterEnd
    .map((days) => workingDayFrom(addDays(to, -days), calendar))
    .filter((day) => day > today)
    .sort();
}

/** True when one more at `at` would be too many: one in `gapDays`, `perQuarter` in a quarter. What was skipped or refused reached nobody. */
export function capped(history: readonly EarlierReminder[], at: Date, settings: ReminderSettings, zone: string): boolean {
  const day = dayOf(at, zone);
  const reached = history
    .filter(({ state }) => state !== 'skipped' && state !== 'refused')
    .map(({ dueAt, settledAt }) => dayOf(settledAt ?? dueAt, zone));
  const tooSoon = reached.some((each) => Math.abs(daysBetween(each, day)) < settings.gapDays);
  return tooSoon || reached.filter((each) => quarterOf(each) === quarterOf(day)).length >= settings.perQuarter;
}

type Hours = Pick<ReminderQuestion, 'settings' | 'zone' | 'calendar'>;

/** True on working days within the hours, never at :00 or :30 (C08, and WeCom asks callers to keep away from these minutes). */
export function isAllowedMoment(at: Date, { settings, zone, calendar }: Hours): boolean {
  const { day, time } = wallClock(at, zone);
  return isInHours(time, settings) && !/:[03]0$/.test(time) && calendar.isWorkingDay(day);
}

/** The first allowed moment at or after `at`; what falls outside the hours keeps its minute of the first half hour. */
export function allowedMoment(at: Date, hours: Hours): Date {
  const { settings, zone, calendar } = hours;
  if (isAllowedMoment(at, hours)) return at;
  const { day: today, time } = wallClock(at, zone);
  if (isInHours(time, settings) && calendar.isWorkingDay(today)) return later(at, 1);
  const day = workingDayFrom(time < settings.from ? today : addDays(today, 1), calendar);
  return later(instantOf(day, settings.from, zone), 1 + (Number(time.slice(3)) % spreadMinutes));
}

const isInHours = (time: string, { from, to }: ReminderSettings): boolean => time >= from && time < to;

function workingDayFrom(first: Day, calendar: WorkingDays): Day {
  for (let day = first, tried = 0; tried < 60; day = addDays(day, 1), tried += 1) if (calendar.isWorkingDay(day)) return day;
  throw new RangeError('the calendar knows no working day within 60 days');
}

function spread(memberId: string): number {
  let sum = 0;
  for (const point of memberId) sum = (sum * 31 + (point.codePointAt(0) ?? 0)) % 9_973;
  return sum % spreadMinutes;
}

const later = (at: Date, minutes: number): Date => new Date(at.getTime() + minutes * 60_000);
const earlier = (a: Day, b: Day): Day => (a < b ? a : b);
