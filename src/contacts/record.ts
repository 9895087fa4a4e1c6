import type { Day } from '../foundation/day';
import type { ContactMode } from '../reader/contact-mode';
import type { DatePrecision, MissingField } from './readings';

/** One contact with constituents, as kept. Dates are days in the organisation's zone; `enteredAt` is an instant. */
export interface ContactRecord {
  /** 'R1024' */
  id: string;
  body: string;
  memberId: string;
  /** Who told it for the member (F28); absent when the member did. */
  enteredBy?: string;
  /** Every member credited: the recorder and named companions (F27). */
  credited: string[];
  mode: ContactMode | null;
  contactDate: Day | null;
  /** Last day of several, or of the month or ten days that is all that is known; `contactDate` is the first then. */
  contactDateEnd?: Day | null;
  datePrecision: DatePrecision;
  place: string | null;
  organisation: string | null;
  people: number | null;
  peopleApprox: boolean;
  /** HH:MM */
  time?: string;
  /** What was counted besides people: households, enterprises … */
  units?: Record<string, number>;
  /** Constituents named, numbers of phones and papers hidden. */
  contacts?: string[];
  /** Fellow members who were there. */
  memberCount?: number;
  /** Different people among the person-times. */
  personsDistinct?: number;
  /** People around the member; absent for those of the sector. */
  constituentType?: 'neighbour';
  topics: string[];
  services: string[];
  results: string[];
  /** What it was about, in the member's own words, short, numbers of phones and papers hidden. */
  content: string | null;
  /** Key words of the problem in the constituents' own words. */
  demands?: string[];
  /** The line as typed, numbers of phones and papers hidden; free text is kept, never interpreted. */
  text: string;
  /** What still has to be asked; empty when complete. */
  missing: MissingField[];
  /** 'asked': perhaps a repeat of `duplicateOf`; it counts once the member confirms it. */
  status: 'kept' | 'asked' | 'withdrawn';
  duplicateOf?: string;
  enteredAt: Date;
  /** Key of the event that made it, with the index of the contact in the message: one event never makes two. */
  source: string;
  /**
   * What it counts as, one for each credited member: two records never hold the same one, so that of two told at the same moment
   * in two processes only one counts.
   */
  claims?: string[];
  history: RecordChange[];
}

/** Who changed what, when, from which message. Records are never erased by a correction. */
export interface RecordChange {
  at: Date;
  by: string;
  /** Event key of the message that asked for it. */
  source: string;
  /**
   * 'released': what it seemed to repeat is gone or is another contact by now; 'objected': somebody it was told for says that it
   * is not theirs.
   */
  kind: 'corrected' | 'completed' | 'confirmed' | 'withdrawn' | 'released' | 'restored' | 'objected';
  before: Record<string, unknown>;
  after: Record<string, unknown>;
}

/** A complete, kept record, as far as figures need it. */
export interface CountedRecord {
  id: string;
  date: Day;
  mode: ContactMode;
  people: number;
  place: string | null;
  organisation: string | null;
  credited: readonly string[];
  /** Said to have been visited. */
  households: number;
  /** Told in it, in the member's own words. */
  demands: number;
}
