import { addDays, instantOf, wallClock } from '../foundation/day';
import { type Activity, type ActivityChange, type Changeable, dayPart, hourPart, type LocalTime } from './activity';
import { type CreateFault, faultOf, instantsOf } from './rules';

/** What an organiser wants of an activity that was announced. */
export interface ChangeWish {
  kind: ActivityChange['kind'] | 'as_planned';
  details: Partial<Omit<Changeable, 'capacity'>>;
  capacity?: number | null;
  /** So many more, or fewer. */
  capacityBy?: number;
  /** A new hour of the same day. */
  time?: string;
  shift?: { days: number; minutes: number };
  reason: string | null;
}

export type ChangeRefusal = CreateFault | 'cancelled_already' | 'over' | 'seats_taken' | 'no_limit';

export type ChangeDecision =
  | { kind: 'same' }
  | { kind: 'refused'; why: ChangeRefusal }
  | { kind: 'change'; change: Omit<ActivityChange, 'source' | 'by' | 'at'>; set: Partial<Activity> };

/** What the wish comes to on the activity as it is; nothing is changed when it makes no difference. */
export function decideChange(activity: Activity, wish: ChangeWish, now: Date, zone: string): ChangeDecision {
  if (activity.status === 'cancelled') return { kind: 'refused', why: 'cancelled_already' };
  if (now >= activity.endsAt && activity.status !== 'postponed') return { kind: 'refused', why: 'over' };
  if (wish.kind === 'as_planned') return { kind: 'same' };
  const { reason } = wish;
  if (wish.kind === 'cancelled') return { kind: 'change', change: { kind: 'cancelled', reason, before: {} }, set: { status: 'cancelled' } };
  const wished = wishedDetails(activity, wish, zone);
  if ('why' in wished) return { kind: 'refused', why: wished.why };
  const before = differing(activity, wished.details);
  const putOff = wish.kind === 'postponed' && before.start === undefined && activity.status !== 'postponed';
  if (!putOff && Object.keys(before).length === 0) return { kind: 'same' };
  const wanted = { ...activity, ...wished.details };
  const why = whyNot(activity, wanted, before, { now, zone });
  if (why) return { kind: 'refused', why };
  const status = putOff ? ({ status: 'postponed' } as const) : before.start === undefined ? {} : ({ status: 'published' } as const);
  return {
    kind: 'change',
    change: { kind: wish.kind, reason, before },
    set: { ...wished.details, ...instantsOf(wanted, zone), ...status },
  };
}

function whyNot(activity: Activity, wanted: Activity, before: Partial<Changeable>, { now, zone }: { now: Date; zone: string }) {
  const fault = faultOf(wanted, now, zone, { start: before.start !== undefined, deadline: before.deadline !== undefined });
  const { capacity } = wanted;
  return fault ?? (capacity !== null && capacity !== activity.capacity && capacity < activity.taken ? 'seats_taken' : null);
}

type Wished = { details: Partial<Changeable> } | { why: ChangeRefusal };

function wishedDetails(activity: Activity, wish: ChangeWish, zone: string): Wished {
  const start = startWished(activity, wish, zone);
  const details: Partial<Changeable> = { ...wish.details, ...(start !== undefined && { start }) };
  if (wish.capacity !== undefined) details.capacity = wish.capacity;
  if (wish.capacityBy !== undefined) {
    if (activity.capacity === null) return { why: 'no_limit' };
    details.capacity = activity.capacity + wish.capacityBy;
  }
  // A deadline that the new day leaves behind would close what is still to come, or say something that cannot be.
  const deadline = details.deadline === undefined ? activity.deadline : details.deadline;
  if (details.start !== undefined && wish.details.deadline === undefined && deadline !== null && dayPart(deadline) > dayPart(details.start))
    details.deadline = null;
  return { details };
}

function startWished(activity: Activity, { details, time, shift }: ChangeWish, zone: string): LocalTime | undefined {
  const hour = hourPart(activity.start);
  if (details.start !== undefined) return hourPart(details.start) === null && hour !== null ? `${details.start}T${hour}` : details.start;
  if (time !== undefined)
    return time.startsWith('24') ? `${addDays(dayPart(activity.start), 1)}T00${time.slice(2)}` : `${dayPart(activity.start)}T${time}`;
  if (!shift) return undefined;
  const day = addDays(dayPart(activity.start), shift.days);
  if (hour === null) return day;
  const { day: moved, time: at } = wallClock(new Date(instantOf(day, hour, zone).getTime() + shift.minutes * 60_000), zone);
  return `${moved}T${at}`;
}

/** The present values of what would become different. */
function differing(activity: Activity, details: Partial<Changeable>): Partial<Changeable> {
  const keys = (Object.keys(details) as (keyof Changeable)[]).filter((key) => details[key] !== activity[key]);
  return Object.fromEntries(keys.map((key) => [key, activity[key]]));
}

/** Those signed up need to hear of it: another time or place, another name, or that it is off. */
export const concernsThem = ({ kind, before }: Pick<ActivityChange, 'kind' | 'before'>): boolean =>
  kind !== 'changed' || before.start !== undefined || before.place !== undefined || before.title !== undefined;

/** The newest decision that those signed up hear of. */
export const newestNews = ({ changes }: Pick<Activity, 'changes'>): ActivityChange | undefined => changes?.findLast(concernsThem);
