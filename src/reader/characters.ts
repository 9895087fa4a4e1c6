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
