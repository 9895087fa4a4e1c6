import { hitsOf, within } from '../document';
import type { PersonName } from '../found';
import { means, saysIn } from '../means';
import { namesIn } from '../names';
import { numberedIn } from '../numbered';
import type { Signs } from '../signs';
import type { Rule } from './rule';

/** The line says that something is to be recorded. */
export const explicitRecord = (s: Signs): boolean =>
  (!means(s, 'other_thing') && means(s, 'record_word') && !means(s, 'how_to_record') && !means(s, 'of_recording')) ||
  (means(s, 'record_tail') && !means(s, 'other_thing') && !means(s, 'promise_noted')) ||
  (means(s, 'records_for') && !means(s, 'asks_may'));

/** 不是我, R1060不是我去的, 异议: the whole line; a longer one corrects (不是我的，是郑委员的). */
const objection =
  /^(?:R ?\d+ ?)?(?:[那这]?一?[条个次])?(?:记录)?(?:不是我(?:本人)?(?:去|做|联系|走访|参加|记|办)?过?的?|我?有?异议)(?: ?R ?\d+)?[吧啊呀了。! ]*$/i;

/** Of a record: its number, 那条, 记录, or that it was withdrawn. */
const ofRecord = (s: Signs): boolean =>
  s.id === 'R' || (s.id === null && (means(s, 'points_back') || means(s, 'of_records') || quotedRecord(s)));

/** In characters: an answer to what was asked is short. */
const longestAnswer = 20;

/** 十二三个 below an answer that asks how many there were. */
function answersWhatIsMissing(s: Signs): boolean {
  const { document, section, body, quoted } = s;
  const at = quoted.search(document.lexicon.acts.asks_for_more);
  if (at < 0 || !quotedRecord(s) || s.id !== null || body.length > longestAnswer || s.question || means(s, 'no_answer')) return false;
  const wanted = quoted.slice(at);
  return (
    (saysIn(wanted, document, 'people_wanted') && document.quantities.some((q) => within(q, section))) ||
    (saysIn(wanted, document, 'mode_wanted') && hitsOf(document, 'mode', section).length > 0) ||
    (saysIn(wanted, document, 'date_wanted') && document.dates.some((d) => within(d, section))) ||
    (saysIn(wanted, document, 'place_wanted') && means(s, 'answers_place'))
  );
}

/** Corrections and withdrawals point back at a record. */
export const corrections: readonly Rule[] = [
  ['object_record', (s) => objection.test(s.body)],
  ['restore_record', (s) => means(s, 'bare_restore') && (s.id === null || s.id === 'R')],
  ['restore_record', (s) => means(s, 'restore') && ofRecord(s) && !s.contact && !means(s, 'ends_asking')],
  ['delete_record', withdrawsIt],
  ['correct_record', saysItIsWrong],
  [
    'delete_record',
    (s) =>
      means(s, 'takes_back') &&
      !/报的?名|活动|[A-Z]\d/.test(s.body.replace(/R\d+/g, '')) &&
      (means(s, 'points_back') || s.id === 'R' || means(s, 'of_a_record')),
  ],
  ['delete_record', (s) => means(s, 'points_back') && !means(s, 'within_it') && means(s, 'take_off')],
  ['correct_record', (s) => s.id === 'R' && means(s, 'changes')],
  ['correct_record', answersWhatIsMissing],
  [
    'correct_record',
    (s) =>
      means(s, 'did_not_come') &&
      // The whole line may be that: 许知夏没去.
      (means(s, 'points_back') || quotedRecord(s) || s.body.trim().length <= 8) &&
      namesIn(s.document, s.section).some(isMember) &&
      !s.question,
  ],
  [
    'correct_record',
    (s) =>
      (means(s, 'points_back') || quotedRecord(s)) &&
      means(s, 'changes') &&
      !means(s, 'numbers_other') &&
      !s.question &&
      !(s.contact && s.counted && means(s, 'add_to_record')),
  ],
  [
    'correct_record',
    (s) => means(s, 'corrects_first') && (!s.contact || means(s, 'slip')) && (means(s, 'changes') || means(s, 'wrongly_written')),
  ],
];

const isMember = ({ kind }: PersonName): boolean => kind === 'companion';

/** Which of two alike is to go, and that none is after all, is asked and said by the intent. */
function withdrawsIt(s: Signs): boolean {
  const known = s.id === 'R' || (s.id === null && quotedRecord(s));
  const everything = means(s, 'withdraw') && means(s, 'everything') && ofRecord(s) && !means(s, 'activity_or_sign_up');
  const notAfterAll = means(s, 'withhold') && s.id === null && means(s, 'withdrawing');
  return (
    (known && (means(s, 'withdraw') || means(s, 'withhold'))) ||
    (numberedIn(s.body, 'R').length > 1 && means(s, 'twice')) ||
    (!s.contact && (everything || notAfterAll))
  );
}

/** 写错了，改成…; 12写成了21; 刚才那条记成15人，应该12人. */
function saysItIsWrong(s: Signs): boolean {
  return (
    (!s.contact && (means(s, 'wrong_number') || (means(s, 'wrong_so_change') && !s.question && !s.id))) ||
    (means(s, 'said_otherwise') && (means(s, 'points_back') || s.id === 'R') && !s.question)
  );
}

const quotedRecord = (s: Signs): boolean => /^[^A-Z]*R\d/.test(s.quoted) || s.document.lexicon.acts.quoted_contact.test(s.quoted);
