import { isHanWord } from '../../reader/characters';
import { type Document, type Section, within } from '../../reader/document';
import { matchesOf } from '../../reader/match';
import type { Where } from '../../reader/where';

/** What may stand inside a name that is in no word list. */
const harmless: ReadonlySet<string> = new Set([
  'place',
  'organisation',
  'compound',
  'not_place',
  'gazetteer',
  'topic',
  'hint',
  'measure',
  'level',
  'turn',
]);

/** A terse line has a handful; each is compared with everything that was read. */
const mostSlots = 40;

/**
 * A slot of its own may say where although its name is none we know: /记录 走访 昨天 华兴纺织 4人 (an organisation by its
 * trade), /记录 走访 昨天 老龙口 4人 (a place by its ending). Only for terse lines: inside a sentence such words say anything.
 */
export function slotWhere(document: Document, section: Section): Where | null {
  for (const match of matchesOf(/[\u4e00-\u9fffA-Za-z\d]{2,9}/g, document.text.slice(section.start, section.end)).slice(0, mostSlots)) {
    const slot = { start: section.start + match.index, end: section.start + match.index + match[0].length };
    if (!standsAlone(document, section, slot) || !isUnread(document, slot)) continue;
    const { trades, spotEndings } = document.lexicon;
    const name = match[0];
    if (trades.test(name) && isHanWord(name, 4, 8)) return { place: null, organisation: name, span: slot };
    if (spotEndings.test(name) && !isTopic(document, slot)) return { place: name, organisation: null, span: slot };
  }
  return null;
}

/** 我去了趟柏树坪，; 在老槐树下开板凳会: said to be where by the words around it. */
const wentTo =
  /(?:去了?一?趟|去了|跑了一?趟|走了一?趟|来到|到了)(?:那个|这个|咱们?|我们)?([\u4e00-\u9fff]{2,5})(?=[,。; ]|$|转|看|走|跟|和)/;
const metAt = /在([\u4e00-\u9fff]{1,5}(?:树下|桥头|门口|路口|村口|楼下|亭里|院里|河边|湖边|路边|田边))(?=[\u4e00-\u9fff,。; ]|$)/;

/** Where a sentence says it was, when no name in it is a known kind of place. */
export function placeSaid(document: Document, section: Section): Where | null {
  const body = document.text.slice(section.start, section.end);
  for (const pattern of [wentTo, metAt]) {
    const match = pattern.exec(body);
    const name = match?.[1] ?? '';
    const { trades, spotEndings } = document.lexicon;
    const trade = pattern === wentTo && name.length >= 4 && trades.test(name);
    if (!match || (pattern === wentTo && !trade && !spotEndings.test(name))) continue;
    const start = section.start + match.index + match[0].length - name.length;
    const span = { start, end: start + name.length };
    if (pattern === metAt || isUnread(document, span)) return { place: trade ? null : name, organisation: trade ? name : null, span };
  }
  return null;
}

const standsAlone = ({ text }: Document, section: Section, { start, end }: Section): boolean =>
  (start === section.start || text[start - 1] === ' ') && (end === section.end || text[end] === ' ' || text[end] === '。');

const isUnread = ({ words, dates, times, quantities }: Document, slot: Section): boolean =>
  words.all.every((h) => !within(h, slot) || harmless.has(h.kind) || (h.kind === 'role' && h.end < slot.end)) &&
  [...dates, ...times, ...quantities].every((part) => !within(part, slot));

const isTopic = ({ words }: Document, slot: Section): boolean => words.of('topic').some((h) => within(h, slot) && h.end === slot.end);
