import type { Vocabulary } from './vocabulary';

/** A line made uniform. `at[i]` is the index in the text as sent of `text[i]`; `at[text.length]` its length. */
export interface Line {
  text: string;
  at: readonly number[];
}

export type Normaliser = (raw: string) => Line;

/** What is read of a line: a hundred contacts told at once fit. A chat line is at most 20 kB. */
export const longestRead = 4_000;

const punctuation: Record<string, string> = {
  '–': '-',
  '—': '-',
  '─': '-',
  '―': '-',
  '−': '-',
  '〜': '~',
  '∼': '~',
  '～': '~',
  '｡': '。',
  '﹒': '·',
  '•': '·',
  '・': '·',
  '✕': '×',
  '✖': '×',
  '“': '"',
  '”': '"',
  '「': '"',
  '」': '"',
  '『': '"',
  '』': '"',
  '＂': '"',
};
const isSpace = /[\s\u2000-\u200a\u3000\u00a0\u1680\u202f\u205f]/;
const isDropped = /[\p{Cf}\p{Cc}\p{Mn}\p{Emoji_Modifier}]/u;
const isPicture = /[\p{Extended_Pictographic}\p{Regional_Indicator}]/u;
/** The first of each kind of circled number: ①, ⓵, ❶. */
const circles: readonly (readonly [number, number])[] = [
  [0x2460, 20],
  [0x24f5, 10],
  [0x2776, 10],
];

/** What a circled list number counts, or 0. */
function circledNumber(code: number): number {
  for (const [first, count] of circles) if (code >= first && code < first + count) return code - first + 1;
  return 0;
}

type Replace = (character: string) => string;

/** What stands for a character that is not plain. */
function replacer(vocabulary: Vocabulary, simple: ReadonlyMap<string, string>): Replace {
  const pictures = new Map(Object.entries(vocabulary.characters.emoji).map(([picture, word]) => [Array.from(picture)[0] ?? '', word]));
  const replace: Replace = (character) => {
    const code = character.charCodeAt(0);
    if (code >= 0x4e00 && code <= 0x9fff) return simple.get(character) ?? character;
    if (code > 0x20 && code < 0x7f) return character;
    if (character === ' ' || character === '\n') return character;
    if (isSpace.test(character)) return character === '\u2028' || character === '\u2029' ? '\n' : ' ';
    const nth = circledNumber(code);
    if (nth > 0) return `(${nth})`;
    const known = punctuation[character] ?? pictures.get(character);
    if (known !== undefined) return known;
    if (isDropped.test(character)) return '';
    if (isPicture.test(character)) return ' ';
    const compatible = character.normalize('NFKC');
    return compatible === character ? character : Array.from(compatible, replace).join('');
  };
  return replace;
}

/**
 * NFKC, one kind of space, Chinese punctuation to one form, circled list numbers to '(1)', pictures to their word or a space,
 * traditional characters of `vocabulary` to simplified ones. Idempotent.
 */
export function createNormaliser(vocabulary: Vocabulary): Normaliser {
  const simplified = Array.from(vocabulary.characters.simplified);
  const simple = new Map(Array.from(vocabulary.characters.traditional, (c, i) => [c, simplified[i] ?? c]));
  // By character code: 1 where a character stays as it is.
  const plain = new Uint8Array(65536).fill(1, 0x4e00, 0xa000).fill(1, 0x21, 0x7f);
  for (const character of simple.keys()) plain[character.charCodeAt(0)] = 0;
  const replace = remembering(replacer(vocabulary, simple));

  return (raw) => {
    const source = raw.length > longestRead ? raw.slice(0, longestRead) : raw;
    const out: string[] = [];
    const at: number[] = [];
    for (let index = 0; index < source.length; ) {
      const end = endOfRun(source, index, plain);
      if (end > index) {
        out.push(source.slice(index, end));
        while (index < end) at.push(index++);
        continue;
      }
      const character = String.fromCodePoint(source.codePointAt(index) ?? 0);
      append(replace(character), index, out, at);
      index += character.length;
    }
    at.push(source.length);
    return { text: out.length === 1 ? (out[0] ?? '') : out.join(''), at };
  };
}

function endOfRun(source: string, from: number, plain: Uint8Array): number {
  let end = from;
  while (end < source.length && plain[source.charCodeAt(end)] === 1) end++;
  return end;
}

/** Adds what stands for the character at `index`; of several blanks one is kept, a line break before a space. */
function append(units: string, index: number, out: string[], at: number[]): void {
  for (const unit of units) {
    const before = out[out.length - 1];
    const blank = unit === ' ' || unit === '\n';
    if (blank && (before === ' ' || before === '\n')) {
      if (unit === '\n') out[out.length - 1] = '\n';
      continue;
    }
    out.push(unit);
    for (let k = 0; k < unit.length; k++) at.push(index);
  }
}

/** The same without looking twice at a character; there are 65,536 at most. */
function remembering(replace: Replace): Replace {
  const known = new Map<number, string>();
  return (character) => {
    if (character.length > 1) return replace(character);
    const code = character.charCodeAt(0);
    let said = known.get(code);
    if (said === undefined) known.set(code, (said = replace(character)));
    return said;
  };
}
