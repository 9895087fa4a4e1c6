/**
 * What a chat line means: the reading contract of domain.md section 0, field for field.
 * Names are the contract's own (snake_case), because readings are printed and scored as they are.
 */
export type Intent =
  | 'record_contact'
  | 'signup'
  | 'signup_cancel'
  | 'leave_request'
  | 'activity_query'
  | 'activity_create'
  | 'activity_update'
  | 'activity_attendance'
  | 'query_progress'
  | 'report_export'
  | 'case_query'
  | 'record_query'
  | 'opinion_query'
  | 'correct_record'
  | 'delete_record'
  | 'submit_opinion'
  | 'submit_proposal_lead'
  | 'add_case'
  | 'update_case'
  | 'case_feedback'
  | 'opinion_update'
  | 'add_commitment'
  | 'update_commitment'
  | 'help'
  | 'none';

export type ContactMode =
  | 'visit'
  | 'symposium'
  | 'talk'
  | 'phone'
  | 'online'
  | 'reception'
  | 'survey'
  | 'inspection'
  | 'consult_meeting'
  | 'lecture'
  | 'service'
  | 'mediation'
  | 'sector_activity'
  | 'other';

export type DatePrecision = 'day' | 'range' | 'period' | 'assumed' | 'vague' | 'invalid';
export type MissingField = 'mode' | 'date' | 'where' | 'people';
export type RejectReason = 'future_date' | 'invalid_date' | 'negated';

export interface SenderContext {
  /** Default 'member'. */
  sender_role?: 'member' | 'convener' | 'staff';
  /** In a private chat with the bot every line is addressed to it. Default 'group'. */
  chat?: 'group' | 'private';
  /** The platform says that the bot was mentioned; then the mention need not stand in the text. */
  mentioned?: boolean;
  /** Text of the quoted bot message. */
  quoted?: string;
  /** What the sender has just recorded, newest last: free text or ids. */
  previous?: readonly string[];
  /** Words this organisation adds: places, units, sector aliases, members' names. */
  vocabulary?: OrganisationVocabulary;
}

export interface OrganisationVocabulary {
  places?: readonly string[];
  organisations?: readonly string[];
  /** alias → sector name */
  sectors?: Readonly<Record<string, string>>;
  members?: readonly string[];
  /** The bot's display names in this organisation, without '@'. Default: domain.md 0's three. */
  mentions?: readonly string[];
}

export interface ReadContext extends SenderContext {
  /** ISO day on which the line was sent, in the organisation's zone. */
  today: string;
}

/** The fields of one contact (domain.md 0.2). */
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

/** Where in the original text a field was read: [start, end) in UTF-16 units of the text as sent. */
export type Spans = Record<string, readonly [number, number]>;

export type RecordReading = { intent: 'record_contact'; spans?: Spans } & (
  | (ContactReading & { records?: never })
  | ({ records: ContactReading[] } & Partial<ContactReading>)
);

export interface SignupReading {
  intent: 'signup' | 'signup_cancel' | 'leave_request';
  activity: string | null;
  activity_date: string | null;
  self: boolean;
  names: string[];
  extra?: number;
  status?: 'attending' | 'tentative';
  reason?: string | null;
  note?: string;
  missing: string[];
  spans?: Spans;
}

export interface ActivityCreateReading {
  intent: 'activity_create';
  title: string | null;
  sector: string | null;
  /** Local time of the organisation, 'YYYY-MM-DDTHH:MM' or a day alone. */
  start: string | null;
  place: string | null;
  capacity: number | null;
  deadline: string | null;
  missing: string[];
  spans?: Spans;
}

export interface ActivityQueryReading {
  intent: 'activity_query';
  activity: string | null;
  ask: 'capacity' | 'time_place' | 'my_status' | 'list';
  spans?: Spans;
}

export interface ProgressReading {
  intent: 'query_progress';
  scope: 'self' | 'member' | 'sector' | 'org';
  subject: string | null;
  period: string | null;
  metric: string | null;
  privacy?: 'private_reply' | 'deny';
  refuse?: 'public_ranking';
  spans?: Spans;
}

export interface CorrectReading {
  intent: 'correct_record';
  /** 'last', a record id such as 'R1024', or a selector object. */
  target: string | Record<string, unknown>;
  changes: {
    people?: number;
    people_delta?: number;
    date?: string;
    place?: string;
    mode?: ContactMode;
    owner?: string;
    results?: string[];
    handler?: string;
  };
  missing: string[];
  spans?: Spans;
}

export interface DeleteReading {
  intent: 'delete_record';
  target: string | Record<string, unknown>;
  reason?: string;
  spans?: Spans;
}

export interface NoneReading {
  intent: 'none';
  /** chatter, not_addressed, template, forwarded, plan, unclear … */
  reason: string;
  spans?: Spans;
}

export interface HelpReading {
  intent: 'help';
  spans?: Spans;
}

/** Readings whose features come with later issues; their fields follow domain.md 0.4. */
export interface OtherReading {
  intent: Exclude<
    Intent,
    | 'record_contact'
    | 'signup'
    | 'signup_cancel'
    | 'leave_request'
    | 'activity_create'
    | 'activity_query'
    | 'query_progress'
    | 'correct_record'
    | 'delete_record'
    | 'help'
    | 'none'
  >;
  [field: string]: unknown;
}

export type Reading =
  | RecordReading
  | SignupReading
  | ActivityCreateReading
  | ActivityQueryReading
  | ProgressReading
  | CorrectReading
  | DeleteReading
  | NoneReading
  | HelpReading
  | OtherReading;
