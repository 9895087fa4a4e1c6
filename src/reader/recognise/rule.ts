import type { Signs } from '../signs';

/** The name of an intent that some feature declares, and what a sentence must show for it. The first rule that applies wins. */
export type Rule = readonly [string, (signs: Signs) => boolean];
