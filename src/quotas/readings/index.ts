import { action, all } from '../../organisation/may';
import { askRule } from './ask-rule';
import { queryProgress } from './query-progress';
import { queryReminders } from './query-reminders';
import { requestDeferral } from './request-deferral';

export { type AskRuleReading, askRule } from './ask-rule';
export { type ProgressReading, queryProgress } from './query-progress';
export { queryReminders, type ReminderQueryReading } from './query-reminders';
export { type DeferralReading, requestDeferral } from './request-deferral';

/** What can be asked about progress, rules and reminders, and what can be said of a quarter that does not go well. */
export const readings = [queryProgress, requestDeferral, queryReminders, askRule];

export const rights = {
  /** A member's figures: the member's own, the sector's convener and liaison officer, the office; no peer (C09). */
  see: action('progress.see', { ...all('own'), convener: 'sector', liaison_officer: 'sector', staff: 'body', auditor: 'body' }),
  /** Who has something open, by name. */
  seeOpen: action('progress.see_open', { convener: 'sector', liaison_officer: 'sector', staff: 'body', auditor: 'body' }),
  /** Of one's own quarter; whoever only reads has none. */
  defer: action('progress.defer', all('own', ['auditor'])),
  /** Of a member one looks after. */
  deferForOthers: action('progress.defer_for_others', { convener: 'sector', liaison_officer: 'sector', staff: 'body' }),
  /** Sums that name nobody. */
  seeTotals: action('progress.see_totals', all('body')),
};
