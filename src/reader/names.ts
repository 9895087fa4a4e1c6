import { flagsOf, isHanWord } from './characters';
import type { Document, Section } from './document';
import { overlap, within } from './document';
import type { PersonName } from './found';
import { matchesOf } from './match';
import { saysIn } from './means';
import type { Hit } from './trie';

const han = /[\u4e00-\u9fff]/;
/** Characters that stand before a name but never in a surname's place. */
const given = /^[\u4e00-\u9fff]/;
const notGiven = /[的了和与跟到去在说反是有家里们个位名人,、]/;

const surnameAt = ({ text, lexicon }: Document, at: number): string | null => lexicon.surnames.at(text, at);

/** 李大爷, 王桂芬阿姨, 张主任, 周岚委员, 老李: everyone named in `section`, by position. */
export function namesIn(document: Document, section: Section): PersonName[] {
  document.found.names ??= allNames(document);
  return document.found.names.filter((name) => within(name, section));
}

function allNames(document: Document): PersonName[] {
  const { text, lexicon } = document;
  const found: PersonName[] = [];
  const members = document.words.of('member_name');
  for (let at = 0; at < text.length; ) {
    const may = lexicon.mayBeginName[text.charCodeAt(at)] === 1 || (members.length > 0 && memberAt(document, at) !== undefined);
    const name = may && !isMeasure(text, at) ? nameAt(document, at) : null;
    if (name) found.push(name);
    at = name ? name.end : at + 1;
  }
  return found;
}

const measures = flagsOf('位名个');

/** 3位老人: a count, nobody called 位. */
const isMeasure = (text: string, at: number): boolean =>
  measures[text.charCodeAt(at)] === 1 && /[\d一二两三四五六七八九十百余多几来]/.test(text[at - 1] ?? '');

/** A member's name that is no part of a longer word (周庄 in 周庄社区, 高原 in 高原病). */
const memberAt = ({ words }: Document, at: number): Hit | undefined => {
  const here = words.at(at);
  const name = here.findLast((h) => h.kind === 'member_name');
  const longer = name && (here.some((h) => h.end > name.end && h.kind !== 'member_name') || isSpotEnding(words.at(name.end)));
  return longer ? undefined : name;
};

const isSpotEnding = (here: readonly Hit[]): boolean =>
  here.some((h) => h.end - h.start > 1 && (h.kind === 'place' || h.kind === 'organisation'));

function nameAt(document: Document, at: number): PersonName | null {
  const own = memberAt(document, at);
  if (own) return { start: at, end: own.end, name: own.code, kind: 'companion' };
  return titled(document, at) ?? oldOrYoung(document, at) ?? fullName(document, at);
}

function titled(document: Document, at: number): PersonName | null {
  const surname = surnameAt(document, at);
  if (!surname || startsWord(document, at)) return null;
  const { text } = document;
  for (const length of [0, 2, 1]) {
    const end = at + surname.length + length;
    const contact = document.lexicon.kin.at(text, end);
    const official = document.lexicon.officials.at(text, end);
    if (contact === null && official === null) continue;
    const first = text.slice(at + surname.length, end);
    if (length > 0 && (!given.test(first) || notGiven.test(first))) continue;
    if (length === 1 && risky.test(surname)) continue;
    if (official && official.length >= (contact?.length ?? 0))
      return official === '委员' && length > 0
        ? { start: at, end, name: text.slice(at, end), kind: 'companion' }
        : {
            start: at,
            end: end + official.length,
            name: text.slice(at, end + official.length),
            kind: official === '委员' ? 'companion' : 'official',
          };
    if (contact && plausible(document, { at, end, title: contact, length }))
      return { start: at, end: end + contact.length, name: text.slice(at, end + contact.length), kind: 'contact' };
  }
  return null;
}

/** 和 before 平, 马 before 路: a vocabulary word beginning here is no surname, unless it is only a word of one character. */
function startsWord(document: Document, at: number): boolean {
  // 访谈护士: nobody called 谈.
  if (at > 0 && document.words.at(at - 1).some((h) => (h.kind === 'hint' || h.kind === 'mode') && h.end === at + 1)) return true;
  return document.words
    .at(at)
    .some((h) => h.end - h.start > 1 && (h.kind === 'compound' || h.kind === 'role' || h.kind === 'topic' || h.kind === 'mode'));
}

function plausible({ text, lexicon }: Document, name: { at: number; end: number; title: string; length: number }): boolean {
  const after = text[name.end + name.title.length] ?? '';
  if (/^(?:总|工)$/.test(name.title) && ((han.test(after) && !saysIn(after, { lexicon }, 'behind_short_title')) || name.length > 0))
    return false;
  if (saysIn(name.title, { lexicon }, 'weak_titles') && name.length > 0)
    return !han.test(text[name.at - 1] ?? '') || saysIn(text[name.at - 1] ?? '', { lexicon }, 'before_short_title');
  return true;
}

const ages = flagsOf('老小大');

/** 老李, 小王: only where the sentence treats it as a person. */
function oldOrYoung(document: Document, at: number): PersonName | null {
  const { text, lexicon } = document;
  if (ages[text.charCodeAt(at)] !== 1 || !lexicon.surnames.has(text[at + 1] ?? '')) return null;
  const before = text.slice(Math.max(0, at - 2), at);
  const after = text.slice(at + 2, at + 4);
  const person =
    (saysIn(before, document, 'before_lone_name') || isRoleBefore(document, at)) && saysIn(after, document, 'behind_lone_name');
  const word = document.words.at(at).some((h) => h.end > at + 1 && h.kind !== 'topic' && h.kind !== 'not_place');
  return person && !word ? { start: at, end: at + 2, name: text.slice(at, at + 2), kind: 'contact' } : null;
}

const isRoleBefore = (document: Document, at: number): boolean =>
  document.words.of('role').some((h) => h.code === 'constituent' && h.end === at);

/** 种粮大户刘建设, 给张建国打电话: a whole name where the sentence asks for a person. */
function fullName(document: Document, at: number): PersonName | null {
  const { text } = document;
  const before = text.slice(Math.max(0, at - 12), at);
  if (!saysIn(before, document, 'before_name') && !isRoleBefore(document, at)) return null;
  for (const length of [3, 2]) {
    const name = text.slice(at, at + length);
    if (
      name.length === length &&
      isHanWord(name) &&
      isName(document, at, name) &&
      saysIn(text.slice(at + length, at + length + 2), document, 'behind_name')
    )
      return { start: at, end: at + length, name, kind: 'contact' };
  }
  return null;
}

/** Names that stand alone between spaces (电话 昨天 张建国 低保); for terse lines that name nobody else. */
export function loneNamesIn(document: Document, section: Section): PersonName[] {
  const found: PersonName[] = [];
  let start = section.start;
  for (let end = start; end <= section.end; end++) {
    if (end < section.end && apart[document.text.charCodeAt(end)] !== 1) continue;
    const name = end - start === 3 ? document.text.slice(start, end) : '';
    const lone = { start, end };
    if (isHanWord(name, 3, 3) && isName(document, start, name) && !endsLikeASpot(document, lone) && !isSaying(document, lone))
      found.push({ start, end, name, kind: 'contact' });
    start = end + 1;
  }
  return found;
}

/** 沙河村 is no Mr. Sha. */
const endsLikeASpot = ({ words }: Document, { start, end }: Section): boolean =>
  [...words.of('place'), ...words.of('organisation')].some((h) => h.end === end && h.start >= start);

/** 包粽子 is nobody's name, nor is 谢谢哈. */
const isSaying = ({ text, words, lexicon }: Document, { start, end }: Section): boolean =>
  lexicon.courtesies.test(text.slice(start, end)) || words.at(start + 1).some((h) => h.end === end && doing.has(h.kind));
const doing: ReadonlySet<string> = new Set(['service', 'mode', 'hint', 'problem']);

const apart = flagsOf(' \n,、');

const looseName = '[\\u4e00-\\u9fff]{2,3}';
const companionList = new RegExp(
  `(?:和|与|跟|同|会同|陪同|陪|约|叫上|约上|随|偕|联合|带上|同行|随行|:|^|[\\s,。;])(${looseName}(?:[、和与及,]${looseName}){0,7})(?=(?:[两二三四五六七八九十\\d]+[位名个])?(?:政协)?委员(?!会|工作|所)|(?:等[两二三四五六七八九十\\d]*[位名个]?)?(?:政协)?委员(?!会|工作)|(?:几位|两人|三人)?(?:一起|一同|一道|结伴|同去|同行|共同))`,
  'g',
);

/** Fellow members: 和周岚、韩立舟委员一起, 同行周岚; each name must begin with a surname. */
export function companionsIn(document: Document, section: Section): PersonName[] {
  const titledOnes = namesIn(document, section).filter((n) => n.kind === 'companion');
  const part = document.text.slice(section.start, section.end);
  if (!saysIn(part, document, 'companion_words')) return titledOnes;
  const listed = matchesOf(companionList, part).flatMap((match) => {
    const offset = section.start + match.index + match[0].length - (match[1] ?? '').length;
    return namesOfList(document, match[1] ?? '', offset);
  });
  const seen = new Set<string>();
  return [...titledOnes, ...listed].filter((n) => !seen.has(n.name) && seen.add(n.name)).sort((a, b) => a.start - b.start);
}

/** The names of 周岚、韩立舟 (split at 、和与); words that are no names are left out. */
export function namesOfList(document: Document, list: string, offset: number): PersonName[] {
  const pieces: PersonName[] = [];
  let at = offset;
  for (const name of list.split(/([、和与及,\s])/)) {
    pieces.push({ start: at, end: at + name.length, name, kind: 'companion' });
    at += name.length;
  }
  const sure = pieces.filter((piece) => isName(document, piece.start, piece.name));
  // 韩立舟、高敏: beside a name 高敏 is one too.
  return sure.length === 0 ? sure : pieces.filter((piece) => sure.includes(piece) || isName(document, piece.start, piece.name, true));
}

/** Surnames that begin ordinary words: alone with one more character they make no name. */
export const startsLikeAWord = (word: string): boolean => risky.test(word);

const risky = /^[全台来都查应向和同从明公时成方高文党安解强车房边花商计平马白常金石江温关万路田牛毛水贺项焦柴单童包原东有本农经管宣卫社家]/;

/** A surname and one or two more characters that form no vocabulary word. */
export function isName(document: Document, at: number, word: string, besideNames = false): boolean {
  const surname = surnameAt(document, at);
  const member = memberAt(document, at);
  // 周岚不(来): a name that is known is no part of a longer one.
  if (member) return member.code === word;
  if (isMeasure(document.text, at)) return false;
  if (document.dates.some((d) => overlap(d, { start: at, end: at + word.length }))) return false;
  if ((word.length === 2 && !besideNames && risky.test(word)) || /^(?:[查全都来应向和同从有本]|付[款费钱给出清息账]|孙[子女])/.test(word))
    return false;
  if (!surname || word.length <= surname.length || word.length > surname.length + 2 || notGiven.test(word.slice(surname.length)))
    return false;
  return !document.words.at(at).some((h) => h.end - h.start > 1 && h.kind !== 'member_name' && h.kind !== 'stop' && h.kind !== 'not_place');
}

export type { PersonName };
