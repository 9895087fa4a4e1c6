import type { Day } from '../foundation/day';
import type { ContactMode } from '../reader/contact-mode';
import type { DatePrecision, MissingField } from './readings';

/** One contact with constituents, as kept. Dates are days in the organisation's zone; `enteredAt` is an instant. */
export interface ContactRecord {
  /** 'R1024' */
  id: string;
  body: string;
  memberId: string;
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
  history: RecordChange[];
}

/** Who changed what, when, from which message. Records are never erased by a correction. */
export interface RecordChange {
  at: Date;
  by: string;
  /** Event key of the message that asked for it. */
  source: string;
  /** 'released': what it seemed to repeat is gone or is another contact by now. */
  kind: 'corrected' | 'completed' | 'confirmed' | 'withdrawn' | 'released';
  before: Record<string, unknown>;
  after: Record<string, unknown>;
}

/** A complete, kept record, as far as figures need it. */
export interface CountedRecord {
  id: string;
  date: Day;
  mode: ContactMode;
  people: number;
  credited: readonly string[];
}
