import { type Day, periodBounds, yearOf } from '../foundation/day';
import type { ProgressReading } from './readings';

/** The time a question is about. */
export interface Span {
  /** '2026', '2026-Q3', '2026-H1', '2026-09'; null for other days. */
  label: string | null;
  from: Day;
  to: Day;
}

/** The named period or the days a question names; null when it names none. */
export function spanAsked({ period, date_from: from, date_to: to }: ProgressReading): Span | null {
  if (period !== null) return { label: period, ...periodBounds(period) };
  return from !== undefined && to !== undefined ? { label: null, from, to } : null;
}

/** Sums without a time are those of this year. */
export const thisYear = (today: Day): Span => ({ label: yearOf(today), ...periodBounds(yearOf(today)) });
