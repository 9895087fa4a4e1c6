import type { Day } from '../foundation/day';

export type ActivityKind =
  | 'sector_activity'
  | 'research'
  | 'inspection'
  | 'survey'
  | 'symposium'
  | 'consultation'
  | 'lecture'
  | 'reading'
  | 'service'
  | 'creation_trip'
  | 'exhibition'
  | 'supervision';

/** What the organiser has decided; where an activity stands in time is derived (rules.ts `phaseOf`). */
type ActivityStatus = 'published' | 'postponed' | 'cancelled';

/** A local time of the organisation: 'YYYY-MM-DDTHH:MM', or a day alone when the hour is not fixed. */
export type LocalTime = string;

export type SeatWish = 'attending' | 'tentative';

/** One member's place in an activity. Tentative holds a seat like attending. */
export interface SignUp {
  /** Event key and member: one message never seats one member twice. */
  id: string;
  memberId: string;
  /** The member and unnamed companions. */
  seats: number;
  status: SeatWish | 'waitlisted';
  /** What the status becomes when a seat is found. */
  wish: SeatWish;
  /** Member id of whoever typed it. */
  by: string;
  at: Date;
  /** Events that changed the number of seats since. */
  sources?: string[];
  promotedAt?: Date;
  /** When the notice of the freed seat was handed to the outbox. */
  notifiedAt?: Date;
}

export interface CancelledSignUp extends SignUp {
  cancelledAt: Date;
  cancelledBy: string;
  /** Event key and member of the cancellation. */
  source: string;
  reason: string | null;
}

export interface ActivityDetails {
  title: string;
  kind: ActivityKind;
  /** Sector code; null for the whole body. */
  sector: string | null;
  start: LocalTime;
  place: string;
  /** null: no limit. */
  capacity: number | null;
  deadline: LocalTime | null;
  /** Sectors that give it together; absent where it is one's or the whole body's. */
  hosts?: string[];
}

/** What an organiser may change of an activity that was announced. */
export type Changeable = Pick<ActivityDetails, 'title' | 'start' | 'place' | 'capacity' | 'deadline'>;

/** One decision about it, kept for good. */
export interface ActivityChange {
  /** Event key. */
  source: string;
  by: string;
  at: Date;
  kind: 'changed' | 'postponed' | 'cancelled';
  reason: string | null;
  /** What it was before, of what changed. */
  before: Partial<Changeable>;
}

/** Who was there, as the organiser says; the newest counts. */
export interface Attendance {
  /** Event key. */
  source: string;
  by: string;
  at: Date;
  /** Member ids: only who is named, or was signed up and is said to have come. */
  present: string[];
  absent: string[];
  onLeave: string[];
  /** Members by count, as said; null where nothing was said. */
  members: number | null;
  /** Constituents by count. */
  people: number | null;
}

export interface Minutes {
  source: string;
  by: string;
  at: Date;
  content: string;
}

/** An activity with everything about its seats in one document: the database's order of updates decides who gets them. */
export interface Activity extends ActivityDetails {
  body: string;
  /** 'A23' */
  id: string;
  status: ActivityStatus;
  createdBy: string;
  createdAt: Date;
  /** Event key that made it. */
  source: string;
  startsAt: Date;
  /** Sign-up ends: the deadline, else the start. */
  closesAt: Date;
  /** The end of its day. */
  endsAt: Date;
  signups: SignUp[];
  /** Seats held by attending and tentative sign-ups; never above capacity. */
  taken: number;
  /** Number of waitlisted sign-ups. */
  waiting: number;
  cancelled: CancelledSignUp[];
  /** Oldest first; absent: as announced. */
  changes?: ActivityChange[];
  attendance?: Attendance[];
  minutes?: Minutes[];
}

export const dayPart = (time: LocalTime): Day => time.slice(0, 10);

/** 'HH:MM', or null when the hour is not fixed. */
export const hourPart = (time: LocalTime): string | null => time.slice(11, 16) || null;
