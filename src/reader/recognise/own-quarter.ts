import { hitsOf } from '../document';
import { means, saysIn } from '../means';
import { namesIn } from '../names';
import type { Signs } from '../signs';
import type { Rule } from './rule';

/** Somebody else is spoken of: constituents, or who has not finished. */
const ofOthers = (s: Signs): boolean =>
  s.contact ||
  hitsOf(s.document, 'role', s.section).some(
    (h) => !s.document.lexicon.acts.own_family.test(s.document.text.slice(s.section.start, h.start)),
  ) ||
  means(s, 'of_others');

const ofQuarter = /季度|一年|全年|任务|考核|指标|履职|延期|缓|[本这下]个?月|今年|半年/;

/** 帮郑怀远延期, 潘榆函因病休养免了吧: another member's quarter. */
const ofMember = (s: Signs): boolean => namesIn(s.document, s.section).some(({ kind }) => kind === 'companion');

/** What somebody says of an own quarter, of reminders, of rules and of the assistant itself. */
export const ownQuarter: readonly Rule[] = [
  [
    'deferral_request',
    (s) => means(s, 'mute') && (means(s, 'own_duty') || means(s, 'for_some_time')) && !ofOthers(s) && !means(s, 'asks_why'),
  ],
  [
    'deferral_request',
    (s) =>
      (means(s, 'excuse') || (means(s, 'cannot') && ofMember(s))) &&
      (ofQuarter.test(s.body) || (ofMember(s) && means(s, 'unable'))) &&
      s.id === null &&
      !s.contact &&
      !s.question &&
      !hitsOf(s.document, 'role', s.section).some(({ code }) => code === 'constituent') &&
      !/活动|报名|[场次]|义诊|座谈|费|税|学|租/.test(s.body),
  ],
  ['deferral_request', (s) => means(s, 'explain') && (means(s, 'own_duty') || means(s, 'unable')) && !ofOthers(s) && s.id === null],
  [
    'deferral_request',
    (s) =>
      means(s, 'cannot') &&
      means(s, 'own_duty') &&
      s.id === null &&
      !ofOthers(s) &&
      !s.document.lexicon.acts.some_activity.test(s.body.replace(/[一几]次/, '')),
  ],
  [
    'reminder_query',
    (s) =>
      means(s, 'reminding') &&
      (means(s, 'resumes') || ((means(s, 'asks_why') || means(s, 'says_stop')) && means(s, 'to_me'))) &&
      !s.contact &&
      !means(s, 'reminds_others') &&
      !means(s, 'forgot'),
  ],
  [
    'reminder_query',
    (s) =>
      saysIn(s.quoted, s.document, 'reminding') && means(s, 'sent_to_me') && (means(s, 'asks_why') || means(s, 'says_stop')) && !s.contact,
  ],
  [
    'todo_query',
    (s) => means(s, 'still_open') && !s.contact && hitsOf(s.document, 'role', s.section).length === 0 && !means(s, 'not_of_todo'),
  ],
  [
    'ask_rule',
    (s) => means(s, 'asks_if_counts') && (s.question || means(s, 'asks_if_counts_plainly')) && !means(s, 'of_one_contact') && !s.counted,
  ],
  ['ask_rule', (s) => means(s, 'offices') && means(s, 'asks_who') && !s.contact && !means(s, 'of_progress')],
  ['ask_rule', (s) => means(s, 'asks_demanded') && !s.contact && !means(s, 'me_not_us')],
  [
    'ask_rule',
    (s) =>
      (means(s, 'offices') || means(s, 'rule_subject')) && means(s, 'asks_may') && s.id === null && !s.contact && !means(s, 'me_not_us'),
  ],
  [
    'feedback',
    (s) =>
      (means(s, 'voices') || means(s, 'complain')) &&
      means(s, 'assistant') &&
      !s.contact &&
      hitsOf(s.document, 'role', s.section).length === 0 &&
      !means(s, 'opinion_or_proposal'),
  ],
  // 还有哪些反馈没回: what waits for an answer, not who is behind.
  ['feedback_query', (s) => means(s, 'feedback_waiting') && s.question && !s.contact],
  ['feedback', (s) => means(s, 'feedback_wish')],
];
