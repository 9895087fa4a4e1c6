import { hitsOf, within } from '../document';
import { means } from '../means';
import { membersIn } from '../members';
import { isPlan } from '../not-meant';
import type { Signs } from '../signs';
import { spotsIn } from '../where';
import type { Rule } from './rule';

const part = '(?:时间|地点|地方|地址|场地|集合|名额|人数|限额|截止|日期|主题|主讲|路线)';
/** 名额加到25个, 地点换成文化馆, 截止延到周五. */
const changed = new RegExp(
  `${part}[^,。]{0,8}(?:改|换|变|调|挪|移|加|增|扩|减|降|放宽|提前|推|延|缩)|(?:改|换|变更|调整|更改|加|增加|减少|放宽|扩大?|延长|延)[^,。]{0,4}${part}|^(?:变更|调整|更改|修改)`,
);

/** Activities: asked about, opened, changed, joined and left. */
export const activities: readonly Rule[] = [
  [
    'activity_query',
    (s) =>
      (s.question || means(s, 'list_or_still')) &&
      !means(s, 'of_figures_or_leave') &&
      !means(s, 'not_coming') &&
      !means(s, 'signs_up_now') &&
      (s.id === 'A' ||
        ((means(s, 'of_signing_up') || means(s, 'activity_words')) && means(s, 'asked_of_activity')) ||
        (!s.contact && means(s, 'which_activities')) ||
        (!s.contact && !means(s, 'my_last') && !speaksForOthers(s) && means(s, 'when_is_it'))),
  ],
  ['activity_query', (s) => s.question && means(s, 'asks_if_signed_up') && !means(s, 'opinion_words')],
  ['activity_query', (s) => !s.contact && (wantsDetails(s) || (s.question && asksToJoin(s)))],
  ['activity_create', (s) => means(s, 'seat_words') && hasMoment(s) && s.id === null && !s.question && !means(s, 'not_coming')],
  ['activity_create', (s) => !member(s) && means(s, 'arranges') && hasMoment(s) && !means(s, 'past_done')],
  ['activity_create', (s) => means(s, 'launching') && !means(s, 'was_there') && opensIt(s)],
  [
    'activity_attendance',
    (s) =>
      means(s, 'attendance_head') ||
      (s.id === 'A' && means(s, 'members_came')) ||
      (means(s, 'came_at_all') && means(s, 'stayed_away') && countsMembers(s)),
  ],
  // 腿摔了近期活动都来不了: of no activity in particular.
  [{ reason: 'unclear', between: ['leave_request', 'deferral_request'] }, (s) => means(s, 'away_for_long') && s.id !== 'A' && !s.question],
  ['leave_request', (s) => means(s, 'leave_words') && !s.counted],
  ['signup_cancel', (s) => means(s, 'bare_cancel')],
  ['signup_cancel', (s) => means(s, 'signed_up_undone') && (member(s) || means(s, 'me_or_for')) && !s.counted && !s.question],
  ['signup', (s) => means(s, 'i_sign_up') && isAboutActivity(s) && isAhead(s) && !s.question],
  // 我去听听: doubled, the verb is of what is to come.
  ['signup', (s) => means(s, 'i_drop_in') && isAboutActivity(s) && !s.counted && !s.question && !means(s, 'done_mark')],
  [
    'signup_cancel',
    (s) => means(s, 'not_coming') && !means(s, 'stays_away_if') && !means(s, 'puts_down') && !s.counted && !means(s, 'was_there'),
  ],
  ['signup_cancel', (s) => s.id === 'A' && s.body.includes('取消') && member(s) && !means(s, 'activity_cancelled')],
  ['activity_update', (s) => s.id === 'A' && (changed.test(s.body) || means(s, 'alters')) && !means(s, 'joins')],
  [
    'activity_update',
    (s) =>
      (s.id === 'A' || means(s, 'activity_meeting') || means(s, 'activity_words') || !member(s)) &&
      means(s, 'moved') &&
      (s.id === 'A' || !(means(s, 'days_back') || (means(s, 'originally') && member(s)))) &&
      !means(s, 'i_am_off') &&
      !s.counted,
  ],
  ['signup', saysToCome],
  ['signup', comesToSomething],
  ['signup', (s) => s.id === 'A' && !s.contact && (means(s, 'joins') || means(s, 'coming') || isBareCall(s))],
  // Said of an activity, and neither coming nor asking can be heard in it.
  [{ reason: 'unclear', between: ['signup', 'activity_query'] }, (s) => s.id === 'A' && !s.contact],
  ['signup', (s) => /报名|接龙|[ABD]\d/.test(s.quoted) && isNumberedList(s.body)],
];

/** That one comes, so plainly that nothing else can be meant, or of an activity. Declared as functions: the table above names them. */
function saysToCome(s: Signs): boolean {
  if (means(s, 'was_there')) return false;
  const plainly =
    means(s, 'i_put_my_name') ||
    (means(s, 'keep_a_seat') && spotsIn(s.document, s.section).length === 0) ||
    (means(s, 'go_at_end') && hasDay(s) && !s.counted && !s.contact);
  const nobodyMet =
    !s.counted && (means(s, 'i_go') || (means(s, 'sign_up_words') && !s.body.includes('去了')) || (!s.question && means(s, 'will_come')));
  const ofActivity =
    isAboutActivity(s) &&
    (means(s, 'count_me') ||
      (means(s, 'comes_if') && !s.contact && !s.counted) ||
      (means(s, 'we_come') && !s.contact && !s.counted && !s.question) ||
      (means(s, 'me_in_list') && means(s, 'go_so_many')) ||
      (means(s, 'i_bring') && (!hasDay(s) || means(s, 'days_ahead'))) ||
      (means(s, 'i_report_for') && !s.counted && !s.question));
  return plainly || nobodyMet || ofActivity;
}

/** 我去, where something to go to is named, or at least no plan of one's own. */
function comesToSomething(s: Signs): boolean {
  if (means(s, 'i_go_plainly') && means(s, 'activity_words') && !s.counted && !s.question && !means(s, 'done_mark')) return true;
  const own = isPlan(s.document, s.section) || spotsIn(s.document, s.section).length > 0;
  return means(s, 'coming') && !s.contact && !s.body.includes('去了') && (isAboutActivity(s) || !own);
}

/** 报名情况, 地址发我一下, 近期活动. */
const wantsDetails = (s: Signs): boolean =>
  means(s, 'coming_activities') ||
  (isAboutActivity(s) && (means(s, 'details_wanted') || (means(s, 'signed_up_state') && !means(s, 'paper_or_progress'))));

/** 还能参加吗, 有什么安排. */
const asksToJoin = (s: Signs): boolean =>
  means(s, 'what_is_planned') || (means(s, 'may_one_join') && !speaksForOthers(s) && !means(s, 'put_me_down') && !means(s, 'i_join'));

/** Said to open one, with seats or a day for it, or calling upon everybody to come. */
const opensIt = (s: Signs): boolean =>
  means(s, 'launches_first') ||
  means(s, 'seat_words') ||
  (s.id === null && means(s, 'invites')) ||
  (!s.contact && means(s, 'launch_words') && !means(s, 'ends_done'));

/** The number alone, with names, courtesies or a maybe: A23 周岚, A23 谢谢. */
const isBareCall = (s: Signs): boolean =>
  s.body
    .split(/[\s,。!:、]+|和|跟/)
    .map((piece) => piece.replace(bareWords, ''))
    .every((piece) => piece === '' || membersOf(s).includes(piece));
const membersOf = ({ document, section, body }: Signs): string[] =>
  membersIn({ document, section, body, command: '', commanded: false, slash: false });
const bareWords = /[A-Z]-?\d+|谢谢|麻烦|小助手|辛苦|您|了|吧|我|委员/gi;

const hasDay = ({ document: { dates }, section }: Signs): boolean => dates.some((d) => d.kind !== 'vague' && within(d, section));

/** A day that is said lies ahead; read as of a record, a day of the month may be last year's. */
const isAhead = ({ document, section, body }: Signs): boolean =>
  document.dates.some((d) => within(d, section) && d.from !== undefined && d.from > document.today) ||
  means({ body, document }, 'this_or_next_week');

const countsMembers = ({ document: { quantities }, section }: Signs): boolean =>
  quantities.some((q) => q.role === 'member' && within(q, section));

/** A day and a time of the clock. */
const hasMoment = ({ document: { dates, times }, section }: Signs): boolean =>
  dates.some((d) => within(d, section)) &&
  (times.some((t) => within(t, section)) || dates.some((d) => d.time !== undefined && within(d, section)));

const member = (s: Signs): boolean => (s.document.context.sender_role ?? 'member') === 'member';

/** 群众问医保什么时候能报: somebody's trouble, no question about an activity. */
const speaksForOthers = (s: Signs): boolean =>
  hitsOf(s.document, 'role', s.section).some((h) => h.code === 'constituent') &&
  hitsOf(s.document, 'problem', s.section).length > 0 &&
  !isAboutActivity(s);

/** 我去 alone may be a plan of one's own: 后天我去红柳社区看看. */
export const isAboutActivity = (s: Signs): boolean =>
  s.id === 'A' || s.quoted !== '' || means(s, 'activity_words') || means(s, 'about_activity');

/** 1.周岚 2.韩立舟 3.我: names under an announcement. */
export const isNumberedList = (body: string): boolean => (body.match(/(?:^|[\s\n,;:])\d{1,2}[.、)]/g) ?? []).length >= 2;
