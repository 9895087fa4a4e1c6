import type { Document, Section } from './document';
import { matchAt } from './match';
import type { Quantity } from './quantities';

export const isPerson = (q: Quantity, bareToo: boolean): boolean =>
  q.kind === 'person' || q.kind === 'personTimes' || (bareToo && q.kind === 'bare');

/** Whether the people counted are members, staff or officials, whose contact it was not. */
export const isOther = (q: Quantity): boolean => q.role === 'member' || q.role === 'staff';

/**
 * The counts that are to be added up: of a whole and its parts the whole alone (居民12人，男7人，女5人), less those in it who are no
 * constituents (10人（含委员2人）); of 应到15人，实到12人 those who came.
 */
export function settled(document: Document, all: readonly Quantity[]): readonly Quantity[] {
  if (all.length < 2) return all;
  const there = present(document, all);
  const people = there.filter((q) => isPerson(q, q.role !== null) && !q.per);
  if (people.length < 2) return there;
  const parts = new Set<Quantity>();
  const wholes = new Map<Quantity, Quantity>();
  for (const whole of people) {
    if (parts.has(whole) || isOther(whole)) continue;
    const own = partsOf(document, whole, people);
    const others = own.filter(isOther).reduce((sum, q) => sum + q.value, 0);
    if (own.length === 0 || others >= whole.value) continue;
    for (const part of own) parts.add(part);
    wholes.set(whole, { ...whole, value: whole.value - others });
  }
  return wholes.size === 0 ? there : there.filter((q) => !parts.has(q) || isOther(q)).map((q) => wholes.get(q) ?? q);
}

/** 应到15人，实到12人，请假3人: where it is said who came, those expected or away do not count. */
function present(document: Document, all: readonly Quantity[]): readonly Quantity[] {
  if (document.words.of('attendance').length === 0) return all;
  const standing = all.map((q) => attendanceOf(document, q));
  if (!standing.includes('came')) return standing.includes('absent') ? all.filter((_, i) => standing[i] !== 'absent') : all;
  return all.filter((_, i) => standing[i] === 'came' || standing[i] === null);
}

const smallGap = /^[ :了的有约共]{0,3}$/;

function attendanceOf({ text, words }: Document, q: Quantity): string | null {
  const hits = words.of('attendance');
  const before = hits.findLast((h) => h.end <= q.nounStart && smallGap.test(text.slice(h.end, q.nounStart)));
  const after = hits.find((h) => h.start >= q.nounEnd && h.code === 'absent' && h.start === q.nounEnd);
  return before?.code ?? after?.code ?? null;
}

type Finding = (document: Document, whole: Quantity, people: readonly Quantity[]) => Quantity[];

const partsOf: Finding = (document, whole, people) => {
  for (const finding of findings) {
    const parts = finding(document, whole, people);
    if (parts.length > 0) return parts;
  }
  return [];
};

const among = / ?(?:参加|参会|到场|座谈|代表)?,? ?(\()?(?:其中|里面有?|内有|当中有?|包括|包含|含)/y;
const inBrackets = / ?\((?![^)]{0,4}(?:不含|不包括|另|外加|除))/y;
const endOfAmong = /[。;\n]/;

/** 10人（含委员2人）; 30人，其中干部8人、委员2人: what is named within the brackets, or in the sentence behind the word. */
const named: Finding = ({ text }, whole, people) => {
  const open = matchAt(inBrackets, text, whole.nounEnd) ?? matchAt(among, text, whole.nounEnd);
  if (!open) return [];
  const from = whole.nounEnd + open[0].length;
  const closing = open[0].includes('(') ? text.indexOf(')', from) : text.slice(from).search(endOfAmong) + from;
  const to = closing < from ? text.length : closing;
  const bare = open[0].endsWith('(');
  return people.filter((q) => q.start >= from && q.end <= to && q.value <= whole.value && !(bare && q.role === null));
};

/** 居民12人，男7人，女5人: kinds of people behind a whole of everybody. */
const kindsOf: Finding = (document, whole, people) => {
  if (isKind(document, whole)) return [];
  const parts: Quantity[] = [];
  let left = whole.value;
  let at = whole.nounEnd;
  for (const q of people.slice(people.indexOf(whole) + 1)) {
    if (!isKind(document, q) || q.value > left || !/^[ ,、和:]{0,2}$/.test(document.text.slice(at, q.nounStart))) break;
    parts.push(q);
    left -= q.value;
    at = q.nounEnd;
  }
  return left === 0 || parts.every((q) => isGender(document, q)) ? parts : [];
};

const nounOf = ({ text }: Document, q: Section & { nounStart: number; nounEnd: number }): string =>
  q.nounStart < q.start ? text.slice(q.nounStart, q.start) : text.slice(q.end, q.nounEnd);

const isKind = (document: Document, q: Quantity): boolean =>
  q.role === 'constituent' && document.lexicon.subgroups.has(nounOf(document, q));
const isGender = (document: Document, q: Quantity): boolean => '男女'.includes(nounOf(document, q)[0] ?? ' ');

/** 群众代表5名 委员5名 共10人: what was counted before a total that it makes. */
const summedUp: Finding = (_, whole, people) => {
  if (!whole.total) return [];
  const before = people.slice(0, people.indexOf(whole));
  const sum = before.reduce((all, q) => all + q.value, 0);
  if (sum === whole.value) return before;
  const after = people.slice(people.indexOf(whole) + 1);
  return after.reduce((all, q) => all + q.value, 0) === whole.value ? after : [];
};

/** 12人，居民7人商户5人; 居民7人、商户5人，12人: of whom nothing is said, and just as many as those named beside. */
const madeUpOf: Finding = (_, whole, people) => {
  if (whole.role !== null || whole.total) return [];
  const at = people.indexOf(whole);
  return [people.slice(at + 1), people.slice(0, at)].find((parts) => isSumOf(whole, parts)) ?? [];
};

const isSumOf = (whole: Quantity, parts: readonly Quantity[]): boolean =>
  parts.length > 1 && parts.every((q) => q.role !== null) && parts.reduce((sum, q) => sum + q.value, 0) === whole.value;

const findings: readonly Finding[] = [named, kindsOf, summedUp, madeUpOf];
