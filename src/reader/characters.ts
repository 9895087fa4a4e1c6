/** By character code: 1 for each of `characters`. A look into it costs a tenth of a regular expression. */
export function flagsOf(characters: Iterable<string>): Uint8Array {
  const flags = new Uint8Array(65536);
  for (const c of characters) flags[c.charCodeAt(0)] = 1;
  return flags;
}

/** One number for each character of a line. A plain array: a typed one of more than a few dozen is fetched from outside the heap. */
export type Marks = number[];

export function marksFor(text: string): Marks {
  const marks: Marks = [];
  for (let i = 0; i < text.length; i++) marks.push(0);
  return marks;
}

export function mark(marks: Marks, { start, end }: { start: number; end: number }, value: number): void {
  for (let i = start; i < end; i++) marks[i] = value;
}

const isHanCode = (code: number): boolean => code >= 0x4e00 && code <= 0x9fff;

/** Whether a Chinese character stands at `at`. */
export const isHan = (text: string, at: number): boolean => isHanCode(text.charCodeAt(at));

/** Whether `word` is Chinese characters and nothing else, so many of them. */
export function isHanWord(word: string, least = 1, most = word.length): boolean {
  if (word.length < least || word.length > most) return false;
  for (let i = 0; i < word.length; i++) if (!isHanCode(word.charCodeAt(i))) return false;
  return true;
}
