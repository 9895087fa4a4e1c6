import { action, all } from '../organisation/may';

export const rights = {
  /** A member's figures: the member's own, the sector's convener and liaison officer, the office; no peer (C09). */
  see: action('progress.see', { ...all('own'), convener: 'sector', liaison_officer: 'sector', staff: 'body', auditor: 'body' }),
  /** Who has something open, by name. */
  seeOpen: action('progress.see_open', { convener: 'sector', liaison_officer: 'sector', staff: 'body', auditor: 'body' }),
  /** Sums that name nobody. */
  seeTotals: action('progress.see_totals', all('body')),
};
