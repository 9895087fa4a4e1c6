import { within } from '../document';
import { means } from '../means';
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

/** What is said of an activity as a whole by who runs it; asked before anything is taken for a record. */
export const organising: readonly Rule[] = [
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
