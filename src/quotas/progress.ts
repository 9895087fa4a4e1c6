import type { Day } from '../foundation/day';
import type { Scheme } from './scheme';

export type QuotaPolicy = Scheme['policies'][number];

/** One line of a policy: at least `min` of `metric` in each `every`. */
export type QuotaRule = QuotaPolicy['rules'][number];

/** done / needed / remaining of one rule in one period. */
export interface Progress {
  policyId: string;
  advisory: boolean;
  rule: QuotaRule;
  /** '2026-Q3', '2026-H1' or '2026' */
  period: string;
  done: number;
  needed: number;
  remaining: number;
  /** Last day of the period. */
  due: Day;
  /** Why nothing is asked in this period. */
  exempt?: string;
  /** Numbers of what was counted: the status explains itself. */
  counted: string[];
}
