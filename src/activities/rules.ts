import { addDays, type Day, instantOf } from '../foundation/day';
import { type Activity, type ActivityDetails, dayPart, hourPart, type LocalTime, type SignUp } from './activity';

/** Where an activity stands: 报名中 / 报名截止 / 进行中 / 已结束 / 已延期 / 已取消. */
export type Phase = 'open' | 'closed' | 'running' | 'ended' | 'postponed' | 'cancelled';

export function phaseOf(activity: Pick<Activity, 'status' | 'startsAt' | 'closesAt' | 'endsAt'>, now: Date): Phase {
  if (activity.status === 'cancelled') return 'cancelled';
  // What was put off has no day yet, so the day it once had ends nothing.
  if (activity.status === 'postponed') return 'postponed';
  if (now >= activity.endsAt) return 'ended';
  if (now < activity.closesAt) return 'open';
  return now >= activity.startsAt ? 'running' : 'closed';
}

/** The instants that follow from local times. Without an hour the whole day counts; a deadline without one ends with its day. */
export function instantsOf({ start, deadline }: { start: LocalTime; deadline: LocalTime | null }, zone: string) {
  const endOf = (day: Day): Date => instantOf(addDays(day, 1), '00:00', zone);
  const hour = hourPart(start);
  const startsAt = instantOf(dayPart(start), hour ?? '00:00', zone);
  const endsAt = endOf(dayPart(start));
  const latest = hour ? startsAt : endsAt;
  const wished = deadline === null ? latest : instantOfDeadline(deadline, endOf, zone);
  return { startsAt, closesAt: wished < latest ? wished : latest, endsAt };
}

function instantOfDeadline(deadline: LocalTime, endOf: (day: Day) => Date, zone: string): Date {
  const hour = hourPart(deadline);
  return hour ? instantOf(dayPart(deadline), hour, zone) : endOf(dayPart(deadline));
}

export const most = { title: 60, place: 60, capacity: 10_000, companions: 50, names: 20, colleagues: 3 } as const;

export type CreateFault = 'start_past' | 'deadline_past' | 'deadline_after_start' | 'capacity' | 'too_long' | 'no_such_time';

const allNew = { start: true, deadline: true };

/** What keeps complete details from being announced, or null. `fresh`: which of the times are new; an old one may have passed. */
export function faultOf(details: ActivityDetails, now: Date, zone: string, fresh = allNew): CreateFault | null {
  const { start, deadline, capacity } = details;
  if (!isLocalTime(start) || (deadline !== null && !isLocalTime(deadline))) return 'no_such_time';
  const { startsAt, endsAt, closesAt } = instantsOf(details, zone);
  if (fresh.start && (hourPart(start) ? startsAt : endsAt) <= now) return 'start_past';
  if (deadline !== null && dayPart(deadline) > dayPart(start)) return 'deadline_after_start';
  if (fresh.deadline && closesAt <= now) return 'deadline_past';
  if (capacity !== null && (!Number.isInteger(capacity) || capacity < 1 || capacity > most.capacity)) return 'capacity';
  if (details.title.length > most.title || details.place.length > most.place) return 'too_long';
  return null;
}

function isLocalTime(time: LocalTime): boolean {
  const match = /^(\d{4}-\d{2}-\d{2})(?:T([01]\d|2[0-3]):[0-5]\d)?$/.exec(time);
  return match?.[1] !== undefined && !Number.isNaN(Date.parse(`${match[1]}T00:00:00Z`)) && addDays(match[1], 0) === match[1];
}

/** Free seats; null without a limit. */
export const seatsLeft = (activity: Pick<Activity, 'capacity' | 'taken'>): number | null =>
  activity.capacity === null ? null : Math.max(0, activity.capacity - activity.taken);

const fits = (activity: Pick<Activity, 'capacity' | 'taken'>, seats: number): boolean => {
  const left = seatsLeft(activity);
  return left === null || seats <= left;
};

export type SignUpDecision =
  | { kind: 'done'; signup: SignUp }
  | { kind: 'already'; signup: SignUp }
  | { kind: 'refused'; why: Exclude<Phase, 'open'> | 'never_fits' }
  | { kind: 'too_many' }
  | { kind: 'seat' }
  | { kind: 'wait' };

/**
 * What a sign-up comes to on the activity as read; the store's conditional update decides whether it still holds.
 * Nobody overtakes those who already wait. 'done' is the same event again, 'already' the same member by another one.
 */
export function decideSignUp(
  activity: Activity,
  request: Pick<SignUp, 'id' | 'memberId' | 'seats' | 'by'>,
  now: Date,
  mostOthers: number | null = null,
): SignUpDecision {
  const earlier = [...activity.signups, ...activity.cancelled].find((each) => each.id === request.id);
  if (earlier) return { kind: 'done', signup: earlier };
  const present = activity.signups.find((each) => each.memberId === request.memberId);
  if (present) return { kind: 'already', signup: present };
  const phase = phaseOf(activity, now);
  if (phase !== 'open') return { kind: 'refused', why: phase };
  if (activity.capacity !== null && request.seats > activity.capacity) return { kind: 'refused', why: 'never_fits' };
  if (mostOthers !== null && othersBy(activity, request.by).length >= mostOthers) return { kind: 'too_many' };
  return activity.waiting === 0 && fits(activity, request.seats) ? { kind: 'seat' } : { kind: 'wait' };
}

/** The members whom this one has signed up. */
export const othersBy = ({ signups }: Pick<Activity, 'signups'>, by: string): string[] =>
  signups.filter((each) => each.by === by && each.memberId !== by).map(({ memberId }) => memberId);

/** Seats of a party that changes; null where there are not so many free, or others wait for them. */
export function partySeats(
  activity: Activity,
  present: SignUp,
  { seats, party }: { seats: number; party?: 'set' | 'more' },
): number | null {
  const wanted = party === 'more' ? present.seats + seats - 1 : seats;
  if (activity.capacity !== null && wanted > activity.capacity) return null;
  const more = wanted - present.seats;
  if (present.status === 'waitlisted' || more <= 0) return wanted;
  return activity.waiting === 0 && fits(activity, more) ? wanted : null;
}

/** The first of those waiting whom the free seats can hold. */
export function nextPromotion(activity: Activity, now: Date): SignUp | null {
  if (activity.waiting === 0 || !seatsMayMove(activity, now)) return null;
  return activity.signups.find((each) => each.status === 'waitlisted' && fits(activity, each.seats)) ?? null;
}

/** Between the deadline and the start a freed seat still finds its next member; afterwards it is of no use. */
export function seatsMayMove(activity: Activity, now: Date): boolean {
  const phase = phaseOf(activity, now);
  return phase === 'open' || phase === 'closed';
}

/** 1 for the first of those waiting; 0 for somebody who does not wait. */
export function placeInLine(activity: Pick<Activity, 'signups'>, signupId: string): number {
  return (
    activity.signups
      .filter((each) => each.status === 'waitlisted')
      .map((each) => each.id)
      .indexOf(signupId) + 1
  );
}

export const isActivityId = (text: string): boolean => /^[A-Za-z]\d{1,6}$/.test(text);

const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s“”"'《》]/g, '')
    .replace(/(那个|这个|的)?(活动)?$/u, '');

/** Those whose title or place holds the keyword (or the other way round) and whose day is `day`, where given. */
export function matching(activities: readonly Activity[], keyword: string | null, day: Day | null): Activity[] {
  const wanted = keyword === null ? '' : plain(keyword);
  return activities.filter((activity) => {
    if (day !== null && dayPart(activity.start) !== day) return false;
    if (wanted === '') return day !== null;
    return [plain(activity.title), plain(activity.place)].some(
      (word) => word.includes(wanted) || (word.length > 1 && wanted.includes(word)),
    );
  });
}
