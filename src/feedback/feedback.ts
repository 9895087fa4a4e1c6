import type { FeedbackKind } from './readings';

/** What a member has told the organisation about its own work, and what was answered. */
export interface Feedback {
  /** 'J12' */
  id: string;
  body: string;
  kind: FeedbackKind;
  memberId: string;
  /** As typed, numbers of phones and papers hidden. */
  text: string;
  at: Date;
  /** Day of `at` in the body's zone. */
  day: string;
  /** Event key of the message that brought it: one message makes one. */
  source: string;
  status: 'open' | 'answered';
  answers: FeedbackAnswer[];
}

export interface FeedbackAnswer {
  /** Member id of who answered. */
  by: string;
  at: Date;
  text: string;
  /** Event key of the message, or the page's own key: the same answer again is not added. */
  source: string;
}
