import { type Asked, datesOf, dayOf, idOf } from '../../reader/asked';
import { isHanWord } from '../../reader/characters';
import { readOut, saysIn } from '../../reader/means';
import { isNameAt } from '../../reader/members';
import { readNumber } from '../../reader/numbers';
import { isNumberedList } from '../../reader/recognise/activities';
import { activityOf } from './named-activity';

/** One line of a 接龙. */
export interface Entry {
  name: string;
  /** Whoever sends the list. */
  self: boolean;
  extra: number;
  status: 'attending' | 'tentative' | 'away';
}

export interface RollList {
  activity: string | null;
  activity_date: string | null;
  entries: Entry[];
}

const number = /(?:^|[\s,;:，；])(\d{1,3})[.、)）:．]\s?/g;

/** A 接龙 in the shapes people send: the activity in its head, then numbered names with +1, （带2人）, 待定 or 请假 behind them. */
export function rollListIn(asked: Asked): RollList | null {
  const { body, section } = asked;
  if (!isNumberedList(body)) return null;
  const starts = [...body.matchAll(number)];
  const first = starts[0]?.index ?? 0;
  const head: Asked = { ...asked, section: { start: section.start, end: section.start + first }, body: body.slice(0, first) };
  const entries = starts.flatMap((match, at) => {
    const from = match.index + match[0].length;
    const text = body.slice(from, starts[at + 1]?.index ?? body.length);
    return entryOf(asked, text, from) ?? [];
  });
  if (entries.length === 0) return null;
  const day = datesOf(head).find((d) => d.kind === 'day' || d.kind === 'range');
  return { activity: activityOf(head) ?? idOf(asked, 'ABD-LN-QS-Z', true), activity_date: dayOf(day), entries };
}

function entryOf(asked: Asked, raw: string, from: number): Entry | null {
  const text = raw.trim();
  const offset = from + raw.indexOf(text);
  const name = nameAt(asked, text, offset);
  if (name === null) return null;
  const rest = text.slice(name.length);
  const status = saysIn(rest, asked.document, 'away_in_list') ? 'away' : saysIn(rest, asked.document, 'unsure') ? 'tentative' : 'attending';
  return { name, self: name === '我', extra: broughtBy(asked, rest), status };
}

/** A member's name; else what stands before the first mark, for it is asked about when it is nobody's. */
function nameAt(asked: Asked, text: string, offset: number): string | null {
  if (/^我(?![\u4e00-\u9fff])/.test(text)) return '我';
  const known = asked.document.context.vocabulary?.members?.filter((each) => text.startsWith(each)) ?? [];
  const longest = known.toSorted((a, b) => b.length - a.length)[0];
  if (longest) return longest;
  for (const length of [4, 3, 2]) {
    const word = text.slice(0, length);
    if (word.length === length && isHanWord(word) && isNameAt(asked, offset, word)) return word;
  }
  return /^[\u4e00-\u9fff]{2,4}(?=委员|[^\u4e00-\u9fff]|$)/.exec(text)?.[0]?.replace(asked.document.lexicon.acts.roll_tail, '') || null;
}

/** +1, （带2人）, 带家属, 2人 (with oneself). */
function broughtBy({ document }: Asked, rest: string): number {
  const plus = /\+\s?(\d{1,2})/.exec(rest)?.[1];
  if (plus) return Number(plus);
  const brought = document.lexicon.acts.brought.exec(rest);
  if (brought) return readNumber(rest, brought.index + brought[0].length)?.value ?? 1;
  const all = readOut(rest, document, 'so_many_in_all');
  return all ? Math.max(0, Number(all) - 1) : 0;
}
