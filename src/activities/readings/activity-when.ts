import { type Asked, atTime, datesOf, dayOf, momentOf } from '../../reader/asked';
import { civil, dayNumber, type EpochDay, fromIso, lastOf, shiftMonth, toIso, weekday } from '../../reader/calendar';
import type { DateToken } from '../../reader/date-grammar';
import { overlap, type Section, within } from '../../reader/document';
import { saysIn } from '../../reader/means';
import { small, smallValue } from '../../reader/small-number';

/** What is odd about the time that was said; it is asked about before anything is announced. */
export type WhenDoubt = 'weekday' | 'next_year' | 'series';

export interface ActivityWhen {
  start: string | null;
  deadline: string | null;
  /** 每月, 每季度 …: as said. */
  series: string | null;
  doubts: WhenDoubt[];
  /** The weekday that was said and is not that day's, 1 Monday … 7 Sunday. */
  saidWeekday: number | null;
  /** Where in the line all this stands. */
  spans: Section[];
  startSpan: Section | null;
}

/** When an activity is and until when people may sign up. */
export function whenOf(asked: Asked): ActivityWhen {
  const series = seriesIn(asked);
  const said = datesOf(asked);
  const dates = said.filter((d) => !series || !overlap(d, series));
  const closing = dates.find((d) => isDeadline(asked, d));
  const open = dates.filter((d) => d !== closing && isDefinite(d) && !saysIn(textOf(asked, d), asked.document, 'just_before'));
  const start = open.find((d) => d.time !== undefined) ?? open.find((d) => !isWeekdayAlone(asked, d)) ?? open[0];
  const wrong = start ? wrongWeekday(asked, start, open) : null;
  const doubts: WhenDoubt[] = [];
  if (wrong !== null) doubts.push('weekday');
  if (start && isFarAhead(asked, start)) doubts.push('next_year');
  if (series) doubts.push('series');
  const end = closing ? deadlineOf(asked, closing) : null;
  const begins = startOf(asked, start, series);
  return {
    start: begins,
    deadline: end ? notAfter(begins, end.moment) : null,
    series: series?.name ?? null,
    doubts,
    saidWeekday: wrong,
    spans: [...said, ...timesIn(asked), ...(series ? [series] : []), ...(end ? [end.span] : [])],
    startSpan: start ?? null,
  };
}

/** 报名到16号 of an activity on the 18th: the last day for signing up is never behind it, so a day of the month is of an earlier one. */
function notAfter(start: string | null, moment: string | null): string | null {
  if (start === null || moment === null || moment.slice(0, 10) <= start.slice(0, 10)) return moment;
  const { day } = civil(fromIso(moment.slice(0, 10)));
  const months = [0, -1].map((back) => shiftMonth(civil(fromIso(start.slice(0, 10))), back));
  const days = months.map(({ year, month }) => dayNumber(year, month, day)).filter((each) => each !== null);
  const before = days.map(toIso).find((each) => each <= start.slice(0, 10));
  return before === undefined ? moment : `${before}${moment.slice(10)}`;
}

const isDefinite = (d: DateToken): boolean => d.kind === 'day' || d.kind === 'range';

const timesIn = ({ document, section }: Asked) => document.times.filter((t) => t.time !== undefined && within(t, section));

function startOf(asked: Asked, start: DateToken | undefined, series: Series | null): string | null {
  const clocks = timesIn(asked);
  const alone = clocks.length === 1 ? (clocks[0]?.time ?? null) : null;
  if (!start) {
    if (!series?.first) return null;
    const own = datesOf(asked).find((d) => overlap(d, series))?.time;
    return atTime(toIso(series.first), own ?? alone);
  }
  const moment = momentOf(asked, start);
  return moment?.length === 10 ? atTime(moment, alone) : moment;
}

const textOf = ({ document }: Asked, { start, end }: Section): string => document.text.slice(start, end);
const weekdaySaid = /(?:周|星期|礼拜)([一二三四五六日天])/;
const isWeekdayAlone = (asked: Asked, d: DateToken): boolean => !/[月日号\d]/.test(textOf(asked, d));
const nthWeekday = (word: string): number => '一二三四五六日'.indexOf(word === '天' ? '日' : word) + 1;

/** 11月20日（周四） where that is a Friday; also 周六 … 9月27日. */
function wrongWeekday(asked: Asked, start: DateToken, open: readonly DateToken[]): number | null {
  if (start.from === undefined) return null;
  const { text } = asked.document;
  const own = isWeekdayAlone(asked, start) ? null : weekdaySaid.exec(text.slice(start.start, start.end + 5))?.[1];
  if (own && nthWeekday(own) !== weekday(start.from)) return nthWeekday(own);
  const beside = open.filter((d) => d !== start && isWeekdayAlone(asked, d)).map((d) => weekdaySaid.exec(textOf(asked, d))?.[1]);
  const said = beside.find((word) => word !== undefined);
  return said && nthWeekday(said) !== weekday(start.from) ? nthWeekday(said) : null;
}

const halfYear = 183;

/** A day without a year that has just gone by would be next year's: rarely meant. */
function isFarAhead(asked: Asked, d: DateToken): boolean {
  const yearSaid = /年|\d{4}/.test(textOf(asked, d));
  return !yearSaid && d.from !== undefined && d.from - asked.document.today > halfYear;
}

function isDeadline(asked: Asked, d: DateToken): boolean {
  const { text } = asked.document;
  return (
    saysIn(text.slice(Math.max(asked.section.start, d.start - 12), d.start), asked.document, 'closing_before') ||
    saysIn(text.slice(d.end, d.end + 8), asked.document, 'closing_after')
  );
}

/** The end of the working day, and noon. */
const endsOf: readonly (readonly [string, string])[] = [
  ['下班', '18:00'],
  ['午', '12:00'],
];

/** 12月8号下班前报名: with the words that belong to it. */
export function deadlineOf(asked: Asked, d: DateToken): { moment: string | null; span: Section } {
  const { text, lexicon } = asked.document;
  const before = lexicon.acts.closing_before.exec(text.slice(Math.max(asked.section.start, d.start - 12), d.start))?.[0] ?? '';
  const after = lexicon.acts.closing_after.exec(text.slice(d.end, d.end + 8))?.[0] ?? '';
  const said = `${textOf(asked, d)}${after}`;
  const hour = endsOf.find(([words]) => said.includes(words))?.[1];
  const day = dayOf(d);
  const moment = d.time === undefined && hour && day ? atTime(day, hour) : momentOf(asked, d);
  return { moment, span: { start: d.start - before.length, end: d.end + after.length } };
}

/** The date of a line that is the deadline, when one is. */
export const closingDate = (asked: Asked): DateToken | undefined => datesOf(asked).find((d) => isDeadline(asked, d));

interface Series extends Section {
  name: string;
  /** The first day of it from today on; null where only the rhythm is said. */
  first: EpochDay | null;
}

const rhythm = new RegExp(
  `每(?:个|逢|隔)?(天|日|周|星期|礼拜|双周|月|季度?|半年|年)(?:的)?(?:第?(${small}|最后一?|首)个?(?:的)?(?:周|星期|礼拜)([一二三四五六日天])|([一二三四五六日天](?![个次场\u5e74]))|(${small})[日号])?(?:[一1]次|举办|开展)?`,
);

/** 每月第一个周六, 每周三, 每月15号. */
function seriesIn({ document, section, body }: Asked): Series | null {
  const match = rhythm.exec(body);
  if (!match || /每(?:天|日)(?!第|下|上|\d|早|晚)/.test(match[0])) return null;
  const [said, unit = '', nth, weekdayOfMonth, weekdayOfWeek, day] = match;
  const start = section.start + match.index;
  const name = `每${unit === '礼拜' || unit === '星期' ? '周' : unit}`;
  const { today } = document;
  const first = weekdayOfMonth
    ? comingOf(today, (month) => nthOf(month, nth ?? '', nthWeekday(weekdayOfMonth)))
    : day && unit === '月'
      ? comingOf(today, ({ year, month }) => dayNumber(year, month, smallValue(day)))
      : weekdayOfWeek && saysIn(unit, document, 'weekday_word')
        ? today + ((nthWeekday(weekdayOfWeek) - weekday(today) + 7) % 7)
        : null;
  return { start, end: start + said.length, name, first };
}

type Month = Parameters<typeof shiftMonth>[0];

/** The first of the coming months' days that is not past. */
function comingOf(today: EpochDay, inMonth: (month: Month) => EpochDay | null): EpochDay | null {
  for (let ahead = 0; ahead < 3; ahead++) {
    const day = inMonth(shiftMonth(civil(today), ahead));
    if (day !== null && day >= today) return day;
  }
  return null;
}

function nthOf(month: Month, nth: string, wanted: number): EpochDay | null {
  const last = lastOf(month);
  if (nth.startsWith('最后')) return last - ((weekday(last) - wanted + 7) % 7);
  const first = lastOf(shiftMonth(month, -1)) + 1;
  const count = nth === '首' ? 1 : smallValue(nth);
  const day = first + ((wanted - weekday(first) + 7) % 7) + (count - 1) * 7;
  return count >= 1 && day <= last ? day : null;
}
