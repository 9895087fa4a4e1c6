import { means } from '../means';
import { namesIn } from '../names';
import type { Rule } from './rule';

/** Records asked for in words that could ask for an activity's time. */
export const lastTimes: readonly Rule[] = [['record_query', (s) => means(s, 'last_contact') && means(s, 'asks_when') && !s.counted]];

/** Figures, reports and records asked for. */
export const figures: readonly Rule[] = [
  ['report_export', (s) => means(s, 'sum_up_period') && !s.contact],
  ['record_query', (s) => means(s, 'look_up_contacts') && !s.counted],
  ['record_query', (s) => s.question && means(s, 'i_met') && !s.counted && !means(s, 'not_done')],
  ['record_query', (s) => means(s, 'own_list') && !means(s, 'as_a_paper') && !s.id && !s.contact],
  ['query_progress', (s) => means(s, 'done_this_period') && !s.counted],
  ['query_progress', (s) => means(s, 'unfinished_ones')],
  ['query_progress', (s) => means(s, 'who_is_behind') && !s.counted],
  ['report_export', (s) => means(s, 'report_wanted') && !means(s, 'sign_up_or_deputy') && !s.contact],
  ['report_export', (s) => means(s, 'report_handed') && !s.contact],
  ['record_query', (s) => means(s, 'kept_ones') && !s.id],
  ['record_query', (s) => means(s, 'take_out_contacts') && !s.id && !s.counted],
  ['record_query', (s) => s.question && means(s, 'went_where') && !s.counted],
  ['record_query', (s) => (s.question || means(s, 'look_up_records')) && means(s, 'asks_for_records') && !means(s, 'how')],
  // 潘榆函这季度怎么样: how somebody one looks after is doing.
  [
    'query_progress',
    (s) =>
      s.question &&
      means(s, 'state_of_period') &&
      namesIn(s.document, s.section).some(({ kind }) => kind === 'companion') &&
      !s.contact &&
      !s.id,
  ],
  ['query_progress', (s) => s.question && means(s, 'how_many_of') && !s.counted],
  ['query_progress', (s) => means(s, 'sector_state') && !s.counted],
  ['query_progress', (s) => means(s, 'progress_asked') && !(s.contact && !s.question)],
];
