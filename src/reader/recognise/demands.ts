import { hitsOf } from '../document';
import { means } from '../means';
import type { Signs } from '../signs';
import { spotsIn } from '../where';
import { asksHow } from './help';
import type { Rule } from './rule';

/** 上次诉求里的水管又漏了，麻烦重新办: of a demand, though it points back and says what is to be otherwise. */
export const reopened: readonly Rule[] = [
  ['case_feedback', (s) => means(s, 'demand') && means(s, 'case_reopened') && s.id !== 'R' && !s.contact && !s.question],
];

/** What has become of a demand, or is asked of it. */
export const cases: readonly Rule[] = [
  ['case_query', (s) => s.question && means(s, 'demand') && !s.contact && !means(s, 'how_many') && !asksHow(s)],
  [
    'case_feedback',
    (s) =>
      (s.id === 'C' || aboutCase(s) || means(s, 'looked_after') || (means(s, 'is_mended') && !means(s, 'days_back_or_today'))) &&
      means(s, 'judged') &&
      !s.question &&
      !(s.contact && s.id !== 'C'),
  ],
  // 回访了凤栖园，住户反映又漏水了，需要重办
  ['case_feedback', (s) => means(s, 'case_reopened') && means(s, 'called_back') && !s.counted && !s.question],
  ['case_query', (s) => means(s, 'demand_state') && !s.contact && !asksHow(s)],
  ['case_query', (s) => s.question && means(s, 'case_closed_asked')],
  [
    'case_query',
    (s) =>
      s.question && s.id !== 'A' && (s.id === 'C' || (!(s.contact && s.counted) && means(s, 'case_asked') && !means(s, 'not_of_cases'))),
  ],
  ['case_query', (s) => s.id === 'C' && means(s, 'case_state')],
  ['update_case', (s) => s.id === 'C'],
  ['update_case', (s) => aboutCase(s) && !means(s, 'promise_or_seat') && !s.contact && !s.question && means(s, 'case_moves')],
];

const aboutCase = (s: Signs): boolean => means(s, 'that_matter') || /诉求|C\d/.test(s.quoted);

/** What a member has promised. */
export const promises: readonly Rule[] = [
  ['update_commitment', (s) => means(s, 'promised') && means(s, 'promise_done') && !means(s, 'promise_due') && !s.question],
  [
    'add_commitment',
    (s) =>
      means(s, 'promises') &&
      (!s.contact ||
        means(s, 'keeps_promise') ||
        ((!s.counted || hitsOf(s.document, 'mode', s.section).length === 0) && means(s, 'promises_first'))) &&
      !s.question,
  ],
];

/** 电梯里困了三个人: danger told, and no way in which somebody was met. */
const inDanger = (s: Signs): boolean =>
  hitsOf(s.document, 'emergency', s.section).some((h) => h.end - h.start > 1 && !s.document.lexicon.acts.mild_danger.test(h.code)) &&
  hitsOf(s.document, 'mode', s.section).length === 0 &&
  !means(s, 'dealt_with');

/** A plea told on the spot, without a day, a count or a way it was heard: nobody's visit. */
export const pleas: readonly Rule[] = [
  ['add_case', (s) => inDanger(s) && !s.question],
  [
    'add_case',
    (s) =>
      means(s, 'pleads') &&
      !s.counted &&
      hitsOf(s.document, 'mode', s.section).length === 0 &&
      !s.document.dates.some((d) => d.kind === 'day' || d.kind === 'range'),
  ],
];

/** A demand told without the word: trouble, with a place or a person. */
export const troubled = (s: Signs): boolean =>
  hitsOf(s.document, 'emergency', s.section).length > 0 ||
  means(s, 'pleads') ||
  means(s, 'at_a_loss') ||
  means(s, 'calls_for_help') ||
  (hitsOf(s.document, 'problem', s.section).some((h) => !s.document.text.slice(h.start, h.end).startsWith('想')) &&
    hitsOf(s.document, 'plan', s.section).length === 0 &&
    hitsOf(s.document, 'negation', s.section).length === 0 &&
    (spotsIn(s.document, s.section).length > 0 || means(s, 'of_the_people')));
