import { flagsOf } from './characters';
import type { Words } from './words';

interface Range {
  start: number;
  end: number;
}

/** What a speaker takes back. */
export interface TakenBack {
  /** Things read that are not meant. */
  items: readonly Range[];
  /** The words that say so. */
  cues: readonly Range[];
}

interface Line {
  text: string;
  words: Words;
  /** Where a thing read ends: only right behind one is such a word a correction. */
  ends: ReadonlySet<number>;
}

export const nothingTakenBack: TakenBack = { items: [], cues: [] };

/** What may stand between the wrong thing, the word that takes it back, and the right one. */
const between = flagsOf(' ,、;:(。啊哦噢呃嗯欸是而应该对不');

/**
 * 12人，不对，13人; 昨天 不对 是前天; 不是8人是18人: the wrong one of the things of one kind (days, or counts, or places), given in
 * their order. 账目不对，应该公开 takes nothing back.
 */
export function takenBack(line: Line, items: readonly Range[]): TakenBack {
  const said = line.words.of('again');
  if (said.length === 0 || items.length === 0) return nothingTakenBack;
  const wrong: Range[] = [];
  const cues: Range[] = [];
  for (const cue of said) {
    if (cue.end - cue.start === 1 && !standsApart(line.text, cue)) continue;
    const next = items.findIndex((each) => each.start >= cue.end);
    const first = items[next];
    if (!first || !joins(line.text, cue.end, first.start)) continue;
    const second = items[next + 1];
    const denied = second && isDenied(line.text, cue, first.end, second.start) ? first : undefined;
    const before = followsSomething(line, cue.start) ? items[next - 1] : undefined;
    const old = denied ?? (before && isAffirmed(line.text, cue, before) ? first : before);
    if (!old || wrong.includes(old)) continue;
    wrong.push(old);
    cues.push(cue);
  }
  return wrong.length === 0 ? nothingTakenBack : { items: wrong, cues };
}

/** 昨天，哦前天; 红柳社区，不，青杨社区: a word so short takes something back only behind a pause; 不 only between two. */
const standsApart = (text: string, { start, end }: Range): boolean =>
  pauses[text.charCodeAt(start - 1)] === 1 && (!'不错'.includes(text[start] ?? ' ') || pauses[text.charCodeAt(end)] === 1);
const pauses = flagsOf(' ,、;。');

const longestGap = 6;

function joins(text: string, from: number, to: number): boolean {
  if (to - from > longestGap) return false;
  for (let i = from; i < to; i++) if (between[text.charCodeAt(i)] !== 1) return false;
  return true;
}

function followsSomething({ text, ends }: Line, at: number): boolean {
  for (let i = at; i >= at - longestGap; i--) {
    if (ends.has(i)) return true;
    if (between[text.charCodeAt(i - 1)] !== 1) return false;
  }
  return false;
}

/** 是前天不是昨天: the first holds. */
const isAffirmed = (text: string, cue: Range, before: Range): boolean =>
  text[before.start - 1] === '是' && text.slice(cue.start, cue.end) === '不是';

/** 不是8人是18人. */
const isDenied = (text: string, cue: Range, from: number, to: number): boolean =>
  text.slice(cue.start, cue.end) === '不是' && /^ ?,?(?:而)?是$/.test(text.slice(from, to));
