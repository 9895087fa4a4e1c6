import { type Document, hitsOf, type Section, within } from './document';
import { saysIn } from './means';
import { type Chosen, product } from './multiplied';
import { companionsIn, loneNamesIn, namesIn, namesOfList, type PersonName } from './names';
import type { Quantity } from './quantities';
import { isOther, isPerson, settled } from './settled';
import { spotsIn } from './where';

/** How many constituents were contacted, and what else was counted. */
export interface PeopleReading {
  people: number | null;
  approx: boolean;
  span: Section | null;
  members: number | null;
  /** 人数 where 人次 is given too. */
  distinct: number | null;
  /** null when no household, company or thing is counted. */
  units: Record<string, number> | null;
  contacts: PersonName[];
}

/** Counts the constituents of `section`; members, departments, staff and helpers are left out. */
export function peopleOf(document: Document, section: Section, terse: boolean): PeopleReading {
  const told = document.quantities.filter((q) => within(q, section));
  const all = settled(document, told);
  const contacts = contactsIn(document, section, terse);
  const members = told.find((q) => q.role === 'member' && isPerson(q, true));
  const counts = all.filter((q) => countable(document, q, terse) && !(q.helper && helps(document, section, q, all)));
  const chosen =
    mixed(document, all, counts) ??
    product(document, all) ??
    listSum(document, counts) ??
    times(document, counts) ??
    total(counts) ??
    engaged(document, counts) ??
    main(document, counts);
  const byTimes = chosen !== null && (chosen.kind === 'personTimes' || times(document, counts) === chosen);
  const distinct = byTimes ? counts.find((q) => q !== chosen && (q.kind === 'person' || labelled(document, q)))?.value : undefined;
  return {
    // Nobody counted: each named constituent is one.
    people: chosen
      ? chosen.value + namedBeside(document, chosen, contacts) - ourselves(document, chosen)
      : contacts.length > 0
        ? contacts.length + kinOf(document, contacts)
        : null,
    approx: chosen !== null && chosen.approx,
    span: chosen ?? spanOf(contacts),
    members: members ? members.value : null,
    distinct: distinct ?? null,
    units: unitsOf(all.filter((q) => !isInName(document, section, q))),
    contacts,
  };
}

/** 连我们4个委员在内一共31人, 连我和田委员总共17个人: how many of those counted are the sender and who came along. */
function ourselves(document: Document, { start, value }: Chosen): number {
  const { text, lexicon } = document;
  const from = Math.max(0, start - 24);
  const said = lexicon.acts.ours_included.exec(text.slice(from, start));
  if (!said) return 0;
  const own = { start: from + said.index, end: start };
  const counted = document.quantities.filter((q) => within(q, own) && isPerson(q, true)).reduce((sum, q) => sum + q.value, 0);
  const named = namesIn(document, own).filter((n) => n.kind !== 'contact').length;
  const we = /[我咱俺]们/.test(said[0]) && counted > 0;
  const ours = counted + named + (we ? 0 : 1);
  return ours < value ? ours : 0;
}

/** 陈婆婆和她孙女: the kin of who is named. */
const kinOf = (document: Document, contacts: readonly PersonName[]): number =>
  contacts.filter(({ end }) => saysIn(document.text.slice(end, end + 9), document, 'their_kin')).length;

/** 老赵两口子和老钱, 周大爷和3位邻居: those named beside who is counted. */
function namedBeside({ text, lexicon }: Document, chosen: Chosen, contacts: readonly PersonName[]): number {
  let { start, end } = chosen;
  let count = 0;
  // 马秀英、杨得福三位商户: they are the ones counted.
  const same =
    chosen.kind === 'person' && !saysIn(text.slice(start, end), { lexicon }, 'a_family') && contacts.some((c) => c.end === start);
  if (text[start - 1] === '等' || same) return 0;
  // 老赵两口子, 王奶奶一家三口: named and counted at once.
  for (const c of contacts) if (c.end <= start && saysIn(text.slice(c.end, start), { lexicon }, 'whole_family')) start = c.start;
  for (const c of contacts.toReversed())
    if (c.end <= start && c.start < start && saysIn(text.slice(c.end, start), { lexicon }, 'and_also'))
      [start, count] = [c.start, count + 1];
  for (const c of contacts)
    if (c.start >= end && saysIn(text.slice(end, c.start), { lexicon }, 'and_also')) [end, count] = [c.end, count + 1];
  return count;
}

function spanOf(contacts: readonly PersonName[]): Section | null {
  const [first] = contacts;
  return first ? { start: first.start, end: contacts.at(-1)?.end ?? first.end } : null;
}

/** The constituents named; in a terse line also a name that stands alone. */
export function contactsIn(document: Document, section: Section, terse: boolean): PersonName[] {
  const companions = companionsIn(document, section);
  const named = namesIn(document, section).filter((n) => n.kind === 'contact' && !companions.some((c) => c.name === n.name));
  return named.length === 0 && terse
    ? loneNamesIn(document, section)
    : named.flatMap((name) => [...besideIn(document, section, name, named), name, ...behindIn(document, section, name, named)]);
}

/** 王秀英、李桂兰、赵大爷: names joined to one that is sure. */
function besideIn(document: Document, section: Section, sure: PersonName, named: readonly PersonName[]): PersonName[] {
  const list = /(?:[\u4e00-\u9fff]{2,3}、){1,8}$/.exec(document.text.slice(Math.max(section.start, sure.start - 32), sure.start))?.[0];
  if (!list) return [];
  return namesOfList(document, list.slice(0, -1), sure.start - list.length)
    .filter((one) => !named.some((other) => other.start < one.end && one.start < other.end))
    .map((one) => ({ ...one, kind: 'contact' as const }));
}

/** 马秀英、杨得福、丁小兰三位商户 */
function behindIn(document: Document, section: Section, sure: PersonName, named: readonly PersonName[]): PersonName[] {
  const list = /^(?:、[\u4e00-\u9fff]{2,3})+?(?=[一二两三四五六七八九十\d]+[位名个人]|等)/.exec(
    document.text.slice(sure.end, section.end),
  )?.[0];
  if (!list) return [];
  return namesOfList(document, list.slice(1), sure.end + 1)
    .filter((one) => !named.some((other) => other.start < one.end && one.start < other.end))
    .map((one) => ({ ...one, kind: 'contact' as const }));
}

function countable(document: Document, q: Quantity, terse: boolean): boolean {
  if (isOther(q) || !Number.isInteger(q.value) || q.value <= 0) return false;
  if (q.kind === 'person' || q.kind === 'personTimes') return true;
  if (q.kind !== 'bare') return false;
  return q.role === 'constituent' || (q.digits && terse && isSlot(document, q)) || labelled(document, q);
}

/** A number by itself counts people where it stands apart, and not in what somebody says (110、120都来过). */
function isSlot({ text, words }: Document, q: Quantity): boolean {
  const apart = /^(?:$|[\s,。;)+])/.test(text.slice(q.end, q.end + 1));
  return apart && !words.of('speech').some((h) => h.end <= q.start);
}

const labelled = (document: Document, q: Quantity): boolean =>
  saysIn(document.text.slice(Math.max(0, q.start - 8), q.start), document, 'people_label');

/** Brought along, invited, organised: helpers of the member. */
function helps(document: Document, section: Section, q: Quantity, all: readonly Quantity[]): boolean {
  const before = document.text.slice(Math.max(0, q.nounStart - 4), q.nounStart);
  if (goesAlong(document, section, q)) return true;
  const others = all.filter((o) => o !== q && isPerson(o, o.role !== null) && !o.helper && !isOther(o));
  if (others.length === 0 || saysIn(before, document, 'met_plainly')) return false;
  const mode = hitsOf(document, 'mode', section)[0]?.code ?? '';
  if (talking.has(mode) || (going.has(mode) && others.some((o) => isJoined(document, q, o))))
    return document.lexicon.vocabulary.people.helper_verbs.some((verb) => before.endsWith(verb));
  return true;
}

/** 我同3位专家、5个志愿者走访大滩村: they went along, whoever was met there. */
function goesAlong(document: Document, section: Section, q: Quantity): boolean {
  const { text, lexicon } = document;
  const mode = hitsOf(document, 'mode', section).find((h) => h.start >= q.nounEnd);
  if (!mode || !going.has(mode.code) || !saysIn(text.slice(q.nounEnd, mode.start), { lexicon }, 'they_went')) return false;
  return saysIn(text.slice(Math.max(section.start, q.start - 24), q.start), { lexicon }, 'i_with');
}

/** 专家24名 患者600名: where something is done for people, who can help is there to help; where they meet to talk, they meet as well. */
const talking: ReadonlySet<string> = new Set(['symposium', 'consult_meeting', 'talk', 'reception', 'phone', 'online', 'sector_activity']);
/** 走访 技术员4人+种植户9人: both were called upon. */
const going: ReadonlySet<string> = new Set(['visit', 'survey', 'inspection']);
const isJoined = ({ text, lexicon }: Document, a: Quantity, b: Quantity): boolean =>
  saysIn(a.nounEnd <= b.nounStart ? text.slice(a.nounEnd, b.nounStart) : text.slice(b.nounEnd, a.nounStart), { lexicon }, 'called_both');

/** 分别4、6、3人: bare numbers before the last counted one. */
function listSum(document: Document, counts: readonly Quantity[]): Chosen | null {
  for (const last of counts.toReversed()) {
    if (!isPerson(last, false) && last.role === null && !/[、,]\d+$/.test(document.text.slice(Math.max(0, last.start - 3), last.start + 1)))
      continue;
    if (document.text[last.start - 1] !== '、') continue;
    const match = /(?<![\d号])(?:\d{1,3}[人名位]?、){1,12}$/.exec(document.text.slice(Math.max(0, last.start - 60), last.start));
    const list = match?.[0].match(/\d+/g);
    if (!list || !match) continue;
    const start = last.start - match[0].length;
    return { value: list.reduce((sum, n) => sum + Number(n), last.value), approx: last.approx, start, end: last.end };
  }
  return null;
}

/** 参会35人，其中群众21人、干部8人: the whole holds others too, so the constituents among it are counted. */
function mixed(document: Document, all: readonly Quantity[], counts: readonly Quantity[]): Chosen | null {
  const among = counts.find((q) => q.among && q.role === 'constituent');
  if (!among) return null;
  const others = all.some(
    (q) => q.start > among.end && (q.role === 'member' || q.role === 'staff') && !/[。;\n]/.test(document.text.slice(among.end, q.start)),
  );
  return others
    ? main(
        document,
        counts.filter((q) => q.start >= among.start).map((q) => ({ ...q, among: false })),
      )
    : null;
}

const total = (counts: readonly Quantity[]): Chosen | null => counts.find((q) => q.total && !q.among) ?? null;
const times = (document: Document, counts: readonly Quantity[]): Chosen | null =>
  counts.find(
    (q) =>
      (q.kind === 'personTimes' || saysIn(document.text.slice(Math.max(0, q.start - 6), q.start), document, 'times_label')) && !q.among,
  ) ?? null;

/** 全村412户1560人: how many there are, not how many were met. */
export const isStock = (document: Document, q: Quantity): boolean =>
  saysIn(document.text.slice(Math.max(0, q.nounStart - 16), q.nounStart), document, 'stock') || isStaffOf(document, q);

/** 走访铸造厂（300来号人），跟两位老板谈的: how many work there, where others are counted outside the brackets. */
const isStaffOf = (document: Document, q: Quantity): boolean =>
  isInBrackets(document.text, q) &&
  endsAFirm(document, document.text.lastIndexOf('(', q.start)) &&
  document.quantities.some((other) => isPerson(other, false) && !isOther(other) && !isInBrackets(document.text, other));

const endsAFirm = (document: Document, end: number): boolean =>
  document.lexicon.trades.test(document.text.slice(Math.max(0, end - 4), end)) ||
  spotsIn(document, { start: 0, end }).some((s) => s.kind === 'organisation' && s.end === end);

const isInBrackets = (text: string, { start, end }: Section): boolean =>
  text.lastIndexOf('(', start) > text.lastIndexOf(')', start - 1) && text.indexOf(')', end) >= 0;

/** 有职工260人，座谈了其中的21人: those met, where others are only mentioned. */
function engaged(document: Document, counts: readonly Quantity[]): Chosen | null {
  if (counts.length < 2 || counts.filter((q) => isTurn(document, q)).length > 1) return null;
  const before = (q: Quantity): string => document.text.slice(Math.max(0, q.nounStart - 12), q.nounStart);
  const others = counts.filter((q) => !q.among);
  if (
    !others.every(
      (q) => q.role === null || saysIn(before(q), document, 'stock') || before(q).endsWith('有') || saysIn(before(q), document, 'met_them'),
    )
  )
    return null;
  const met = counts.filter((q) => saysIn(before(q), document, 'met_them') && !saysIn(before(q), document, 'stock'));
  // 2号楼见了5个，3号楼见了4个: all of them were met.
  return met.length === counts.length ? null : (met[0] ?? null);
}

/** The first count that is not among another, with the sub-groups listed beside it. */
function main(document: Document, counts: readonly Quantity[]): Chosen | null {
  const again = (q: Quantity): boolean => saysIn(document.text.slice(Math.max(0, q.start - 16), q.start), document, 'once_again_of');
  const all = counts.filter((q) => !q.among && !q.per);
  const whole = all.length > 0 ? all : counts.filter((q) => !q.per && again(q));
  const met = whole.filter((q) => !isStock(document, q));
  const free = met.length > 0 ? met : whole;
  const labelledOne = free.find((q) => labelled(document, q) || isInFact(document, q));
  const straight = free.filter((q) => !saysIn(document.text.slice(Math.max(0, q.nounStart - 10), q.nounStart), document, 'aside'));
  const pool = straight.length > 0 ? straight : free;
  const strong = pool.filter((q) => q.kind !== 'bare' || q.role !== null);
  const first = labelledOne ?? strong[0] ?? pool[0];
  if (!first) return null;
  const sum: Chosen = { value: first.value, approx: first.approx, start: first.start, end: first.end, kind: first.kind };
  let previous = first;
  for (const next of pool.slice(pool.indexOf(first) + 1)) {
    if (labelledOne || !beside(document, previous, next)) continue;
    sum.value += next.value;
    sum.approx ||= next.approx;
    sum.end = next.end;
    previous = next;
  }
  return sum;
}

/** 班里45个人，也就来了二十个: who really came, behind a larger number. */
const isInFact = ({ text, lexicon }: Document, q: Quantity): boolean =>
  saysIn(text.slice(Math.max(0, q.start - 8), q.start), { lexicon }, 'in_fact');

/** 家长23+老师6, 居民12人、商户5人: two named groups with nothing but a connector between them. */
function beside(document: Document, a: Quantity, b: Quantity): boolean {
  if (saysIn(document.text.slice(a.end, b.start), document, 'plus_more')) return true;
  if (b.helper && !a.helper && !(a.kind === 'bare' && b.kind === 'bare')) return false;
  if (isTurn(document, a) && isTurn(document, b)) return true;
  if (b.role === null) return false;
  const gap = document.text.slice(Math.max(a.end, a.nounEnd), Math.min(b.start, b.nounStart));
  return saysIn(gap, document, 'beside_each_other');
}

/** 上午8人下午4人, 第一场40人 第二场36人: each said with its time. */
const isTurn = ({ text, words, times, dates, lexicon }: Document, q: Quantity): boolean =>
  saysIn(text.slice(Math.max(0, q.nounStart - 12), q.nounStart), { lexicon }, 'each_turn') ||
  [...words.of('turn'), ...times.filter((t) => t.part), ...dates.filter((d) => d.part)].some(
    ({ end }) => end <= q.nounStart && saysIn(text.slice(end, q.nounStart), { lexicon }, 'turn_gap'),
  );

/** 五四路社区: no four roads. */
const isInName = (document: Document, section: Section, q: Quantity): boolean =>
  q.kind === 'unit' && !q.digits && spotsIn(document, section).some((spot) => within(q, spot));

function unitsOf(all: readonly Quantity[]): Record<string, number> | null {
  let units: Record<string, number> | null = null;
  for (const q of all) {
    if ((q.kind !== 'unit' && q.kind !== 'household') || !Number.isInteger(q.value)) continue;
    units ??= {};
    units[q.measure] ??= q.value;
  }
  return units;
}
