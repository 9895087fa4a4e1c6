import type { Asked } from './asked';
import { civil, type EpochDay, firstOf, lastOf, shiftMonth, toIso } from './calendar';
import { type Period, readPeriod } from './periods';
import { small, smallValue } from './small-number';

/** The time a question is about: one named period, or any other span of days. */
export interface AskedSpan {
  /** '2026', '2026-H1', '2026-Q3', '2026-09'; null for a span that is none of these. */
  label: string | null;
  from: string;
  to: string;
}

/** The span a line asks about: 三季度, 近三年, 前三季度, 一季度到三季度, 截至9月底, 上周; null when none is said. */
export const spanOf = (asked: Asked): AskedSpan | null =>
  lastOnes(asked) ?? firstOnes(asked) ?? upTo(asked) ?? named(asked) ?? dated(asked);

const unnamed = (from: EpochDay, to: EpochDay): AskedSpan => ({ label: null, from: toIso(from), to: toIso(to) });

const lastPattern = new RegExp(
  `(?:近|最近|过去|(?<![今去前明])这)的?(?:(半)年|(${small}|几|两)(?:个)?(年|月|季度|周|星期|天)(?!度|底|初))(?:来|以来|里|内|间)?`,
);
const some = 3;

/** 近三年 are this year and the two before it; shorter spans reach back from today. */
function lastOnes({ body, document: { today } }: Asked): AskedSpan | null {
  const match = lastPattern.exec(body);
  if (!match) return null;
  const now = civil(today);
  const back = (months: number): EpochDay => {
    const month = shiftMonth(now, -months);
    return Math.min(firstOf(month) + now.day - 1, lastOf(month)) + 1;
  };
  if (match[1]) return unnamed(back(6), today);
  const count = match[2] === '几' ? some : smallValue(match[2]);
  if (!(count >= 1 && count <= 60)) return null;
  if (match[3] === '年') return unnamed(firstOf({ year: now.year - count + 1, month: 1 }), today);
  if (match[3] === '月' || match[3] === '季度') return unnamed(back(match[3] === '月' ? count : count * 3), today);
  return unnamed(today - count * (match[3] === '天' ? 1 : 7) + 1, today);
}

const firstPattern = new RegExp(`(?:(今年|去年|20\\d{2}年?)的?)?[前头](${small})(?:个)?(季度|月)`);

/** 前三季度, 头九个月. */
function firstOnes({ body, document: { today } }: Asked): AskedSpan | null {
  const match = firstPattern.exec(body);
  const count = smallValue(match?.[2]);
  if (!match || !(count >= 1 && count <= 12)) return null;
  const said = match[1] ?? '';
  const now = civil(today).year;
  const year = said.startsWith('20') ? Number(said.slice(0, 4)) : said === '去年' ? now - 1 : now;
  return unnamed(firstOf({ year, month: 1 }), lastOf({ year, month: match[3] === '月' ? count : Math.min(12, count * 3) }));
}

/** 截至9月底: from the beginning of that year. */
function upTo(asked: Asked): AskedSpan | null {
  const { document, section } = asked;
  const match = /截[至止]到?|(?<=^|[\s,])到(?=\d)/.exec(asked.body);
  if (!match) return null;
  const at = section.start + match.index + match[0].length;
  const date = document.dates.find(({ start, end }) => start >= at && start - at <= 2 && end <= section.end);
  const end = readPeriod(document.text, date?.start ?? at, document.today, 'past')?.to ?? date?.to ?? date?.from;
  return end === undefined ? null : unnamed(firstOf({ year: civil(end).year, month: 1 }), end);
}

const joint = /^ ?(?:到|至|-|~|—)+ ?/;
const later = /季度|月/;

/** One period, or everything from one to another (一季度到三季度). */
function named({ document, section }: Asked): AskedSpan | null {
  const { text, today } = document;
  for (let at = section.start; at < section.end; at++) {
    if (/[\d一二三四第]/.test(text[at - 1] ?? '')) continue;
    const first = readPeriod(text, at, today, 'past');
    if (!first?.label) continue;
    const join = joint.exec(text.slice(first.end, section.end));
    const last = join && later.test(text.slice(first.end, first.end + 8)) ? sameYear(text, first, first.end + join[0].length, today) : null;
    return last && last.to > first.to ? unnamed(first.from, last.to) : { label: first.label, from: toIso(first.from), to: toIso(first.to) };
  }
  return null;
}

/** What follows 到 lies in the year of what stands before it, unless another one is said. */
function sameYear(text: string, first: Period, at: number, today: EpochDay): Period | null {
  const read = readPeriod(text, at, today, 'past');
  return read && read.to <= first.from ? readPeriod(text, at, first.to, 'next') : read;
}

/** Days and weeks: 上周, 9月1日到15日. */
function dated({ document, section }: Asked): AskedSpan | null {
  const date = document.dates.find(({ start, end, from }) => from !== undefined && start >= section.start && end <= section.end);
  return date?.from === undefined ? null : unnamed(date.from, date.to ?? date.from);
}
