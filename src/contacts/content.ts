import { contentWords } from '../chat/reader';
import type { RecordReading } from '../chat/reader/reading';
import { maskPersonal } from '../foundation/mask';

/** The confirmation is one sentence: what goes on is kept in the record's text. */
const longest = 60;
const breaks = /[\s,，、。；;！!？?]/u;

/**
 * What the `index`-th contact of a message was about, fit to be quoted to the member: phrases that were left whole, not
 * fragments that remain between a date and a place. Falls back on the demands, then on nothing. `text` is the line as sent.
 */
export function contentOf(text: string, reading: RecordReading, index: number): string | null {
  const prefix = reading.records ? `records.${index}.content.` : 'content.';
  const whole = Object.fromEntries(
    Object.entries(reading.spans ?? {}).filter(([field, span]) => !field.startsWith(prefix) || isWhole(text, span)),
  );
  const contact = reading.records ? reading.records[index] : reading;
  const words = contentWords({ ...reading, spans: whole }, text, index) ?? contact?.demands?.join('；') ?? '';
  return words === '' ? null : maskPersonal(words).slice(0, longest);
}

/** Most of its phrase, or a good part that runs to the phrase's end: there speech says what it is about. */
function isWhole(text: string, [start, end]: readonly [number, number]): boolean {
  let from = start;
  let to = end;
  while (from > 0 && !breaks.test(text[from - 1] ?? '')) from--;
  while (to < text.length && !breaks.test(text[to] ?? '')) to++;
  const share = (end - start) / (to - from);
  return share >= 0.6 || (end - start >= 4 && share >= 0.25 && to - end <= 2);
}
