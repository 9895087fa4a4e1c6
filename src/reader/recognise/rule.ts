import type { Signs } from '../signs';

/** Nothing is done: why, and, when two things may be meant, which two the sender is asked about. */
export interface Unsettled {
  reason: string;
  between?: readonly [string, string];
}

/** The name of an intent that some feature declares, or that nothing is to be done. */
export type Outcome = string | Unsettled;

/** What a sentence comes to, and what it must show for it. The first rule that applies wins. */
export type Rule = readonly [Outcome, (signs: Signs) => boolean];
