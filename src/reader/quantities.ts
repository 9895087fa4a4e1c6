import type { Act } from './act-names';
import { isHan } from './characters';
import { matchAt } from './match';
import { type NumberToken, readNumber, scanNumbers } from './numbers';
import { findServiceNumbers } from './pii';
import type { Hit } from './trie';
import type { Words } from './words';

/** A number and what it counts (issue: "what a number counts decides"). */
export interface Quantity {
  /** Of the number itself and of the number with its measure word. */
  start: number;
  end: number;
  value: number;
  approx: boolean;
  kind: 'person' | 'personTimes' | 'household' | 'unit' | 'bare';
  /** The measure word: 户, 家, 条. */
  measure: string;
  /** Who is counted; null when nobody is named. */
  role: 'constituent' | 'member' | 'staff' | null;
  helper: boolean;
  /** Where the noun that names them starts or ends, whichever is further out. */
  nounStart: number;
  nounEnd: number;
  /** 每户2人 */
  per: boolean;
  /** 一共29人 */
  total: boolean;
  /** 其中老人8人 */
  among: boolean;
  digits: boolean;
}

/** The line whose numbers are read. */
export interface Told {
  text: string;
  words: Words;
  acts: Readonly<Record<Act, RegExp>>;
}

interface Line extends Told {
  rolesByEnd: ReadonlyMap<number, Hit[]>;
}

interface Range {
  start: number;
  end: number;
}

const tensAt = /[百千万]|[一二三四五六七八九]?[十百]/y;
const nounGap = /^[ :共约有近大概一计总来去了等各达到为是的数超]*$/;

/** The quantities of `text`; numbers inside `taken` (dates, times, phone numbers) are none. */
export function readQuantities(line: Told, taken: readonly Range[]): Quantity[] {
  const { text, words, acts } = line;
  const families = words.of('family');
  const occupied = [...taken, ...findServiceNumbers(text)];
  const free = (r: Range): boolean => !occupied.some((t) => r.start < t.end && t.start < r.end);
  const found: Quantity[] = [];
  for (const hit of families) {
    const family = free(hit) ? familyOf(line, hit, families) : null;
    if (family) found.push(family);
  }
  for (const hit of words.of('role'))
    if (free(hit) && hit.code === 'constituent' && acts.someone.test(text.slice(Math.max(0, hit.start - 4), hit.start)))
      found.push(oneOf(text, hit));
  const told: Line = { text, words, acts, rolesByEnd: endsOf(words) };
  for (const number of scanNumbers(text)) {
    if (!free(number) || found.some((f) => number.start < f.end && f.start < number.end)) continue;
    const quantity = quantityOf(told, mergeRange(text, number));
    if (quantity) found.push(quantity);
  }
  if (found.length < 2) return found;
  return found.sort((a, b) => a.start - b.start).filter((q, i, all) => i === 0 || q.start >= (all[i - 1]?.end ?? 0));
}

function endsOf(words: Words): Map<number, Hit[]> {
  const ends = new Map<number, Hit[]>();
  const add = (hit: Hit): void => {
    const there = ends.get(hit.end);
    if (there) there.push(hit);
    else ends.set(hit.end, [hit]);
  };
  words.of('role').forEach(add);
  words.of('helper').forEach(add);
  words.of('counted_as').forEach(add);
  return ends;
}

const oneOf = (text: string, hit: Hit): Quantity => ({
  start: hit.start - 1,
  end: hit.start,
  value: 1,
  approx: false,
  kind: 'person',
  measure: text[hit.start - 1] ?? '',
  role: 'constituent',
  helper: false,
  nounStart: hit.start - 1,
  nounEnd: hit.end,
  per: false,
  total: false,
  among: false,
  digits: true,
});

/** 老两口 is two people; 我们俩 includes the speaker and is none. */
function familyOf({ text, acts }: Told, hit: Hit, all: readonly Hit[]): Quantity | null {
  const longer = all.some((o) => o !== hit && o.start <= hit.start && o.end >= hit.end && o.end - o.start > hit.end - hit.start);
  if (longer || /[我咱]们?$/.test(text.slice(Math.max(0, hit.start - 2), hit.start))) return null;
  const word = text.slice(hit.start, hit.end);
  if (acts.family_counted.test(text.slice(hit.end, hit.end + 2))) return null;
  if (word === '俩' && acts.two_of_things.test(text[hit.end] ?? '')) return null;
  return {
    start: hit.start,
    end: hit.end,
    value: Number(hit.code),
    approx: false,
    kind: 'person',
    measure: word,
    role: null,
    helper: false,
    nounStart: hit.start,
    nounEnd: hit.end,
    per: false,
    total: false,
    among: false,
    digits: true,
  };
}

/** 10-15人, 十到十五个: the lower bound. */
function mergeRange(text: string, number: NumberToken): NumberToken {
  const separator = text[number.end] ?? '';
  if (separator === '、' && !number.digits) return neighbours(text, number);
  if (!'-~到至'.includes(separator || ' ')) return number;
  const second = readNumber(text, number.end + 1);
  if (!second || second.value <= number.value || !'人名位个户家'.includes(text[second.end] ?? ' ')) return number;
  return { start: number.start, end: second.end, value: number.value, approx: true, digits: number.digits };
}

/** 七、八个, 五、六十人: one number about so large. */
function neighbours(text: string, number: NumberToken): NumberToken {
  const second = readNumber(text, number.end + 1);
  if (!second || second.digits || number.value > 9 || !'人名位个口号'.includes(text[second.end] ?? ' ')) return number;
  const factor = second.value / (number.value + 1);
  return factor === 1 || factor === 10 || factor === 100
    ? { start: number.start, end: second.end, value: number.value * factor, approx: true, digits: false }
    : number;
}

/** 百家湖社区, 千户苗寨, 五家渠社区, 十二户村: a number that begins a name. */
function beginsName({ text, words, acts }: Line, number: NumberToken, measure: Measure | null): boolean {
  if (number.digits || !measure || !'户家'.includes(measure.word)) return false;
  const ends = (at: number): boolean =>
    words.at(at).some((h) => h.kind === 'place' && h.code !== '家') && !words.at(at).some((h) => h.kind === 'role');
  const terrain = acts.terrain.test(text.slice(measure.end)) ? 1 : 0;
  if ('百千万'.includes(text.slice(number.start, number.end))) return [0, 1, 2].some((i) => ends(measure.end + i));
  return (terrain === 1 && ends(measure.end + 1)) || (ends(measure.end) && acts.village_end.test(text.slice(measure.end, measure.end + 2)));
}

/** 第3, 前3名, R3, 1.5 after its point, -3: they count nothing. */
function isNoCount(text: string, { start, end, digits }: NumberToken): boolean {
  const previous = text[start - 1] ?? '';
  return (
    previous === '第' ||
    (previous === '前' && /^ ?名/.test(text.slice(end, end + 2))) ||
    /[A-Za-z_#]/.test(previous) ||
    (previous === '.' && digits) ||
    (previous === '-' && digits && /(?:^|[ ,:]|人[数次])-$/.test(text.slice(Math.max(0, start - 3), start)))
  );
}

function quantityOf(line: Line, number: NumberToken): Quantity | null {
  const { text, acts } = line;
  if (isNoCount(text, number)) return null;
  const spaced = text[number.end] === ' ' && number.digits;
  const found = measureAt(line, spaced ? number.end + 1 : number.end);
  const measure = spaced && found?.kind === 'unit' ? null : found;
  if (beginsName(line, number, measure) || isLabel(line, measure)) return null;
  const kind = measure ? measure.kind : 'bare';
  if (kind === 'bare' && !number.digits && !isAlone(text, number) && !isCounted(line, number)) return null;
  if (kind === 'bare' && acts.building_before.test(text.slice(Math.max(0, number.start - 3), number.start))) return null;
  const end = measure ? measure.end : number.end;
  const before = text.slice(Math.max(0, number.start - 16), number.start);
  const counts = nounOf(line, { number, end, measure: measure?.word ?? '' });
  const noun = counts === 'thing' ? null : counts;
  return {
    start: number.start,
    end,
    value: number.value,
    approx:
      number.approx ||
      acts.rough_before.test(before) ||
      (acts.rough_before_tens.test(before) && matchAt(tensAt, text, number.start) !== null) ||
      acts.rough_after.test(text.slice(end, end + 3)),
    kind: kind === 'person' && counts === 'thing' ? 'unit' : kind,
    measure: measure?.word ?? '',
    role: noun?.role === 'constituent' && acts.we_before.test(before) ? 'member' : noun ? noun.role : null,
    helper: noun !== null && noun.helper,
    nounStart: noun ? Math.min(noun.start, number.start) : number.start,
    nounEnd: noun ? Math.max(noun.end, end) : end,
    per: acts.each_before.test(before),
    total: acts.total_before.test(before),
    among: acts.among_before.test(before),
    digits: number.digits,
  };
}

/** 二级2人, 三班4人: which of them, and then how many. */
function isLabel({ text, acts, words }: Line, measure: Measure | null): boolean {
  if (measure?.kind !== 'unit' || !acts.kind_label.test(text.slice(Math.max(0, measure.end - 4), measure.end))) return false;
  const count = readNumber(text, measure.end);
  return count !== null && words.at(count.end).some((h) => h.kind === 'measure' && h.code === 'person');
}

/** 学生两百多 老师…: who is counted stands right before, and the count ends there. */
const isCounted = ({ text, rolesByEnd }: Line, { start, end }: NumberToken): boolean =>
  (rolesByEnd.get(start)?.length ?? 0) > 0 && /^[多余来]?(?:$|[\s,、。;+)])/.test(text.slice(end, end + 2));

/** 人数:七 or a token of its own: a bare Chinese numeral counts only so. */
function isAlone(text: string, { start, end }: NumberToken): boolean {
  return (
    /^(?:$|[\s,、。;+)])/.test(text.slice(end, end + 1)) &&
    /(?:[\s:,、+(]|是|成|为|人数)(?:约|共)?$/.test(text.slice(Math.max(0, start - 4), start))
  );
}

interface Measure {
  word: string;
  end: number;
  kind: 'person' | 'personTimes' | 'household' | 'unit';
}

function measureAt({ text, words, acts }: Line, at: number): Measure | null {
  const hit = words.at(at).findLast((h) => h.kind === 'measure');
  if (!hit || acts.no_people.test(text.slice(at, at + 3))) return null;
  const word = text.slice(at, hit.end);
  // 老师5家长12: the character begins the next one's name.
  if (hit.code === 'unit' && words.at(at).some((h) => h.kind === 'role' && h.end > hit.end)) return null;
  if (word === '号' && words.at(hit.end).some((h) => h.kind === 'role')) return { word, end: hit.end, kind: 'person' };
  if (word === '号' && text[hit.end] === '人') return { word: '人', end: hit.end + 1, kind: 'person' };
  if (hit.code === 'household') return { word, end: hit.end, kind: 'household' };
  if (hit.code === 'unit') return { word, end: hit.end, kind: 'unit' };
  if (word === '人次') return { word, end: hit.end, kind: 'personTimes' };
  if (word === '口')
    return {
      word,
      end: hit.end,
      kind: acts.mouths_before.test(text.slice(0, at).replace(/[\d一二三四五六七八九十两]+$/, '')) ? 'person' : 'unit',
    };
  if (hit.code === 'any') return { word, end: text[hit.end] === '人' ? hit.end + 1 : hit.end, kind: 'person' };
  return { word, end: hit.end, kind: 'person' };
}

interface Noun extends Range {
  role: 'constituent' | 'member' | 'staff';
  helper: boolean;
}

interface Counted {
  number: NumberToken;
  /** End of number and measure word. */
  end: number;
  measure: string;
}

/** The noun that says who is counted: after 名/位/个, else right before the number. 'thing' when 个 counts no people. */
function nounOf(line: Line, counted: Counted): Noun | 'thing' | null {
  const { text, words, acts } = line;
  const { number, end, measure } = counted;
  if (measure === '个' && text[end - 1] !== '人' && isPlaceCounted(line.words, end)) return 'thing';
  const right = '名位个'.includes(measure || ' ') && text[end - 1] !== '人' ? rightNoun(line, end) : null;
  if (right) return right;
  // 其中3人是委员
  const told = text[end] === '是' ? asNoun(words.at(end + 1).filter((h) => h.kind === 'role')) : null;
  if (told) return told;
  const left = leftNoun(line, number.start);
  if (left && !(left.role === 'member' && acts.including_us.test(text.slice(Math.max(0, number.start - 24), number.start)))) return left;
  if ('名位个'.includes(measure || ' ') && /^[\u4e00-\u9fff]{1,5}的(?:$|[ ,。;、])/.test(text.slice(end))) return null;
  const before = text.slice(Math.max(0, number.start - 12), number.start);
  const stray =
    !acts.rough_before.test(text.slice(Math.max(0, number.start - 4), number.start)) &&
    !acts.each_turn.test(before) &&
    !acts.among_before.test(before) &&
    isHan(text, number.start - 1) &&
    !acts.leads_to_count.test(text[number.start - 1] ?? '');
  if (measure === '个' && text[end - 1] !== '人' && stray) return 'thing';
  return measure === '个' && text[end - 1] !== '人' && !acts.count_ends.test(text.slice(end)) ? 'thing' : null;
}

/** 两个村走访了15位村民: villages are counted, not who lives there. */
const isPlaceCounted = (words: Words, at: number): boolean =>
  words.at(at).some((h) => h.kind === 'place' && !words.at(h.end).some((r) => r.kind === 'role')) &&
  !words.at(at).some((h) => h.kind === 'role' || h.kind === 'neighbour');

function rightNoun({ text, words, acts }: Line, from: number): Noun | null {
  const until = from + 9 + 2 * levelsAt(text, from, words);
  for (
    let at = from;
    at < until && at < text.length && (!/[\s,。;、:!?+()]/.test(text[at] ?? '') || isBetweenLevels(text, at, words));
    at++
  ) {
    const noun = asNoun(words.at(at).filter((h) => h.kind === 'role' || h.kind === 'helper'));
    if (noun) return noun;
    if ('说反提问来去'.includes(text[at] ?? ' ') && !acts.who_are_so.test(text.slice(from, until))) break;
  }
  const called = acts.trade.exec(text.slice(from, from + 10));
  return called ? { start: from, end: from + called[0].length, role: 'constituent', helper: false } : null;
}

const isLevel = (words: Words, at: number): boolean => words.at(at).some((h) => h.kind === 'level');

/** 20名市、区政协委员: the mark does not end who they are. */
const isBetweenLevels = (text: string, at: number, words: Words): boolean =>
  text[at] === '、' && isLevel(words, at - 1) && isLevel(words, at + 1);

function levelsAt(text: string, from: number, words: Words): number {
  let count = 0;
  while (isBetweenLevels(text, from + 2 * count + 1, words)) count++;
  return count;
}

function leftNoun({ text, rolesByEnd, acts }: Line, until: number): Noun | null {
  for (let end = until; end > 0 && end >= until - 6; end--) {
    if (!nounGap.test(text.slice(end, until))) break;
    const noun = asNoun(rolesByEnd.get(end) ?? []);
    if (noun) return noun.role !== 'constituent' && / /.test(text.slice(end, until)) ? null : widened(noun, rolesByEnd);
  }
  const before = text.slice(Math.max(0, until - 7), until);
  const called = acts.called_then.exec(before)?.[1] ?? acts.kind_label.exec(before)?.[0];
  return called ? { start: until - called.length, end: until, role: 'constituent', helper: false } : null;
}

/** 失能老人3人, 困难家庭群众7人, 医生护士21人: with what stands before the noun. */
function widened(noun: Noun, rolesByEnd: ReadonlyMap<number, Hit[]>): Noun {
  const before = rolesByEnd.get(noun.start)?.find((h) => h.kind === 'counted_as' || (noun.helper && h.kind === 'helper'));
  return before ? { ...noun, start: before.start } : noun;
}

/** The longest of the words; it counts as a helper if it may be one. */
function asNoun(hits: readonly Hit[]): Noun | null {
  let best: Hit | null = null;
  for (const hit of hits) if (hit.kind !== 'helper' && (!best || hit.end - hit.start >= best.end - best.start)) best = hit;
  const helper = hits.find((h) => h.kind === 'helper' && (!best || h.end - h.start >= best.end - best.start));
  if (!best && !helper) return null;
  const { start, end } = best ?? (helper as Hit);
  return { start, end, role: (best?.code ?? 'constituent') as Noun['role'], helper: helper !== undefined };
}
