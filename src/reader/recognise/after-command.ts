import type { DateToken } from '../date-grammar';
import type { Document } from '../document';
import { leaving, means, saysIn } from '../means';
import { numberedIn } from '../numbered';

/** /走访 红柳社区 12人: a contact mode behind a slash stands for this intent, misspelt or not. */
export const afterModeWord = 'record_contact';

/** What stands behind the command word. */
interface Behind {
  document: Document;
  word: string;
  body: string;
  dates: readonly DateToken[];
  /** A time of the clock is said. */
  clock: boolean;
  /** Said by who runs activities, or the office. */
  leads: boolean;
}

type Applies = (behind: Behind) => boolean;

/** /诉求 查询 …, /报名 A23 查一下: the word of a thing, and then a question about it. */
const asks: Applies = (behind) => means(behind, 'asks_of_thing');

const numbered = /(?<![A-Za-z])[ABD-LN-QS-Z]-?\d/i;
const movesTo = /(?:改|推|延|挪|换)(?:期|后|迟)?[到至在](?!外地)/;
const things = /活动|座谈|调研|视察|义诊|会议|讲座|培训/;
/** 下乡义诊走不开, 这个季度在外调研: why the own quarter does not go well, no activity that moves. */
const isReason =
  /走不[开了脱]|[去来]不[了成]|脱不开|抽不[出开]|没(?:有)?(?:空|时间|法|办法)|顾不[上过]|[参完做][加成]?不[了成]|太?忙|季度|[本这]个?月|任务|指标|因为?(?:要|去|在)|[在去]外地?/;

/** What is left besides a day and an hour names at least what it is and where. */
const isWhole = (body: string): boolean =>
  !/[?吗]|谁|报名|名单|看|查|几|什么|哪|改|取消|延期|推迟|(?<![A-Za-z])[A-Z]-?\d/i.test(body) &&
  body
    .split(/[\s,，。;、]+/)
    .filter((piece) => /[\u4e00-\u9fff]{3}/.test(piece.replace(/\d+[月日号点分:]|[上下][午周]|周[一二三四五六日天]|星期./g, ''))).length >=
    2;

/**
 * The intent of a command word, the one it turns into, and what the words behind it must show: /修改 A23 … is a general word
 * and then what it is about. The first row that applies wins; without one the command word decides.
 */
export const afterCommand: readonly (readonly [string, string, Applies])[] = [
  ['correct_record', 'activity_update', ({ body }) => /^(?:[\u4e00-\u9fff]{1,4} ?)?[ABD-LN-QS-Z]-?\d/i.test(body)],
  ['correct_record', 'update_case', ({ body }) => /^(?:[\u4e00-\u9fff]{1,4} ?)?C-?\d/i.test(body)],
  // /延期 A23 改到10月12日 puts off the activity, /延期 本季度住院 the sender's own quarter; /说明 alone asks how it all works.
  [
    'deferral_request',
    'activity_update',
    ({ body }) => numbered.test(body) || movesTo.test(body) || (things.test(body) && !isReason.test(body)),
  ],
  ['deferral_request', 'help', ({ word, body }) => word === '说明' && body === ''],
  // /请假 本季度身体不好 is of no activity.
  ['leave_request', 'deferral_request', ({ body }) => /季度|任务|考核|指标/.test(body) && !numbered.test(body) && !things.test(body)],
  // /待办 alone asks; with something behind it, it is to be done.
  ['todo_query', 'add_commitment', (behind) => /[\u4e00-\u9fff]{4}/.test(behind.body) && !means(behind, 'asks_for_list')],
  ['activity_query', 'activity_update', (behind) => means(behind, 'differs_now') && !isQuestion(behind)],
  [
    'activity_query',
    'activity_create',
    (behind) => behind.dates.length > 0 && means(behind, 'seat_words') && !means(behind, 'asks_plainly'),
  ],
  // /活动 送法进校园 12月3日下午2点 春晖小学: what, when and where, from somebody who may open it; asked before it is announced.
  ['activity_query', 'activity_create', ({ body, dates, clock, leads }) => leads && clock && dates.length > 0 && isWhole(body)],
  ['activity_minutes', 'activity_query', ({ body }) => /^[A-Z]-?\d{1,6}[。 ]*$/i.test(body)],
  ['activity_query', 'activity_create', (behind) => means(behind, 'opens_new')],
  ['activity_query', 'activity_update', (behind) => means(behind, 'puts_off_first')],
  // /活动 下周四 板凳会 红柳社区: a day, what it is, and where.
  ['activity_query', 'activity_create', (behind) => behind.leads && saysDayAndMore(behind) && !isQuestion(behind)],
  ['add_case', 'case_query', asks],
  // /诉求 红柳社区路灯那个已转给城管局: what is named with 那 is known already.
  ['add_case', 'update_case', (behind) => means(behind, 'known_demand') && means(behind, 'case_moves') && !isQuestion(behind)],
  ['add_case', 'case_query', (behind) => means(behind, 'demand_followed')],
  ['submit_opinion', 'opinion_update', (behind) => means(behind, 'known_piece') && means(behind, 'adopted') && !isQuestion(behind)],
  ['submit_opinion', 'opinion_query', (behind) => means(behind, 'known_piece') && means(behind, 'piece_asked')],
  ['submit_opinion', 'opinion_query', asks],
  ['record_contact', 'record_query', asks],
  ['signup', 'activity_query', asks],
  // /报名 A23 不去了: the word of joining, and then that one does not.
  [
    'signup',
    'signup_cancel',
    (behind) => means(behind, 'steps_back') || (means(behind, 'unable_to_come') && !means(behind, 'others_or_maybe')),
  ],
];

/** A new title in quotes may ask whatever it likes. */
const isQuestion = ({ document, body }: Behind): boolean =>
  saysIn(leaving(body.replace(/"[^"]*"/g, ''), document, 'not_settled_yet', ''), document, 'asks');

/** Beside the day two things at least, or a whole clause of them. */
function saysDayAndMore({ document: { text }, body, dates }: Behind): boolean {
  if (!(dates.some(({ kind }) => kind === 'day' || kind === 'range') || /每个?[周月季]/.test(body)) || numberedIn(body, 'A-Z').length > 0)
    return false;
  const rest = dates.reduce((left, { start, end }) => left.replace(text.slice(start, end), ' '), body);
  return rest.split(/[\s,。;:]+/).filter((piece) => /[\u4e00-\u9fff]{2,}/.test(piece)).length > 1;
}

/** What `command` means with this behind it. */
export const commandFor = (command: string, behind: Behind): string =>
  afterCommand.find(([from, , applies]) => from === command && applies(behind))?.[1] ?? command;
