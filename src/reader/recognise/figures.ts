import { means } from '../means';
import { namesIn } from '../names';
import type { Signs } from '../signs';
import type { Rule } from './rule';

/** Records asked for in words that could ask for an activity's time. */
export const lastTimes: readonly Rule[] = [['record_query', (s) => means(s, 'last_contact') && means(s, 'asks_when') && !s.counted]];

/** 查一下走访, 我都见了谁, 我三季度的记录. */
const looksUp = (s: Signs): boolean =>
  (means(s, 'look_up_contacts') && !s.counted) ||
  (s.question && means(s, 'i_met') && !s.counted && !means(s, 'not_done')) ||
  (means(s, 'own_list') && !means(s, 'as_a_paper') && !s.id && !s.contact);

/** 记的那几条给我看看, 走访了哪些社区, 记了什么. */
const asksForRecords = (s: Signs): boolean =>
  (!s.id && (means(s, 'kept_ones') || (means(s, 'take_out_contacts') && !s.counted))) ||
  (s.question && means(s, 'went_where') && !s.counted) ||
  ((s.question || means(s, 'look_up_records')) && means(s, 'asks_for_records') && !means(s, 'how'));

const asksWhoIsBehind = (s: Signs): boolean =>
  means(s, 'unfinished_ones') || (!s.counted && (means(s, 'done_this_period') || means(s, 'who_is_behind')));

const wantsPaper = (s: Signs): boolean =>
  !s.contact && (means(s, 'report_handed') || (means(s, 'report_wanted') && !means(s, 'sign_up_or_deputy')));

/** 潘榆函这季度怎么样: how somebody one looks after is doing. */
const asksAfterMember = (s: Signs): boolean =>
  s.question &&
  means(s, 'state_of_period') &&
  namesIn(s.document, s.section).some(({ kind }) => kind === 'companion') &&
  !s.contact &&
  !s.id;

const asksHowMuch = (s: Signs): boolean =>
  asksAfterMember(s) ||
  (!s.counted && (means(s, 'sector_state') || (s.question && means(s, 'how_many_of')))) ||
  (means(s, 'progress_asked') && !(s.contact && !s.question));

/** Figures, reports and records asked for. */
export const figures: readonly Rule[] = [
  ['report_export', (s) => means(s, 'sum_up_period') && !s.contact],
  ['record_query', looksUp],
  ['query_progress', asksWhoIsBehind],
  ['report_export', wantsPaper],
  ['record_query', asksForRecords],
  ['query_progress', asksHowMuch],
];
