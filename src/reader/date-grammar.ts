import { civil, dayNumber, type EpochDay, shiftMonth, weekday } from './calendar';
import { flagsOf } from './characters';
import type { DateAtom, DateScene } from './date-atom';
import { readDateAtom } from './date-atoms';
import { isNameNotDate } from './date-or-name';
import { matchAt } from './match';
import { small, smallValue } from './small-number';
import { readTimeOfDay, type TimeToken } from './time-of-day';
import type { Hit } from './trie';
import type { Words } from './words';

/** A date expression with what follows it: 9月19日晚8点半, 9月1日到3日, 9月22日(周二). */
export interface DateToken extends DateAtom {
  start: number;
  time?: string;
  /** The weekday said with it is another: 9月22日（周三） of a Tuesday. */
  contradicted?: boolean;
}

export interface DatesAndTimes {
  dates: DateToken[];
  /** Parts of the day and clock times that belong to no date. */
  times: TimeToken[];
}

const parenthesis = / ?\((?:周|星期|礼拜)([一二三四五六日天])\)|(?:周|星期|礼拜)([一二三四五六日天])(?![至到-])/y;
const join = / ?(到|至|-|~|—|、|和|,|及|与) ?/y;
/** 5号6号连着两天, 5号6号两天: nothing stands between them. */
const sideBySide = new RegExp(`(?=${small}[日号](?:这?[两二2]天|一?连[着续]|接连|都))`, 'y');
const shortEnd = new RegExp(`(${small})(?:日|号)(?!楼|院|线|路)`, 'y');
const shortEndBare = /(\d{1,2})(?![\d人名位个户家条件份点:.月/年日号])/y;
/** 9月7、8两日 */
const shortList = new RegExp(`(${small})[两三四五][日天]`, 'y');
const weekdayEnd = /(?:周|星期|礼拜)?([一二三四五六日天])(?![个年期人名位户家十百条件岁])/y;

const mayBeginClock = flagsOf('0123456789一二两三四五六七八九十');
const mayBeginLength = flagsOf('那开起一连接,');
const inNumber = flagsOf('0123456789第:.');

/** All dates and times of `text`; `hits` are the vocabulary's words in it, by start. */
export function scanDates(text: string, words: Words, scene: DateScene): DatesAndTimes {
  const dates: DateToken[] = [];
  const times: TimeToken[] = [];
  for (let i = 0; i < text.length; ) {
    const hits = words.at(i);
    const own = hits.findLast((h) => h.kind === 'gazetteer');
    if (own) {
      i = own.end;
      continue;
    }
    const atom = readDateAtom(text, i, hits, scene);
    if (atom && isNameNotDate(text, i, atom, { words, bare: scene.bare })) {
      i = atom.end;
      continue;
    }
    if (atom) {
      const token = extended(text, startingAt(i, carriedOn(atom, dates.at(-1), scene)), scene, words);
      if (isOfWeekday({ text, words }, dates.at(-1), token)) dates.pop();
      dates.push(token);
      i = token.end;
      continue;
    }
    const time = hits.length > 0 || mayBeginClock[text.charCodeAt(i)] === 1 ? timeAt(text, i, hits) : null;
    if (time) times.push(time);
    i = time ? time.end : i + 1;
  }
  return { dates, times };
}

interface Said {
  text: string;
  words: Words;
}

const besideWeekday = /^[ (]?$/;

/** 周三（9日）, 星期五11月9号: one day said twice; that of the month holds, and where it is of another weekday it is to be asked. */
function isOfWeekday({ text, words }: Said, last: DateToken | undefined, token: DateToken): boolean {
  if (last?.kind !== 'day' || token.kind !== 'day' || token.said === undefined || token.from === undefined || last.from === undefined)
    return false;
  if (
    last.said !== undefined ||
    !weekdayIn.test(text.slice(last.start, last.end)) ||
    !besideWeekday.test(text.slice(last.end, token.start))
  )
    return false;
  if (weekday(last.from) !== weekday(token.from)) token.contradicted = true;
  token.start = last.start;
  token.part ??= last.part;
  if (text[last.end] === '(' && text[token.end] === ')') token.end++;
  withTime(text, token, words);
  return true;
}

const weekdaySaid = /(?:周|星期|礼拜).$/;
const weekdayIn = /(?:周|星期|礼拜)[一二三四五六日天]/;

/** 9月28日…；29日, 2025年9月28日…；10月3日: what is left out is that of the day before it. */
function carriedOn(atom: DateAtom, last: DateToken | undefined, { today, direction }: DateScene): DateAtom {
  if (atom.from === undefined || last?.from === undefined || !last.said || last.said === 'day' || atom.said === 'year' || !atom.said)
    return atom;
  if (atom.said === 'month' && last.said !== 'year') return atom;
  const then = civil(last.from);
  const { month, day } = civil(atom.from);
  const next =
    atom.said === 'day'
      ? shiftMonth(then, day < then.day ? 1 : 0)
      : { year: then.year + (month < then.month || (month === then.month && day < then.day) ? 1 : 0), month };
  const at = dayNumber(next.year, next.month, day);
  return at === null || (direction === 'past' && at > today) ? atom : { ...atom, from: at, to: at, said: last.said };
}

function startingAt(start: number, atom: DateAtom): DateToken {
  const token = atom as DateToken;
  token.start = start;
  return token;
}

function timeAt(text: string, at: number, hits: readonly Hit[]): TimeToken | null {
  // 12:30 is one number, 时间:下午3点 a label and its time.
  const label = text[at - 1] === ':' && !/\d/.test(text[at - 2] ?? '');
  if (inNumber[text.charCodeAt(at - 1)] === 1 && !label) return null;
  return readTimeOfDay(text, at, { hits, part: undefined });
}

/** Adds to `token` the second end of a range, a weekday in parentheses, the part of the day and the time. */
function extended(text: string, token: DateToken, scene: DateScene, words: Words): DateToken {
  passParenthesis(text, token);
  const out = withLength(text, withRange(text, token, scene, words));
  passParenthesis(text, out);
  return withTime(text, out, words);
}

/** 下午, 晚8点半 behind the day. */
function withTime(text: string, token: DateToken, words: Words): DateToken {
  let at = text[token.end] === ' ' || text[token.end] === '的' ? token.end + 1 : token.end;
  if (text[at] === '(') at++;
  const time = readTimeOfDay(text, at, { hits: words.at(at), part: token.part });
  if (!time) return token;
  token.end = time.end;
  token.part = time.part;
  if (time.time) token.time = time.time;
  return token;
}

const mayBeginParenthesis = flagsOf(' (周星礼');

function passParenthesis(text: string, token: DateToken): void {
  if ((token.kind !== 'day' && token.kind !== 'range') || mayBeginParenthesis[text.charCodeAt(token.end)] !== 1) return;
  const match = matchAt(parenthesis, text, token.end);
  if (!match) return;
  token.end += match[0].length;
  const nth = '一二三四五六日'.indexOf((match[1] ?? match[2] ?? '').replace('天', '日'));
  if (token.kind === 'day' && token.from !== undefined && weekday(token.from) !== nth + 1) token.contradicted = true;
}

/** 9月1日到3日, 9月1日-9月3日, 周一到周三, 前天和昨天, 15、16日. */
function withRange(text: string, token: DateToken, scene: DateScene, words: Words): DateToken {
  const separator =
    token.kind === 'day' && token.from !== undefined ? (matchAt(join, text, token.end) ?? matchAt(sideBySide, text, token.end)) : null;
  if (!separator || token.from === undefined) return token;
  const at = token.end + separator[0].length;
  const whole = readDateAtom(text, at, words.at(at), scene);
  const loose = separator[0] === '' || /[,、和及与]/.test(separator[0]);
  if (whole?.kind === 'invalid' && !loose) return { start: token.start, kind: 'invalid', end: whole.end };
  const second = secondDay(text, at, token, { whole, loose });
  if (second && Number.isNaN(second.to)) return loose ? token : { start: token.start, kind: 'invalid', end: second.end };
  if (!second || second.to <= token.from || (loose && second.to - token.from > 7)) return token;
  token.kind = 'range';
  token.to = second.to;
  token.end = second.end;
  return token;
}

const length = new RegExp(
  `(?:那天)?(?:开始|起)?[,，]?(?:(?:我|咱)们?)?(?:一?连[着续]?|接连)(?:[去跑走忙][了着]?)?(${small})[天日](?!内|之内|前|后)`,
  'y',
);

/** 从上周五开始连着三天: so many days from the one named. */
function withLength(text: string, token: DateToken): DateToken {
  const match =
    token.kind === 'day' && token.from !== undefined && mayBeginLength[text.charCodeAt(token.end)] === 1
      ? matchAt(length, text, token.end)
      : null;
  const days = smallValue(match?.[1]);
  if (!match || token.from === undefined || !(days >= 2 && days <= 31)) return token;
  token.kind = 'range';
  token.to = token.from + days - 1;
  token.end += match[0].length;
  return token;
}

interface Second {
  whole: DateAtom | null;
  /** Joined by 和 or a comma, not by 到. */
  loose: boolean;
}

/** The other end of a range; `to` is NaN for a day its month does not have. */
function secondDay(text: string, at: number, token: DateToken, { whole, loose }: Second): { end: number; to: EpochDay } | null {
  const from = token.from ?? 0;
  const written = text.slice(token.start, token.end);
  const weekly = weekdaySaid.test(written) ? matchAt(weekdayEnd, text, at) : null;
  if (weekly) {
    const nth = '一二三四五六日'.indexOf(weekly[1] === '天' ? '日' : (weekly[1] ?? ''));
    const to = from - weekday(from) + 1 + nth;
    return { end: at + weekly[0].length, to: to < from && !loose ? to + 7 : to };
  }
  // 3日 after 9月1日 is of the same month, not of the month before today.
  const inMonth = matchAt(shortEnd, text, at);
  if (whole?.kind === 'day' && whole.to !== undefined && (whole.weak ? !loose : !inMonth))
    return { end: whole.end, to: whole.to < from && /周|星期|礼拜/.test(written) ? whole.to + 7 : whole.to };
  const short = inMonth ?? matchAt(shortList, text, at) ?? (loose ? null : matchAt(shortEndBare, text, at));
  if (!short) return null;
  const start = civil(from);
  const day = smallValue(short[1]);
  const next = day < start.day ? shiftMonth(start, 1) : start;
  const to = !loose || day > start.day ? (dayNumber(next.year, next.month, day) ?? Number.NaN) : null;
  return to === null ? null : { end: at + short[0].length, to };
}
