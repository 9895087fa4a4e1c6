import type { Outgoing } from './outgoing';

/**
 * The outbox's ledger row: one per purpose, person and occasion.
 * planned → claimed → sent | refused | unknown | skipped(why); nothing planned ever vanishes.
 */
type LedgerState = 'planned' | 'claimed' | 'sent' | 'refused' | 'unknown' | 'skipped';

export interface LedgerPlan extends Pick<Outgoing, 'body' | 'platform' | 'to' | 'format' | 'text' | 'card' | 'mentions'> {
  /** Unique within the body: purpose, person and occasion, e.g. 'reminder:M0007:2026-Q4:2'. */
  key: string;
  purpose: string;
  /** Whom it is for; null for what goes to an address or a group, not to a person. */
  memberId: string | null;
  /** Not before this instant. */
  dueAt: Date;
  /** Not after this instant: then it is skipped as 'expired'. */
  expiresAt?: Date;
  /** What the reason is, for the check just before sending; ids only. */
  reason?: Record<string, string>;
}

export interface LedgerRow extends LedgerPlan {
  state: LedgerState;
  plannedAt: Date;
  settledAt?: Date;
  /** Platform code of a refusal, or why it was skipped. */
  outcome?: string;
  attempts: number;
}

export type Unconfirmed = Pick<LedgerRow, 'key' | 'purpose' | 'memberId' | 'platform' | 'state' | 'plannedAt' | 'outcome'>;

/**
 * Asked just before a row is sent, by purpose. A reason that has gone (the member has just recorded the contact) skips
 * the row; a moment that is not allowed (quiet hours) moves it; `text` says what is true by now.
 */
export type Recheck = (row: LedgerRow, now: Date) => Promise<{ go: true; text?: string } | { skip: string } | { notBefore: Date }>;

export interface Ledger {
  /** Writes the row unless its key exists. The caller need not know which: the effect is the same. */
  plan(row: LedgerPlan): Promise<'planned' | 'already'>;
  /** Plans the row and sends it now, where it can be done in so many milliseconds; true when the platform has it. */
  handOver(row: LedgerPlan, withinMs: number): Promise<boolean>;
  /** What may not have arrived: nobody knows, or the platform did not take it; newest first, at most 200. */
  unconfirmed(body: string, since: Date): Promise<Unconfirmed[]>;
  /** Rows of a purpose for one member, newest first, at most 100. */
  history(
    body: string,
    memberId: string,
    purpose: string,
  ): Promise<Pick<LedgerRow, 'key' | 'state' | 'dueAt' | 'plannedAt' | 'settledAt' | 'outcome'>[]>;
}
