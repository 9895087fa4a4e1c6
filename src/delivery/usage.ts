/**
 * What a platform's plan is counted in: calls we make, and pushes, i.e. messages it brings us or takes through a webhook
 *.
 */
export type UsageKind = 'calls' | 'pushes';

export interface MonthlyUse {
  /** '2026-09' in the organisation's zone. */
  month: string;
  used: Record<UsageKind, number>;
  limits: Record<UsageKind, number>;
}

/** Counts what the plan is charged for. Never throws: a count that is lost must not lose the message. */
export interface Usage {
  /** `times` below 0 gives back what the platform says it did not count. */
  add(kind: UsageKind, times?: number): Promise<void>;
  /** True when what is left of the month should be saved: fewer calls for what nobody is waiting for. */
  scarce(kind: UsageKind): Promise<boolean>;
  month(): Promise<MonthlyUse>;
}
