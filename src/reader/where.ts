import { flagsOf, isHan, type Marks, mark, marksFor } from './characters';
import { type Document, endsOf, type Section, within } from './document';
import type { Spot } from './found';
import { matchAt } from './match';
import { saysIn } from './means';
import { takenBack } from './said-again';
import type { Hit } from './trie';
import { placedSpots } from './whereabouts';
import type { Words } from './words';

const longestName = 14;
const nameCharacter = flagsOf('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789#').fill(1, 0x4e00, 0xa000);

/** All places and organisations named in `section`, by position, none inside another. */
export function spotsIn(document: Document, section: Section): Spot[] {
  document.found.spots ??= allSpots(document);
  return document.found.spots.filter((s) => s.start >= section.start && s.end <= section.end);
}

function allSpots(document: Document): Spot[] {
  const scene = { document, walls: wallsOf(document) };
  const spots: Spot[] = [];
  for (const hit of document.words.all) {
    if (hit.kind === 'gazetteer')
      spots.push({ start: hit.start, end: hit.end, kind: hit.code as Spot['kind'], name: document.text.slice(hit.start, hit.end) });
    else if (hit.kind === 'place' || hit.kind === 'organisation') {
      const spot = spotOf(scene, hit);
      if (spot) spots.push(spot);
    }
  }
  const known = maximal(spots, document.text);
  const placed = placedSpots(document, known);
  const all = placed.length === 0 ? known : [...known, ...placed].sort((a, b) => a.start - b.start);
  return unlessTakenBack(document, all).map((spot) => withTail(document, spot));
}

/** 清溪社区，不对，是柳林社区. */
function unlessTakenBack(document: Document, spots: Spot[]): Spot[] {
  const { text, words } = document;
  if (words.of('again').length === 0) return spots;
  const wrong = takenBack({ text, words, ends: endsOf(document) }, spots).items;
  return wrong.length === 0 ? spots : spots.filter((spot) => !wrong.includes(spot));
}

interface Scene {
  document: Document;
  walls: Marks;
}

/** 便民服务站: the word for how it was done begins the name of a place. */
export const runsIntoName = (words: Words, { start, end }: Section): boolean =>
  [...words.of('place'), ...words.of('organisation')].some((p) => start < p.start && p.start < end && end < p.end);

/** Marks the characters at which a name cannot go on: spaces, dates, counts, verbs and particles. */
function wallsOf({ text, words, dates, times, pii, quantities }: Document): Marks {
  const walls = marksFor(text);
  const wall = (part: Section): void => mark(walls, part, 1);
  for (let i = 0; i < text.length; i++) if (nameCharacter[text.charCodeAt(i)] !== 1) walls[i] = 1;
  words.of('stop').forEach(wall);
  for (const mode of words.of('mode')) if (!runsIntoName(words, mode)) wall(mode);
  for (const hit of words.all) {
    const keeps =
      hit.kind === 'compound' ||
      hit.kind === 'gazetteer' ||
      ((hit.kind === 'place' || hit.kind === 'organisation') && hit.end - hit.start > 1);
    if (keeps) mark(walls, hit, 0);
  }
  dates.forEach(wall);
  times.forEach(wall);
  pii.forEach(wall);
  for (const q of quantities) if (q.kind !== 'unit' || !/^(?:号楼|栋|幢|单元|楼|层|号|组|路|号线|期)$/.test(q.measure)) wall(q);
  return walls;
}

/** 侨联归侨: whom they belong to, not where they were met. */
const isAffiliation = (document: Document, hit: Hit): boolean =>
  hit.kind === 'organisation' && document.words.at(hit.end).some((h) => h.kind === 'role');

function spotOf({ document, walls }: Scene, hit: Hit): Spot | null {
  const { text, lexicon } = document;
  let start = hit.start;
  while (start > 0 && start > hit.start - longestName && walls[start - 1] === 0) start--;
  if (start < hit.start) start = afterGeneric(document, start, hit.start);
  const suffix = text.slice(hit.start, hit.end);
  const after = text.slice(hit.end, hit.end + 4);
  if (hit.kind === 'organisation' && /^(?:界别|界|委员)/.test(after) && saysIn(after, document, 'behind_sector')) return null;
  if (saysIn(`${suffix}${after}`, document, 'no_name_so')) return null;
  for (let at = hit.start + 1; at < hit.end; at++)
    if (document.words.at(at).some((h) => (h.kind === 'role' || h.kind === 'neighbour') && h.end > hit.end)) return null;
  if (
    saysIn(after, document, 'behind_staff') ||
    document.words.of('mode').some((h) => h.start <= hit.start && hit.start < h.end && h.end > hit.end)
  )
    return null;
  if (start === hit.start)
    return lexicon.bare.has(suffix) && !saysIn(after, document, 'behind_sector') && !isAffiliation(document, hit)
      ? { start, end: hit.end, kind: hit.kind as Spot['kind'], name: suffix }
      : null;
  if (document.words.of('not_place').some((h) => h.end === hit.end && h.start >= start && h.start < hit.start)) return null;
  if (suffix === '家' || suffix === '家里' || suffix === '家中') return homeOf(document, { start, end: hit.end });
  const name = text.slice(start, hit.start);
  const numeral =
    /^[\d一二三四五六七八九十两#]+$/.test(name) && !document.words.at(start).some((h) => h.kind === 'festival' && h.end === hit.start);
  if (lexicon.generic.has(name) || numeral || (suffix.length === 1 && !solidName(document, start, hit))) return null;
  return { start, end: hit.end, kind: hit.kind as Spot['kind'], name: text.slice(start, hit.end) };
}

/** Drops 那个, 我们, 全市 and the like, and people, from the front of a name. */
function afterGeneric(document: Document, start: number, until: number): number {
  for (let from = start; ; ) {
    const length = genericLength(document, from, until);
    if (length === 0) return from;
    from += length;
  }
}

function genericLength({ text, words, lexicon }: Document, start: number, until: number): number {
  let longest = lexicon.pronouns.at(text, start, until)?.length ?? 0;
  for (const { kind, end } of words.at(start)) {
    // 青年公寓3号楼 is named after whom it is for.
    const person =
      (kind === 'role' || kind === 'problem') && end < until && end - start > 1 && end - start <= 4 && !words.at(end).some(isNameEnd);
    if (person) longest = Math.max(longest, end - start);
  }
  return longest;
}

const isNameEnd = ({ kind }: Hit): boolean => kind === 'place' || kind === 'organisation';

/** A one-character suffix (村, 县, 路) needs a name that is no ordinary word. */
function solidName(document: Document, start: number, hit: Hit): boolean {
  const name = document.text.slice(start, hit.start);
  if (name.length > 8 || document.words.at(start).some((h) => h.kind === 'role' && h.end === hit.start)) return false;
  const after = document.text[hit.end] ?? ' ';
  const suffix = document.text.slice(hit.start, hit.end);
  // 红柳社区路灯: the lamp's road, not the road's name.
  if (suffix === '路' && '灯面基肩'.includes(after) && document.words.all.some((h) => h.end === hit.start && isNameEnd(h))) return false;
  if (name.endsWith('上') || name.endsWith('下')) return false;
  if ('路街里城组'.includes(suffix) && name.length < 2) return false;
  // 桃源沟村村民: the village's people, no village's name.
  if (suffix === '村' && name.endsWith('村') && '民干务委'.includes(after)) return false;
  return true;
}

/** 李大爷家; 大家 and 专家 are caught before. */
function homeOf(document: Document, { start, end }: Section): Spot | null {
  const { text, lexicon } = document;
  const name = text.slice(start, end).replace(/家[里中]?$/, '');
  const surname = lexicon.surnames.at(name, 0) !== null;
  const oldOne = '老小'.includes(name[0] ?? ' ') && lexicon.surnames.has(name[1] ?? '');
  const kin = lexicon.kin.all.some((k) => name.endsWith(k) && name.length > k.length);
  const role = document.words.of('role').some((h) => h.end === start + name.length && h.start >= start);
  const whose =
    document.words.at(start).some((h) => h.kind === 'role' && h.end - start + 3 >= name.length) ||
    (name.length <= 3 && document.words.of('role').some((h) => h.end === start));
  if (!(surname && name.length >= 2 && name.length <= 6) && !oldOne && !kin && !saysIn(name, document, 'home_of') && !role && !whose)
    return null;
  return { start, end, kind: 'place', name: text.slice(start, end) };
}

/** The longest spot wins where two overlap. */
function maximal(spots: Spot[], text: string): Spot[] {
  if (spots.length < 2) return spots;
  const taken = marksFor(text);
  const kept: Spot[] = [];
  for (const spot of spots.sort((a, b) => b.end - b.start - (a.end - a.start) || a.start - b.start)) {
    // A longer or equal spot that overlaps covers one of the two ends.
    if (taken[spot.start] || taken[spot.end - 1]) continue;
    mark(taken, spot, 1);
    kept.push(spot);
  }
  return kept.sort((a, b) => a.start - b.start);
}

const tail =
  /(?:[A-Za-z]?\d{1,3}[#号](?:楼|院)?|\d{1,3}(?:栋|幢|座)|[一二三四五六七八九十]{1,2}(?:号楼|栋|组|社|期|区|队))(?:\d{1,2}单元)?(?:\d{3,4}室?)?/y;

/** 月牙湾社区3号楼: the number of the building belongs to the place. */
function withTail(document: Document, spot: Spot): Spot {
  const match = matchAt(tail, document.text, spot.end);
  if (!match) return spot;
  return { start: spot.start, end: spot.end + match[0].length, kind: spot.kind, name: spot.name + match[0] };
}

export interface Where {
  place: string | null;
  organisation: string | null;
  span: Section | null;
}

/** 充电站3个: counted, not named. */
const isCounted = (document: Document, spot: Spot): boolean =>
  document.quantities.some(
    (q) => q.start === spot.end && /^[个家处所座]$/.test(q.measure) && q.role === null && !isHan(document.text, q.end),
  );

/** 帮他联系了残联: called upon for somebody else. */
const isCalledFor = ({ text, lexicon }: Document, section: Section, spot: Spot): boolean =>
  saysIn(text.slice(Math.max(section.start, spot.start - 8), spot.start), { lexicon }, 'called_for');

/** Whom a call or message was with: 电话联系了绿源合作社理事长. */
export const partnerOf = (document: Document, section: Section, spots: readonly Spot[]): Where =>
  joined(
    document,
    connected(
      document,
      reachable(document, section, spots).filter(
        (s) =>
          !saysIn(document.text.slice(Math.max(section.start, s.start - 6), s.start), document, 'coordinated') &&
          /联系了?$/.test(before(document, section, s)),
      ),
    ),
  );

/** Where the contact was: the first spot that is not the addressee of a hand-over, with those joined to it. */
export function whereOf(document: Document, section: Section, spots: readonly Spot[]): Where {
  const first = straightOf(document, section, spots);
  const others = reachable(document, section, spots).filter((s) => !isCalledFor(document, section, s));
  return first.span ? first : joined(document, connected(document, others));
}

/** 位置在马头村小学; 昨晚在和平里社区; a clause of its own: ，在凤栖园小区。 */
function isSaidToBe(document: Document, section: Section, spot: Spot): boolean {
  const said = before(document, section, spot);
  if (saysIn(said, document, 'said_to_be')) return true;
  if (!said.endsWith('在')) return false;
  // …，我在便民服务站接待的
  if (/[我们]在$/.test(said) && document.words.at(spot.end).some((h) => h.kind === 'mode')) return true;
  const own = /(?:^|[,。; ])在$/.test(said) && /^(?:$|[,。;])/.test(document.text.slice(spot.end, spot.end + 1));
  return (
    own ||
    document.dates.some((d) => d.end === spot.start - 1 && d.start > section.start && /[,。;]/.test(document.text[d.start - 1] ?? ''))
  );
}

/** 位置在马头村小学: said to be the place, wherever it stands. */
export function labelledOf(document: Document, section: Section, spots: readonly Spot[]): Where {
  return joined(
    document,
    connected(
      document,
      spots.filter((s) => within(s, section) && isSaidToBe(document, section, s)),
    ),
  );
}

/** 卫健局2个科长: who came along. */
const isOfStaff = ({ quantities }: Document, { end }: Spot): boolean =>
  quantities.some((q) => q.start === end && (q.role === 'staff' || q.role === 'member'));

/** 科协, 妇联 without a name of their own say who came, 田间 what kind of spot it was: another place says where. */
const isNowhere = (document: Document, spot: Spot): boolean => {
  const { text, words, lexicon } = document;
  const { name, kind, end } = spot;
  return (
    isOfStaff(document, spot) ||
    (name.endsWith('家') &&
      words.at(end).some((h) => h.kind === 'family' && saysIn(text.slice(h.end, h.end + 6), { lexicon }, 'lives_there'))) ||
    (kind === 'organisation' && lexicon.bare.has(name) && saysIn(name, { lexicon }, 'office_end')) ||
    saysIn(name, { lexicon }, 'open_air')
  );
};

/** 商量暖心驿站的事: what was talked about. */
const isTalkedOf = ({ text, lexicon }: Document, { start, end }: Spot): boolean =>
  saysIn(text.slice(end, end + 3), { lexicon }, 'matter_of') &&
  saysIn(text.slice(Math.max(0, start - 4), start), { lexicon }, 'talked_over');

/** The same without those who were only called upon (已联系卫生院) and those only counted. */
export function straightOf(document: Document, section: Section, spots: readonly Spot[]): Where {
  const named = reachable(document, section, spots).filter(
    (s) => !saysIn(before(document, section, s), document, 'called_upon') && !isTalkedOf(document, s),
  );
  const own = named.filter((s) => !isNowhere(document, s));
  return joined(document, connected(document, own.length > 0 ? own : named));
}

const before = (document: Document, section: Section, spot: Spot): string =>
  document.text.slice(Math.max(section.start, spot.start - 4), spot.start);

/** 跟工会的同志一块去: who came along. */
const cameAlong = ({ text, lexicon }: Document, { start, end }: Spot): boolean =>
  (saysIn(text.slice(Math.max(0, start - 3), start), { lexicon }, 'in_company_of') &&
    saysIn(text.slice(end, end + 2), { lexicon }, 'went_along')) ||
  (saysIn(text.slice(Math.max(0, start - 2), start), { lexicon }, 'along_with') &&
    saysIn(text.slice(end, end + 10), { lexicon }, 'together_with'));

/** 没去成郑家庄，改给他打了电话: where nobody went. */
const isMissed = ({ text, words, lexicon }: Document, { start, end }: Spot): boolean =>
  words.of('negation').some((h) => h.end === start) && saysIn(text.slice(end), { lexicon }, 'later_then');

/** 开餐馆的, 办厂的: what somebody does. */
const isTrade = ({ text, lexicon }: Document, { name, end }: Spot): boolean =>
  saysIn(name, { lexicon }, 'business') && name.length <= 4 && text[end] === '的';

const reachable = (document: Document, section: Section, spots: readonly Spot[]): Spot[] =>
  spots.filter(
    (s) =>
      s.start >= section.start &&
      s.end <= section.end &&
      !saysIn(before(document, section, s), document, 'handed_to') &&
      !isCounted(document, s) &&
      !isTrade(document, s) &&
      !isMissed(document, s) &&
      !cameAlong(document, s),
  );

/** The first spot and what is joined to it by nothing but a connector. */
function connected({ text, lexicon }: Document, good: readonly Spot[]): Spot[] {
  const first = good[0];
  if (!first) return [];
  const group = [first];
  for (const spot of good.slice(1)) {
    const gap = text.slice(group.at(-1)?.end, spot.start);
    if (saysIn(gap, { lexicon }, 'joined_to') || (gap === '的' && spot.kind === 'place')) group.push(spot);
    else break;
  }
  return group;
}

function joined(document: Document, group: readonly Spot[]): Where {
  const { text } = document;
  let place: string | null = null;
  let organisation: string | null = null;
  let previous: Spot | null = null;
  for (const spot of group) {
    const gap = previous === null ? '' : text.slice(previous.end, spot.start);
    const separator = /^ ?$/.test(gap) ? '' : gap === '的' ? gap : '、';
    if (spot.kind === 'place') place = place === null ? spot.name : `${place}${separator}${spot.name}`;
    else organisation = organisation === null ? spot.name : `${organisation}${separator}${spot.name}`;
    previous = spot;
  }
  const [first] = group;
  return { place, organisation, span: first ? { start: first.start, end: group.at(-1)?.end ?? first.end } : null };
}

export type { Spot };
