import { type Document, type Section, within } from './document';
import { matchesOf } from './match';
import type { Where } from './where';

/** What may stand inside a name that is in no word list. */
const harmless: ReadonlySet<string> = new Set(['place', 'organisation', 'compound', 'not_place', 'gazetteer', 'topic', 'hint', 'measure']);

/**
 * A slot of its own may say where although its name is none we know: /记录 走访 昨天 华兴纺织 4人 (an organisation by its
 * trade), /记录 走访 昨天 老龙口 4人 (a place by its ending). Only for terse lines: inside a sentence such words say anything.
 */
export function slotWhere(document: Document, section: Section): Where | null {
  for (const match of matchesOf(/[\u4e00-\u9fffA-Za-z\d]{2,9}/g, document.text.slice(section.start, section.end))) {
    const slot = { start: section.start + match.index, end: section.start + match.index + match[0].length };
    if (!standsAlone(document, section, slot) || !isUnread(document, slot)) continue;
    const { trades, spotEndings } = document.lexicon;
    const name = match[0];
    if (trades.test(name) && /^[\u4e00-\u9fff]{4,8}$/.test(name)) return { place: null, organisation: name, span: slot };
    if (spotEndings.test(name) && !isTopic(document, slot)) return { place: name, organisation: null, span: slot };
  }
  return null;
}

const standsAlone = ({ text }: Document, section: Section, { start, end }: Section): boolean =>
  (start === section.start || text[start - 1] === ' ') && (end === section.end || text[end] === ' ');

const isUnread = ({ words, dates, times, quantities }: Document, slot: Section): boolean =>
  words.all.every((h) => !within(h, slot) || harmless.has(h.kind)) &&
  [...dates, ...times, ...quantities].every((part) => !within(part, slot));

const isTopic = ({ words }: Document, slot: Section): boolean => words.of('topic').some((h) => within(h, slot));
