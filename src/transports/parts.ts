import { cleaned } from './bytes';

/** What one way out takes of a text. */
export interface Room {
  /** Whether these words go into one message, as the way writes them. */
  fits: (text: string) => boolean;
  /** Messages one text may become. */
  parts: number;
  /** Said where the rest is left out. */
  cutShort: string;
}

/**
 * A text as the messages it goes out in, in order: broken at the last line end, else at a sentence's end, else between two
 * characters as people see them. Joined they are the text, unless it takes more than `parts`: then the last one ends with
 * `cutShort`. Pure, so that a message that was begun is continued where it stopped.
 */
export function inParts(text: string, { fits, parts: most, cutShort }: Room): string[] {
  if (fits(text)) return [text];
  const parts: string[] = [];
  let rest = cleaned(text).trimEnd();
  while (!fits(rest) && parts.length < most - 1) {
    const end = breakIn(rest, fits);
    parts.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  if (fits(rest)) parts.push(rest);
  else
    parts.push(
      withNotice(
        rest.slice(
          0,
          breakIn(rest, (words) => fits(withNotice(words, cutShort))),
        ),
        cutShort,
      ),
    );
  return parts.filter((part) => part.trim() !== '');
}

/** The same where only one message can be sent. */
export const inOne = (text: string, room: Room): string => inParts(text, { ...room, parts: 1 })[0] ?? text;

const withNotice = (words: string, notice: string): string => `${words.trimEnd()}\n${notice}`;

const lineEnd = /\n/gu;
const sentenceEnd = /[。！？；!?;…]+[”’」』）)]*/gu;
const characters = new Intl.Segmenter('zh', { granularity: 'grapheme' });

/** Where to break: as late as it fits, at a line's or a sentence's end when that leaves at least half of what fits. */
function breakIn(text: string, fits: (words: string) => boolean): number {
  const furthestPoint = furthest(text, pointEnds(text), fits) || firstOf(text);
  // Asked of single places: telling all the characters of a long text apart holds up the whole process for seconds.
  const seen = characters.segment(text);
  const beginning = (at: number): number => seen.containing(at)?.index ?? at;
  const most = beginning(furthestPoint) || furthestPoint;
  for (const end of [lineEnd, sentenceEnd]) {
    const last = Array.from(text.slice(0, most).matchAll(end), ({ index, 0: sign }) => index + sign.length).findLast(
      (at) => at < most / 2 || beginning(at) === at,
    );
    if (last !== undefined && last >= most / 2) return last;
  }
  return most;
}

/** Where each code point ends. */
function pointEnds(text: string): number[] {
  let at = 0;
  return Array.from(text, (point) => (at += point.length));
}

/** The greatest of these ends up to which the text fits; 0 for none. */
function furthest(text: string, ends: readonly number[], fits: (words: string) => boolean): number {
  let [low, high] = [0, ends.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (fits(text.slice(0, ends[middle]))) low = middle + 1;
    else high = middle;
  }
  return ends[low - 1] ?? 0;
}

/** So that it ends in any case: no way out is too small for one character. */
const firstOf = (text: string): number => Array.from(text)[0]?.length ?? 1;
