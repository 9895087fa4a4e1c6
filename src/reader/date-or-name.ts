import type { DateAtom } from './date-atom';
import type { Hit } from './trie';
import type { Words } from './words';

/** Of a name's parts these may follow a day that was really said: 中秋敬老院, 五一工地. */
interface Names {
  words: Words;
  bare: ReadonlySet<string>;
}

const isNameEnd = ({ kind }: Hit): boolean => kind === 'place' || kind === 'organisation';

/**
 * 五一村, 国庆路街道, 十月小区, 八一小学: a word of the calendar with what a name ends with right behind it, or one character on (清明桥社区),
 * is a name. 昨天 and figures make none.
 */
export function isNameNotDate(text: string, at: number, atom: DateAtom, { words, bare }: Names): boolean {
  if (!atom.holiday && !(atom.kind === 'period' && /^[一二三四五六七八九十]{1,3}月$/.test(text.slice(at, atom.end)))) return false;
  const ends = (from: number): boolean =>
    words.at(from).some((h) => isNameEnd(h) && !bare.has(text.slice(from, h.end)) && text.slice(from, h.end) !== '里');
  return ends(atom.end) || (isOneMore(text, atom.end, words) && ends(atom.end + 1));
}

const more = /^[桥湖山河东西南北新大小]$/;

/** 清明[桥]社区: but 国庆[去]社区 is a day and a visit. */
const isOneMore = (text: string, at: number, words: Words): boolean =>
  more.test(text[at] ?? '') && !words.at(at).some((h) => h.kind === 'mode' || (h.kind === 'stop' && h.end === at + 1));
