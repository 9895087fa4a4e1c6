import type { Intent } from '../reading';
import type { Signs } from '../signs';

/** An intent, and what a sentence must show for it. The first rule that applies wins. */
export type Rule = readonly [Intent, (signs: Signs) => boolean];
