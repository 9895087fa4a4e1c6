import { flagsOf, isHan } from './characters';
import type { Document, Section } from './document';
import { overlap, within } from './document';
import type { Spot } from './found';
import { matchesOf } from './match';
import { saysIn } from './means';
import { isName } from './names';
import type { Kind } from './trie';

/**
 * Places known by where they stand, though they end with no word for a place: what is between 到, 在, 去 or 走访 and the end of the
 * clause, a mode word or those who were met (到桃树坪走访, 在果库开会, 走访翠屏，). An ending that names of places have is asked for;
 * behind 走访 and its like also a short name that is no word will do.
 */
export function placedSpots(document: Document, known: readonly Spot[]): Spot[] {
  const found: Spot[] = [];
  for (const { from, calls } of openingsIn(document)) {
    let spot = spotFrom(document, from, calls);
    // 在八里窑、十里店两个村: what is joined to it.
    while (spot) {
      if (!found.some((s) => overlap(s, spot as Spot)) && !known.some((s) => overlap(s, spot as Spot))) found.push(spot);
      spot = '、和与及'.includes(document.text[spot.end] ?? ' ') ? spotFrom(document, spot.end + 1, false) : null;
    }
  }
  return found;
}

interface Opening {
  from: number;
  /** Whoever is called upon or the place: 走访 …. */
  calls: boolean;
}

function openingsIn({ text, lexicon, dates }: Document): Opening[] {
  const endsOf = (words: RegExp): number[] => matchesOf(words, text).map((m) => m.index + m[0].length);
  return [
    ...endsOf(lexicon.callsOn).map((from) => ({ from, calls: true })),
    ...endsOf(lexicon.goesTo).map((from) => ({ from, calls: false })),
    // 昨天马莲滩走访了4人
    ...dates.map(({ end }) => ({ from: end, calls: false })),
  ];
}

const longest = 7;
const nameless = flagsOf('的了着过是有说给把被让我你他她们从往但还这那哪谁吗呢吧啊哈嘿呀哦嘛啦几每各');

function spotFrom(document: Document, from: number, calls: boolean): Spot | null {
  const { text } = document;
  let spot: Spot | null = null;
  for (let end = from + 1; end <= from + longest && end <= text.length; end++) {
    if ((!isHan(text, end - 1) && !/[\dA-Za-z]/.test(text[end - 1] ?? '')) || nameless[text.charCodeAt(end - 1)] === 1) break;
    if (end - from < 2 || !goesOnAt(document, end)) continue;
    const kind = kindOf(document, { start: from, end }, calls);
    if (kind) spot = { start: from, end, kind, name: text.slice(from, end) };
  }
  return spot;
}

/** The name is over: the clause ends, or somebody is met there, or something is done. */
function goesOnAt(document: Document, at: number): boolean {
  const { text, words, dates, times, quantities } = document;
  if (!isHan(text, at) && !/[\dA-Za-z]/.test(text[at] ?? '')) return true;
  if (words.at(at).some(({ kind, end }) => kind === 'mode' || kind === 'role' || (kind === 'hint' && end - at > 1))) return true;
  if ([...dates, ...times, ...quantities].some((part) => part.start === at)) return true;
  return saysIn(text.slice(at, at + 4), document, 'behind_spot');
}

/** What a name of a place is not made of. */
const ownWords: ReadonlySet<Kind> = new Set<Kind>([
  'role',
  'mode',
  'hint',
  'service',
  'problem',
  'speech',
  'praise',
  'result',
  'negation',
  'plan',
  'part',
  'day',
  'vague',
  'family',
  'neighbour',
  'emergency',
  'attendance',
  'turn',
  'stop',
]);

function kindOf(document: Document, name: Section, calls: boolean): Spot['kind'] | null {
  const { text, words, lexicon, dates, times, quantities } = document;
  const said = text.slice(name.start, name.end);
  if (words.of('not_place').some((h) => h.end === name.end && h.start >= name.start && h.end - h.start > 1)) return null;
  if (lexicon.noSpots.test(said) || saysIn(said, document, 'never_a_spot') || [...dates, ...times].some((part) => overlap(part, name)))
    return null;
  const inside = words.all.filter((h) => overlap(h, name) && ownWords.has(h.kind));
  const numbered = saysIn(said, document, 'numbered_school');
  if (numbered) return inside.some((h) => h.end - h.start > 1) ? null : 'organisation';
  if (quantities.some((q) => overlap(q, name) && (q.digits || q.kind !== 'unit' || q.measure === '个') && q.kind !== 'bare')) return null;
  const covered = (h: Section): boolean => words.of('compound').some((c) => within(h, c)) || h.end - h.start === 1;
  // 专家楼, 教师新村
  const forWhom = (h: Section): boolean =>
    h.start === name.start && h.end < name.end && saysIn(text.slice(h.end, name.end), document, 'built_for');
  const sound = inside.every((h) => (h.kind === 'role' ? forWhom(h) : covered(h)));
  if (sound && lexicon.spotEndings.test(said)) return 'place';
  if (sound && said.length >= 4 && lexicon.trades.test(said)) return 'organisation';
  // A word that may be anything is a place only where somebody is said to have been met.
  const met = quantities.some((q) => q.kind === 'person' || q.kind === 'personTimes');
  return calls && met && inside.length === 0 && isBareName(document, name) ? 'place' : null;
}

/** 走访翠屏，: nothing but a short name stands there, and nobody is called so. */
function isBareName(document: Document, { start, end }: Section): boolean {
  const { text, words, quantities } = document;
  if (end - start > 4 || isName(document, start, text.slice(start, Math.min(end, start + 3)))) return false;
  if (words.all.some((h) => h.start < end && h.end > start && (h.end - h.start > 1 || h.end > end))) return false;
  if (quantities.some((q) => overlap(q, { start, end }))) return false;
  const said = text.slice(start, end);
  const next = text.slice(end, end + 4);
  return !saysIn(said, document, 'no_bare_name') && (!isHan(text, end) || saysIn(next, document, 'met_behind'));
}
