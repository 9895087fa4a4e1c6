import type { ContactMode } from '../../reader/contact-mode';
import type { Reading } from '../../reader/reading';

export type DatePrecision = 'day' | 'range' | 'period' | 'assumed' | 'vague' | 'invalid';
export type MissingField = 'mode' | 'date' | 'where' | 'people';
export type RejectReason = 'future_date' | 'invalid_date' | 'negated';

/** The fields of one contact. */
export interface ContactReading {
  mode: ContactMode | null;
  date: string | null;
  date_precision: DatePrecision;
  date_end?: string;
  date_from?: string;
  date_to?: string;
  time?: string;
  part_of_day?: 'morning' | 'afternoon' | 'evening';
  place: string | null;
  organisation: string | null;
  people: number | null;
  people_approx: boolean;
  topics: string[];
  services: string[];
  results: string[];
  missing: MissingField[];
  units?: Record<string, number>;
  demands?: string[];
  contacts?: string[];
  companions?: string[];
  member_count?: number;
  persons_distinct?: number;
  constituent_type?: 'neighbour';
  pii?: string[];
  on_behalf_of?: string;
  confirm?: string[];
  duplicate_of?: string;
  reject?: RejectReason;
}

/** One contact, or several told in one message. */
export type RecordReading = Reading & { readonly intent: 'record_contact' } & (
    | (ContactReading & { records?: never })
    | ({ records: ContactReading[] } & Partial<ContactReading>)
  );
