import { means } from '../means';
import type { Rule } from './rule';

/** Opinion reports and proposal leads. */
export const opinions: readonly Rule[] = [
  [
    'opinion_update',
    (s) =>
      (s.id === 'M' || means(s, 'opinion_thing') || (!s.contact && means(s, 'titled'))) &&
      means(s, 'adopted') &&
      !s.question &&
      !means(s, 'hoped_adoption'),
  ],
  ['opinion_query', (s) => s.id === 'M' || (s.question && means(s, 'opinion_asked') && !means(s, 'how_many_opinions'))],
  ['opinion_query', (s) => means(s, 'opinion_state') && !s.contact],
  ['submit_proposal_lead', (s) => means(s, 'proposal_lead') && !s.contact && !s.question],
  [
    'submit_opinion',
    (s) => means(s, 'opinion_told') && (!s.contact || means(s, 'opinion_wish')) && !s.question && !means(s, 'progress_or_done'),
  ],
];
