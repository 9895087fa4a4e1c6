import { type EpochDay, fromIso } from './calendar';
import { marksFor } from './characters';
import { type DatesAndTimes, scanDates } from './date-grammar';
import type { Found } from './found';
import type { Lexicon } from './lexicon';
import type { Line } from './normalise';
import type { Direction } from './periods';
import { findPii, type PiiToken } from './pii';
import { type Quantity, readQuantities } from './quantities';
import type { ReadContext } from './reading';
import { nothingTakenBack, takenBack } from './said-again';
import type { Hit, Kind } from './trie';
import { Words } from './words';

/** A line with everything that stands in it, looked up once. Positions are those of the normalised text. */
export interface Document {
  lexicon: Lexicon;
  context: ReadContext;
  line: Line;
  /** The day the line was sent. */
  today: EpochDay;
  /** As long as line.text; mentions and the command blanked out. */
  text: string;
  words: Words;
  dates: DatesAndTimes['dates'];
  times: DatesAndTimes['times'];
  pii: readonly PiiToken[];
  quantities: readonly Quantity[];
  found: Found;
  /** What the speaker takes back, and the words for it (12人，不对，13人): nothing of it is meant. */
  takenBack: readonly Section[];
}

export interface Section {
  start: number;
  end: number;
}

interface Opened {
  lexicon: Lexicon;
  context: ReadContext;
  line: Line;
  text: string;
}

export function openDocument(opened: Opened, direction: Direction): Document {
  const { lexicon, context, line, text } = opened;
  const hits = unshielded(lexicon.scan(text, context.vocabulary), text);
  return dated({ lexicon, context, line, today: fromIso(context.today), text, words: new Words(hits), pii: findPii(text) }, direction);
}

type Undated = Omit<Document, 'dates' | 'times' | 'quantities' | 'found' | 'takenBack'>;

function dated(document: Undated, direction: Direction): Document {
  const { lexicon, context, line, today, text, words, pii } = document;
  const { festivals, lunarCalendar, notOfWeek, countedAfter, bare } = lexicon.dateWords;
  const { dates, times } = scanDates(text, words, { today, direction, festivals, lunarCalendar, notOfWeek, countedAfter, bare });
  const clear = pii.length === 0 ? dates : dates.filter((d) => !pii.some((p) => overlap(p, d)));
  const quantities = readQuantities({ text, words, acts: lexicon.acts }, [...clear, ...times, ...pii, ...words.of('gazetteer')]);
  // Field by field: an object spread into another costs as much as reading a date.
  const found: Found = { names: null, spots: null };
  const read: Document = { lexicon, context, line, today, text, words, dates: clear, times, pii, quantities, found, takenBack: [] };
  return words.of('again').length > 0 ? meant(read) : read;
}

/** Without the days and counts that are taken back. */
function meant(document: Document): Document {
  const { dates, quantities, text, words } = document;
  const people = quantities.filter((q) => q.kind === 'person' || q.kind === 'personTimes');
  const line = { text, words, ends: endsOf(document) };
  const days = takenBack(line, dates);
  const counts = takenBack(line, people);
  if (days === nothingTakenBack && counts === nothingTakenBack) return document;
  return {
    ...document,
    dates: dates.filter((d) => !days.items.includes(d)),
    quantities: quantities.filter((q) => !counts.items.includes(q)),
    takenBack: [...days.items, ...days.cues, ...counts.items, ...counts.cues],
  };
}

/** Where something read ends: a day, a count, a name. */
export const endsOf = ({ dates, quantities, words }: Document): Set<number> =>
  new Set(
    [...dates, ...words.of('place'), ...words.of('organisation')].map((h) => h.end).concat(quantities.flatMap((q) => [q.end, q.nounEnd])),
  );

/** The same line with its dates read in another direction: an announcement looks ahead where a record looks back. */
export const turned = (document: Document, direction: Direction): Document =>
  document.dates.length === 0 ? document : dated(document, direction);

const shielded: readonly (readonly [Kind, ReadonlySet<Kind>])[] = [
  ['shield', new Set<Kind>(['mode', 'hint', 'result', 'negation'])],
  ['problem_shield', new Set<Kind>(['problem', 'emergency'])],
];

/** Words inside a longer expression that means something else do not count. */
const unshielded = (hits: Hit[], text: string): Hit[] =>
  shielded.reduce((left, [kind, kinds]) => (left.some((h) => h.kind === kind) ? without(left, text, kind, kinds) : left), hits);

function without(hits: Hit[], text: string, kind: Kind, kinds: ReadonlySet<Kind>): Hit[] {
  // until[i]: how far a shield that began at or before i still reaches.
  const until = marksFor(text);
  for (const h of hits) if (h.kind === kind) for (let i = h.start; i < h.end; i++) until[i] = Math.max(until[i] ?? 0, h.end);
  return hits.filter((h) => !kinds.has(h.kind) || (until[h.start] ?? 0) < h.end);
}

export const overlap = (a: Section, b: Section): boolean => a.start < b.end && b.start < a.end;
export const within = (inner: Section, outer: Section): boolean => inner.start >= outer.start && inner.end <= outer.end;

/** The hits of one kind inside `section`, longest first among those with the same start. */
export function hitsOf(document: Document, kind: Kind, section: Section): readonly Hit[] {
  const all = document.words.of(kind);
  return all.length === 0 ? all : all.filter((h) => within(h, section));
}

/** [start, end) in the text as sent. */
export const originalSpan = (document: Document, { start, end }: Section): [number, number] => [
  document.line.at[start] ?? 0,
  document.line.at[end] ?? document.line.at[document.line.at.length - 1] ?? 0,
];
