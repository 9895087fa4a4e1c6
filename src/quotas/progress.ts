import type { Day } from '../foundation/day';

export type QuotaMetric = 'events' | 'person_times';

/** One line of a quota policy, as data (domain.md 1.14 WS): at least `min` of `metric` in each `every`. */
export interface QuotaRule {
  metric: QuotaMetric;
  every: 'quarter' | 'half_year' | 'year';
  min: number;
  /** Modes that do not count for this metric; default none. */
  exceptModes?: string[];
}

/** All rules joined by AND; each shown on its own. */
export interface QuotaPolicy {
  id: string;
  title: string;
  subject: 'member';
  /** Advisory policies are shown, never reminded of (C12). */
  advisory: boolean;
  rules: QuotaRule[];
}

/** done / needed / remaining of one rule in one period. */
export interface Progress {
  policyId: string;
  rule: QuotaRule;
  /** '2026-Q3', '2026-H1' or '2026' */
  period: string;
  done: number;
  needed: number;
  remaining: number;
  /** Last day of the period. */
  due: Day;
  exempt?: string;
  /** Ids of the records that were counted: the status explains itself. */
  counted: string[];
}

export interface QuotasService {
  /** Every rule's current progress for one member on `today`. */
  progress(body: string, memberId: string, today: Day): Promise<Progress[]>;
}
