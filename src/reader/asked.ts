import { fromIso, toIso } from './calendar';
import { isHan } from './characters';
import type { DateToken } from './date-grammar';
import { type Document, type Section, within } from './document';
import { saysIn } from './means';
import { numberedIn } from './numbered';

/** A line to be read as a given intent: its document and the part after mention and command. */
export interface Asked {
  document: Document;
  section: Section;
  /** The words of that part. */
  body: string;
  /** The command word as typed behind a slash; '' in a sentence, and where a contact mode stands for the command. */
  command: string;
  /** Whether a command said what is meant; false for a sentence, of which it was concluded. */
  commanded: boolean;
  /** A slash begins the line, even one with an unknown word behind it. */
  slash: boolean;
}

/** An id such as A23 (activity), C12 (case), M07 (opinion), R1024 (record); also in the quoted message when `quoted`. */
export function idOf(asked: Asked, letters: string, quoted = false): string | null {
  const said = numberedIn(asked.body, letters)[0] ?? (quoted ? numberedIn(asked.document.context.quoted ?? '', letters)[0] : undefined);
  return said?.id ?? null;
}

/** The dates said; a festival inside a name (重阳关爱) is none. */
export const datesOf = (asked: Asked): DateToken[] =>
  asked.document.dates.filter((d) => within(d, asked.section) && !(d.holiday && inName(asked.document.text, d)));

const inName = (text: string, { end }: DateToken): boolean => isHan(text, end) && !/^[的在去我那当期有办搞]/.test(text[end] ?? '');

export const dayOf = (token: DateToken | undefined): string | null =>
  token?.from !== undefined && (token.kind === 'day' || token.kind === 'range') ? toIso(token.from) : null;

/** '2026-09-26T09:00', or the day alone when no time is said. */
export function momentOf(asked: Asked, token: DateToken | undefined): string | null {
  const day = dayOf(token);
  if (day === null || !token) return null;
  const near = asked.document.times.find((t) => t.time && t.start >= token.end && t.start - token.end <= 3);
  return atTime(day, token.time ?? near?.time ?? null);
}

/** '24:00' of a day is the next day's beginning. */
export function atTime(day: string, time: string | null): string {
  if (time === null) return day;
  return time.startsWith('24') ? `${toIso(fromIso(day) + 1)}T00${time.slice(2)}` : `${day}T${time}`;
}

/** The first run of words that fits `wanted`, without dates and particles. */
export function keywordOf(asked: Asked, wanted: RegExp): string | null {
  const text = bodyWithout(asked, [...asked.document.dates.filter((d) => !d.holiday), ...asked.document.times]);
  const pieces = text
    .split(asked.document.lexicon.acts.title_separators)
    .map((piece) => piece.replace(asked.document.lexicon.acts.title_tail, ''));
  return pieces.find((piece) => piece.length >= 2 && !saysIn(piece, asked.document, 'unnamed_activity') && wanted.test(piece)) ?? null;
}

/** The body with blanks in place of `taken`. */
export function bodyWithout({ document, section }: Asked, taken: readonly Section[]): string {
  const out: string[] = [];
  let from = section.start;
  for (const { start, end } of [...taken].sort((a, b) => a.start - b.start)) {
    if (end <= from || start >= section.end) continue;
    const until = Math.min(end, section.end);
    out.push(document.text.slice(from, Math.max(from, start)), ' '.repeat(until - Math.max(from, start)));
    from = until;
  }
  return [...out, document.text.slice(from, section.end)].join('');
}

export const without = (text: string, ...patterns: RegExp[]): string =>
  patterns
    .reduce((out, pattern) => out.split(pattern).join(' '), text)
    .replace(/\s+/g, ' ')
    .trim();
