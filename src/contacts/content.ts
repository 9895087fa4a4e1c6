import { contentWords, type RecordReading } from './readings';

type Span = readonly [number, number];

/** The confirmation is one sentence: what goes on is kept in the record's text. */
const longest = 60;
const breaks = /[\s,，、。；;！!？?]/u;

/**
 * What the `index`-th contact of a message was about, fit to be quoted to the member: phrases that were left whole, else what
 * a phrase ends with, since that is where speech says its matter; never fragments from between a date and a place. Null when
 * there is nothing of that kind. `text` is the line as sent.
 */
export function contentOf(text: string, reading: RecordReading, index: number): string | null {
  const prefix = reading.records ? `records.${index}.content.` : 'content.';
  const names = (reading.records?.[index] ?? reading).contacts ?? [];
  const all = Object.entries(reading.spans ?? {}).filter(([field]) => field.startsWith(prefix));
  const pieces = all.filter(([, [start, end]]) => !onlyNames(text.slice(start, end), names));
  const whole = pieces.filter(([, span]) => isWhole(text, span));
  const fit = whole.length > 0 ? whole : pieces.filter(([, span]) => endsItsPhrase(text, span)).slice(-1);
  const words = contentWords({ ...reading, spans: Object.fromEntries(fit) }, text, index);
  return words === null ? null : words.slice(0, longest);
}

/** 联系人张大爷: who was met is kept by itself. */
const onlyNames = (words: string, names: readonly string[]): boolean =>
  names.some((name) => words.includes(name)) &&
  /^(?:联系人|联系对象|对象|见到|见了|见)?[是:：、和,，\s]*$/.test(names.reduce((out, name) => out.replaceAll(name, ''), words));

function phraseAround(text: string, [start, end]: Span): Span {
  let from = start;
  let to = end;
  while (from > 0 && !breaks.test(text[from - 1] ?? '')) from--;
  while (to < text.length && !breaks.test(text[to] ?? '')) to++;
  return [from, to];
}

/** Most of its phrase; what was taken off is an introduction or a tail. */
function isWhole(text: string, span: Span): boolean {
  const [from, to] = phraseAround(text, span);
  return span[1] - span[0] >= 0.6 * (to - from);
}

/** 说的是加装电梯的事: three characters or more, two behind a word of speech, and at most two behind them. */
function endsItsPhrase(text: string, span: Span): boolean {
  const length = span[1] - span[0];
  const short = length === 2 && introduced.test(text.slice(Math.max(0, span[0] - 4), span[0]));
  return (length >= 3 || short) && phraseAround(text, span)[1] - span[1] <= 2;
}

/** 反映停水: what is said needs no third character. */
const introduced = /(?:反映|反应|提出|提到|吐槽|诉说)(?:了|的是)?$/;
