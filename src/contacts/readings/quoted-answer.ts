import type { Asked } from '../../reader/asked';
import { civil, dayNumber, type EpochDay, lastOf, shiftMonth, toIso } from '../../reader/calendar';
import type { Document } from '../../reader/document';
import { means, readOut, saysIn } from '../../reader/means';
import { numberedIn } from '../../reader/numbered';
import { smallValue } from '../../reader/small-number';

interface Listed {
  id: string;
  line: string;
}

/** The records of the quoted answer, a line each. */
const listedIn = ({ context }: Document): Listed[] =>
  (context.quoted ?? '').split('\n').flatMap((line) => {
    const id = numberedIn(line, 'R')[0]?.id;
    return id === undefined ? [] : [{ id, line }];
  });

/** 第二条, 最后那个, 电话那条: one of several that the quoted answer lists. */
export function ofQuotedList({ document, section, body }: Asked): { target: string; end: number } | null {
  const listed = listedIn(document);
  if (listed.length < 2) return null;
  const nth = readOut(body, document, 'nth_of_list');
  const counted = nth === undefined ? (saysIn(body, document, 'last_of_list') ? listed.at(-1) : undefined) : listed[smallValue(nth) - 1];
  if (counted) return { target: counted.id, end: section.start };
  const pointed = /([\u4e00-\u9fff\d]{2,8}?)的?那一?[条个笔次]/.exec(body);
  if (!pointed) return null;
  const words = pointed[1] ?? '';
  for (let from = 0; from + 2 <= words.length; from++) {
    const fit = listed.filter(({ line }) => line.includes(words.slice(from)));
    if (fit.length === 1 && fit[0]) return { target: fit[0].id, end: section.start + pointed.index + pointed[0].length };
  }
  return null;
}

/** The day that the one record of the quoted answer has; the last such day where the year is not said. */
function quotedDay({ context, today }: Document): EpochDay | null {
  const quoted = context.quoted ?? '';
  const said = /(?:(\d{4})年)?(\d{1,2})月(\d{1,2})[日号]/.exec(quoted);
  if (!said || new Set(numberedIn(quoted, 'R').map(({ id }) => id)).size !== 1) return null;
  const { year } = civil(today);
  const years = said[1] ? [Number(said[1])] : [year, year - 1];
  const days = years.map((each) => dayNumber(each, Number(said[2]), Number(said[3])));
  return days.find((day) => day !== null && day <= today) ?? null;
}

/** 往前挪一天, 是上个月的同一天: a day said by the one that is kept. */
export function dayBesideKept(asked: Asked): string | null {
  const { document, body } = asked;
  const kept = quotedDay(document);
  if (kept === null) return null;
  const [, way, count] = document.lexicon.acts.a_day_off.exec(body) ?? [];
  if (way !== undefined) return toIso(kept + (way === '前' ? -1 : 1) * smallValue(count));
  if (!means(asked, 'same_day_last_month')) return null;
  const { year, month, day } = civil(kept);
  const before = shiftMonth({ year, month }, -1);
  return day > civil(lastOf(before)).day ? null : toIso(lastOf(before) - civil(lastOf(before)).day + day);
}

/** What the quoted answer asks for: 还缺：人数. */
export function wantedIn(document: Document): string {
  const quoted = document.context.quoted ?? '';
  const at = quoted.search(document.lexicon.acts.asks_for_more);
  return at < 0 ? '' : quoted.slice(at);
}
