import { type Document, type Section, within } from '../../reader/document';
import { matchesOf } from '../../reader/match';
import { saysIn } from '../../reader/means';
import { contactsIn, isStock } from '../../reader/people';
import type { Quantity } from '../../reader/quantities';
import { spotsIn } from '../../reader/where';

const listMark = /(?:^|[\s\n,。;:])(?:\(?\d{1,2}[.、)](?!\d)|\(\d{1,2}\)|[①-⑩]|第[一二三四五六七八九十]条[:,]?|[一二三四五六七八九十]、)/g;

/** The contacts of one message, each with its own count or place; empty when there is only one. */
export function partsOf(document: Document, whole: Section): Section[] {
  const { section, announced } = toldIn(document, whole);
  const named = announced ? contactsIn(document, section, false).length : 0;
  const counted = document.quantities.filter((q) => within(q, section) && isCounted(document, q) && !isStock(document, q)).length;
  if (counted + named < 2) return [];
  for (const cutting of cuts) {
    const parts = cutting(document, section);
    if (parts.length >= 2) return parts;
  }
  return [];
}

/** 记两笔：…；…: what stands behind the colon; each is a contact then, though it names who was met and counts nobody. */
function toldIn({ text, lexicon }: Document, { start, end }: Section): { section: Section; announced: boolean } {
  const opening = lexicon.acts.several_told.exec(text.slice(start, end));
  return opening ? { section: { start: start + opening[0].length, end }, announced: true } : { section: { start, end }, announced: false };
}

const isAnnounced = (document: Document): boolean => saysIn(document.text, document, 'several_told');

type Cutting = (document: Document, section: Section) => Section[];

const cuts: readonly Cutting[] = [
  byMarks,
  (document, section) => bySeparator(document, section, /[\n]/g),
  (document, section) => bySeparator(document, section, /[;。]/g),
  byAnchor,
  byDayCount,
  (document, section) => bySeparator(document, section, /[,]/g),
  byCount,
];

const countsConstituents = (q: Quantity): boolean =>
  (q.kind === 'person' || q.kind === 'personTimes') && q.role !== 'member' && q.role !== 'staff' && !q.among;

/** 15号又打电话回访了其中2个: some of those met before, met once more. */
const isCounted = (document: Document, q: Quantity): boolean =>
  countsConstituents(q) ||
  (q.among && q.kind === 'person' && saysIn(document.text.slice(Math.max(0, q.start - 16), q.start), document, 'once_again_of'));

function byMarks(document: Document, section: Section): Section[] {
  const text = document.text.slice(section.start, section.end);
  const marks = matchesOf(listMark, text).map((m) => section.start + m.index);
  if (marks.length < 2) return [];
  return complete(document, cut(section, marks));
}

const cut = (section: Section, starts: readonly number[]): Section[] =>
  starts.map((start, i) => ({ start, end: starts[i + 1] ?? section.end }));

function bySeparator(document: Document, section: Section, separator: RegExp): Section[] {
  const text = document.text.slice(section.start, section.end);
  if (saysIn(text, document, 'field_labels') && /\n/.test(text)) return [];
  const ends = matchesOf(separator, text).map((m) => section.start + m.index);
  if (ends.length === 0) return [];
  const starts = [section.start, ...ends.map((e) => e + 1)];
  const pieces = starts.map((start, i) => ({ start, end: ends[i] ?? section.end }));
  const parts = pieces.filter((piece) => isContact(document, piece));
  return parts.length >= 2 ? parts.map((part, i) => ({ start: part.start, end: parts[i + 1]?.start ?? section.end })) : [];
}

/** A day or part of the day begins each contact: 昨天上午…8人 下午…11人. */
function byAnchor(document: Document, section: Section): Section[] {
  const anchors = [...document.dates.filter((d) => d.kind === 'day' || d.kind === 'range'), ...document.times.filter((t) => t.part)]
    .filter((a) => within(a, section))
    .sort((a, b) => a.start - b.start)
    .map((a) => a.start);
  if (anchors.length < 2) return [];
  const parts = cut(section, anchors);
  // 昨天跑了两个地方 上午…: what stands before the first contact only says when.
  const first = parts.findIndex((part) => isContact(document, part));
  return first < 0 ? [] : complete(document, parts.slice(first));
}

/** A day and its count, a day and its count: 9月21日 12人 9月22日 8人. */
function byDayCount(document: Document, section: Section): Section[] {
  const days = document.dates.filter((d) => d.kind === 'day' && within(d, section)).sort((a, b) => a.start - b.start);
  const counts = document.quantities.filter((q) => within(q, section) && countsConstituents(q));
  const follows = (end: number): boolean =>
    counts.some((q) => q.start >= end && /^[\s有见共:]{0,3}$/.test(document.text.slice(end, q.start)));
  return days.length >= 2 && days.length === counts.length && days.every((d) => follows(d.end))
    ? cut(
        section,
        days.map((d) => d.start),
      )
    : [];
}

/** Every part must stand for itself; one that does not makes the message a single contact. */
const complete = (document: Document, parts: Section[]): Section[] =>
  parts.length >= 2 && parts.every((part) => isContact(document, part)) ? parts : [];

function isContact(document: Document, part: Section): boolean {
  const counted =
    document.quantities.some((q) => within(q, part) && isCounted(document, q) && !isStock(document, q)) ||
    (isAnnounced(document) && contactsIn(document, part, false).length > 0);
  // 1号楼7人，2号楼8人: one place still.
  const spot = spotsIn(document, part).some((s) => !saysIn(s.name, document, 'building_only'));
  const mode = document.words.of('mode').some((h) => within(h, part));
  const day = [...document.dates, ...document.times].some((d) => within(d, part));
  return counted && (spot || (mode && day));
}

/** 红柳社区8人、和平里社区11人: place and count, place and count. */
function byCount(document: Document, section: Section): Section[] {
  const spots = spotsIn(document, section);
  const parts: Section[] = [];
  for (const [i, spot] of spots.entries()) {
    const end = spots[i + 1]?.start ?? section.end;
    const counted = document.quantities.some(
      (q) =>
        q.start === spot.end + (document.text[spot.end] === ' ' ? 1 : 0) &&
        q.end <= end &&
        (q.kind === 'person' || q.kind === 'personTimes'),
    );
    if (counted) parts.push({ start: spot.start, end });
  }
  return parts.length >= 2 && parts.length === spots.length ? parts : [];
}
