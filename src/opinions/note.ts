import type { OpinionKind } from './readings';

/** What a member has told for an opinion report, a micro-suggestion or a proposal: a note for the office, nothing handed in yet. */
export interface OpinionNote {
  /** 'M12' */
  id: string;
  body: string;
  kind: OpinionKind;
  memberId: string;
  /** As typed, numbers of phones and papers hidden. */
  text: string;
  at: Date;
  /** Day of `at` in the body's zone. */
  day: string;
  /** Event key of the message that brought it: one message makes one. */
  source: string;
  /** What the office has added, in its own words: 市里单篇采用. */
  remarks: OpinionRemark[];
}

export interface OpinionRemark {
  /** Member id of who said it. */
  by: string;
  at: Date;
  text: string;
  source: string;
}
