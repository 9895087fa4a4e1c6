import { flagsOf, type Marks, mark, marksFor } from './characters';
import { type Document, hitsOf, overlap, type Section, within } from './document';
import type { PersonName } from './found';
import { matchesOf } from './match';
import { saysIn } from './means';

const stops = '[\\s,。;:!?、"“”~.\\-+，！？]';
const speakers = '大家|他们?|她们?|居民们?|群众们?|村民们?|职工们?|家长们?|都|也|就|还|主要|一致|纷纷';
const saying = '反映|反应|说|讲|提到|谈到|谈了谈?|谈的是|聊到|聊了聊?|聊的是|唠了唠?|唠的是|讲了讲?|问到|诉说';
const said = `(?:${speakers})*(?:${saying})(?:了|是|的是|到|起|出|说)*(?!法|明|服|教|课)`;
const openings = '那个|这个|嗯|呃|啊|吧|呢|嘛|就是说?|然后|对了|主要是?|关于|围绕|了解到?|其中|共|和|与|跟|对|向|在|去|到|了|的|于';
const endings = '了|吧|啊|呢|嘛|哈|呀|哦|的事情?|等等?问题|之类的?|什么的|那个|这个|一下|等|和|与|在';
/** What constituents' words are introduced with, and what hangs on to them in speech. */
const lead = new RegExp(`^(?:${stops}|${said}|${openings})+`);
const tail = new RegExp(`(?:${stops}|${endings})+$`);

/** A stretch of speech without what introduces it and what it trails off in. */
export const tidy = (words: string): string =>
  words
    .replace(lead, '')
    .replace(tail, '')
    .replace(/(?<=[\u4e00-\u9fff])(?:那个|这个|嗯+|呃+|就是说)(?=[\u4e00-\u9fff])/g, '');

const aside =
  /(?:请|麻烦|帮忙?|帮我|给我|劳驾|再)*(?:记录|补录|补记|记|登记|录)(?:一?[下条笔个]|上)[吧啊哈呗]?|(?:一起|一同|一道|结伴|同行|同去|共同)(?:去|到|前往)?(?:了)?/g;

/** What of `section` says what it was about: all but when, where, who, how, what came of it, and courtesies. */
export function contentIn(
  document: Document,
  section: Section,
  taken: readonly (Section | null)[],
  companions: readonly PersonName[],
): Section[] {
  const known = marksFor(document.text);
  const take = (part: Section): void => mark(known, part, 1);
  for (const part of taken) if (part) take(part);
  for (const q of document.quantities)
    if (within(q, section) && (q.kind === 'person' || q.kind === 'personTimes' || q.role !== null))
      take({ start: Math.min(q.start, q.nounStart), end: Math.max(q.end, q.nounEnd) });
  document.pii.forEach(take);
  document.times.forEach(take);
  document.takenBack.forEach(take);
  for (const name of companions) take(withJoints(document, name));
  const said = document.text.slice(section.start, section.end);
  for (const match of matchesOf(aside, said)) takeAt(take, section, match);
  if (document.lexicon.courtesies.test(said))
    for (const word of document.lexicon.vocabulary.cues.courtesies)
      for (let at = said.indexOf(word); at >= 0; at = said.indexOf(word, at + word.length))
        take({ start: section.start + at, end: section.start + at + word.length });
  return piecesOf(document, section, known).filter((piece) => says(document, piece));
}

const takeAt = (take: (part: Section) => unknown, section: Section, match: RegExpExecArray): unknown =>
  take({ start: section.start + match.index, end: section.start + match.index + match[0].length });

/** 和周岚、韩立舟委员一起: the names with the words that join them. */
function withJoints({ text, lexicon }: Document, { start, end }: Section): Section {
  const before = lexicon.acts.company_before.exec(text.slice(Math.max(0, start - 2), start));
  const after = lexicon.acts.company_behind.exec(text.slice(end, end + 8));
  return { start: start - (before?.[0].length ?? 0), end: end + (after?.[0].length ?? 0) };
}

const gaps = flagsOf(' \n,。;!?');

function piecesOf(document: Document, section: Section, known: Marks): Section[] {
  const pieces: Section[] = [];
  let start = section.start;
  for (let i = section.start; i <= section.end; i++) {
    if (i < section.end && known[i] === 0 && gaps[document.text.charCodeAt(i)] !== 1) continue;
    if (i > start) pieces.push(trimmed(document.text, { start, end: i }));
    start = i + 1;
  }
  return pieces;
}

function trimmed(text: string, { start, end }: Section): Section {
  const from = start + (lead.exec(text.slice(start, end))?.[0].length ?? 0);
  return { start: from, end: Math.max(from, end - (tail.exec(text.slice(from, end))?.[0].length ?? 0)) };
}

/** 12户居民: who and how many, but nothing said. */
function onlyCounts(document: Document, piece: Section): boolean {
  const counted = document.quantities.filter((q) => overlap(q, piece));
  if (counted.length === 0) return false;
  const known = [...counted, ...hitsOf(document, 'role', piece), ...hitsOf(document, 'mode', piece)];
  let left = '';
  for (let i = piece.start; i < piece.end; i++) if (!known.some((q) => q.start <= i && i < q.end)) left += document.text[i] ?? '';
  return saysIn(left, document, 'only_units');
}

const label = /^[\u4e00-\u9fff]{2,6}:/;

/** Whether a piece is more than a count, a label, a name of people, or what came of it. */
function says(document: Document, piece: Section): boolean {
  const words = document.text.slice(piece.start, piece.end).replace(label, '');
  if (!/[\u4e00-\u9fff][^\u4e00-\u9fff]*[\u4e00-\u9fff]/.test(words)) return false;
  if (document.lexicon.labels.has(words)) return false;
  const whole = (kind: 'role' | 'mode' | 'hint' | 'part'): boolean =>
    hitsOf(document, kind, piece).some(
      (h) => (h.start === piece.start || document.text.slice(piece.start, h.start) === '给') && h.end === piece.end,
    );
  if (/界别?$/.test(words)) return false;
  if (whole('role') || whole('mode') || whole('hint') || whole('part')) return false;
  if (onlyCounts(document, piece)) return false;
  return hitsOf(document, 'result', piece).length === 0 || hitsOf(document, 'problem', piece).length > 0;
}
