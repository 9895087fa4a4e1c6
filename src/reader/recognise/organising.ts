import { within } from '../document';
import { means, saysIn } from '../means';
import { membersIn } from '../members';
import type { Signs } from '../signs';
import { isAboutActivity } from './activities';
import type { Rule } from './rule';

/** Who runs activities, or the office: what they say of one is never a contact of their own. */
export const leads = (s: Signs): boolean => (s.document.context.sender_role ?? 'member') !== 'member';

/** A name stands beside the word for being away, or in a list of who was there. */
const namesSomebody = ({ document, section, body }: Signs): boolean =>
  membersIn({ document, section, body, command: '', commanded: false, slash: false }).length > 0;

const ofActivity = (s: Signs): boolean => s.id === 'A' || means(s, 'activity_words') || means(s, 'activity_or_meeting');

const hasDate = ({ document, section }: Signs): boolean => document.dates.some((d) => within(d, section));

/** What stands before the number of an activity in a plain question about it: A23纪要, 看看A23签到情况. */
const askedFirst = /^(?:请|麻烦|帮我|给我|我要|想要?|看看?|查一?[查下]|发一?下)*[A-Z]-?\d{1,6}/;
const readBack = (s: Signs): boolean => {
  const rest = s.body.replace(askedFirst, '');
  return rest.length < s.body.length && (saysIn(rest, s.document, 'kept_of_it') || saysIn(rest, s.document, 'came_so_many'));
};

/** 名额20人吧: nothing but how many seats. */
const seatsAlone = /^(?:那|就)*名额(?:就|先|定|设|限|按|算|为|到|[: ])*\d{1,4}[个人位]*(?:吧|好了|就行|就够|够了|左右|算了)*[。! ]*$/;

/** Under an answer about an activity. */
const ofQuoted = /^(?:地点|时间|地方|日期|人数|名额)[^,。]{0,4}(?:改|换|调|变|加|减)/;

/** What is said of an activity as a whole by who runs it; asked before anything is taken for a record. */
export const organising: readonly Rule[] = [
  ['activity_query', (s) => (s.id === 'A' && readBack(s)) || (leads(s) && s.id === null && means(s, 'list_wanted'))],
  [
    'activity_update',
    (s) => leads(s) && s.id === null && seatsAlone.test(s.body) && !s.question && !s.document.dates.some((d) => within(d, s.section)),
  ],
  // Under an activity just spoken of 时间改4点 is about it.
  ['activity_update', (s) => leads(s) && /^[^A-Z]*A\d/.test(s.quoted) && s.id === null && ofQuoted.test(s.body) && !s.question],
  ['activity_attendance', (s) => leads(s) && s.id === 'A' && /(?:全|都|全部|全员)(?:到|来)[了齐]*[。! ]*$/.test(s.body)],
  // #接龙 with an activity and a list of names: the numbers in it count nobody met.
  ['signup', (s) => means(s, 'chain') && !s.question],
  [
    'activity_create',
    (s) => means(s, 'announced') && means(s, 'held') && hasDate(s) && s.id === null && !s.question && !means(s, 'over_and_done'),
  ],
  ['activity_create', (s) => means(s, 'notice_of') && hasDate(s) && s.id === null],
  [
    'activity_create',
    (s) => leads(s) && means(s, 'puts_out') && ofActivity(s) && hasDate(s) && s.id === null && !means(s, 'over_and_done'),
  ],
  ['activity_query', (s) => ofActivity(s) && means(s, 'asks_if_off') && !s.contact],
  [
    'activity_update',
    (s) => (s.id === 'A' || leads(s)) && ofActivity(s) && (means(s, 'off_for_now') || means(s, 'on_again')) && !s.counted,
  ],
  ['activity_update', (s) => (s.id === 'A' || leads(s)) && ofActivity(s) && means(s, 'reopens_sign_up') && hasDate(s) && !s.question],
  [{ reason: 'unclear', between: ['activity_update', 'activity_query'] }, (s) => means(s, 'signing_up_stopped') && !s.question],
  [{ reason: 'unchanged' }, (s) => means(s, 'unchanged') && ofActivity(s) && !means(s, 'altered') && !s.question && !s.counted],
  ['activity_minutes', (s) => means(s, 'minutes_head') && !s.question && !means(s, 'minutes_wanted')],
  [
    'activity_minutes',
    (s) =>
      means(s, 'finished') &&
      !(means(s, 'away') && means(s, 'came') && namesSomebody(s)) &&
      (s.id === 'A' || leads(s)) &&
      ofActivity(s) &&
      !s.question &&
      !means(s, 'something_of_mine'),
  ],
  [
    'activity_attendance',
    (s) =>
      (s.id === 'A' || leads(s) || means(s, 'due_or_there')) &&
      ofActivity(s) &&
      means(s, 'away') &&
      (means(s, 'attended') || means(s, 'came') || means(s, 'due_or_there')) &&
      !s.question,
  ],
  [
    'activity_attendance',
    (s) =>
      (s.id === 'A' || leads(s)) &&
      means(s, 'attended') &&
      ofActivity(s) &&
      !s.question &&
      !means(s, 'urged') &&
      (namesSomebody(s) || /\d/.test(s.body.replace(/[A-Z]\d+/g, ''))),
  ],
  [
    'activity_update',
    (s) =>
      means(s, 'has_seats') &&
      s.document.lexicon.acts.differs.test(s.body.replace(/增?加(?!到|[\d一二两三四五六七八九十])/g, '')) &&
      ofSeats(s) &&
      !means(s, 'opens') &&
      !s.question,
  ],
  ['activity_update', (s) => means(s, 'the_activity') && means(s, 'amends') && s.id !== 'R' && !s.question && !means(s, 'own_sign_up')],
  [
    { reason: 'unclear', between: ['correct_record', 'activity_update'] },
    (s) => leads(s) && s.quoted === '' && s.id === null && means(s, 'bare_change') && !means(s, 'that_record'),
  ],
];

/** 名额 of an activity, not a seat somebody takes or gives away, nor 招生名额 in a constituent's mouth. */
const ofSeats = (s: Signs): boolean =>
  !means(s, 'given_away') && (s.id === 'A' || isAboutActivity(s) || leads(s) || means(s, 'seats_first'));
