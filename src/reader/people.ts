import { type Document, hitsOf, type Section, within } from './document';
import { saysIn } from './means';
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
      ? chosen.value + namedBeside(document, chosen, contacts)
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

/** 陈婆婆和她孙女: the kin of who is named. */
const kinOf = (document: Document, contacts: readonly PersonName[]): number =>
  contacts.filter(({ end }) => saysIn(document.text.slice(end, end + 9), document, 'their_kin')).length;

/** 老赵两口子和老钱, 周大爷和3位邻居: those named beside who is counted. */
function namedBeside({ text, lexicon }: Document, chosen: Section, contacts: readonly PersonName[]): number {
  let { start, end } = chosen;
  let count = 0;
  if (text[start - 1] === '等') return 0;
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
    : named.flatMap((name) => [...besideIn(document, section, name, named), name]);
}

/** 王秀英、李桂兰、赵大爷: names joined to one that is sure. */
function besideIn(document: Document, section: Section, sure: PersonName, named: readonly PersonName[]): PersonName[] {
  const list = /(?:[\u4e00-\u9fff]{2,3}、){1,8}$/.exec(document.text.slice(Math.max(section.start, sure.start - 32), sure.start))?.[0];
  if (!list) return [];
  return namesOfList(document, list.slice(0, -1), sure.start - list.length)
    .filter((one) => !named.some((other) => other.start < one.end && one.start < other.end))
    .map((one) => ({ ...one, kind: 'contact' as const }));
}

interface Chosen extends Section {
  value: number;
  approx: boolean;
  kind?: string;
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
  const others = all.filter((o) => o !== q && isPerson(o, o.role !== null) && !o.helper && !isOther(o));
  if (others.length === 0) return false;
  const mode = hitsOf(document, 'mode', section)[0]?.code ?? '';
  if (talking.has(mode) || (going.has(mode) && others.some((o) => isJoined(document, q, o))))
    return document.lexicon.vocabulary.people.helper_verbs.some((verb) => before.endsWith(verb));
  return true;
}

/** 专家24名 患者600名: where something is done for people, who can help is there to help; where they meet to talk, they meet as well. */
const talking: ReadonlySet<string> = new Set(['symposium', 'consult_meeting', 'talk', 'reception', 'phone', 'online', 'sector_activity']);
/** 走访 技术员4人+种植户9人: both were called upon. */
const going: ReadonlySet<string> = new Set(['visit', 'survey', 'inspection']);
const isJoined = ({ text, lexicon }: Document, a: Quantity, b: Quantity): boolean =>
  saysIn(a.nounEnd <= b.nounStart ? text.slice(a.nounEnd, b.nounStart) : text.slice(b.nounEnd, a.nounStart), { lexicon }, 'called_both');

/** 每户2人×5户, 5户每户2人, 4个小组各6人. */
function product(document: Document, all: readonly Quantity[]): Chosen | null {
  const per = all.find((q) => q.per && isPerson(q, false));
  const isCrossed = (a: Quantity | undefined, b: Quantity | undefined): boolean =>
    a !== undefined && b !== undefined && /^ ?[×xX*乘] ?$/.test(document.text.slice(a.end, b.start));
  const crossed = all.find((q, i) => isPerson(q, false) && (isCrossed(q, all[i + 1]) || isCrossed(all[i - 1], q)));
  const each = per ?? crossed;
  if (!each || document.text.slice(Math.max(0, each.start - 4), each.start).includes('人均')) return null;
  const index = all.indexOf(each);
  const groups = [all[index + 1], ...all.slice(0, index).reverse()].find(
    (q) => q && !q.per && q.kind !== 'person' && q.kind !== 'personTimes' && /[户家个组村厂点校栋场处店社队班楼次]/.test(q.measure),
  );
  if (!groups) return rolesOf(document, each) ?? eachOf(document, each);
  const summed = all.some((q) => q.total && isPerson(q, false));
  return summed
    ? null
    : {
        value: each.value * groups.value,
        approx: each.approx || groups.approx,
        start: Math.min(each.start, groups.start),
        end: Math.max(each.end, groups.end),
      };
}

/** 教师、家长代表各10人 */
function rolesOf({ text, words }: Document, each: Quantity): Chosen | null {
  const before = text.slice(0, each.start);
  if (!before.endsWith('各')) return null;
  const roles = words.of('role').filter((h) => h.code === 'constituent' && h.end < each.start);
  const groups: number[] = [];
  for (let end = each.start - 1; ; ) {
    const role = roles.filter((h) => h.end === end).sort((a, b) => a.start - b.start)[0];
    if (!role) break;
    groups.push(role.start);
    if (!'、和与及'.includes(text[role.start - 1] ?? ' ')) break;
    end = role.start - 1;
  }
  const first = groups.at(-1);
  return groups.length > 1 && first !== undefined
    ? { value: each.value * groups.length, approx: each.approx, start: first, end: each.end }
    : null;
}

/** 棉纺厂和食品公司 工人各8人: as many in each of the places named. */
function eachOf(document: Document, each: Quantity): Chosen | null {
  const { text } = document;
  if (!text.slice(0, each.start).endsWith('各')) return null;
  const named = spotsIn(document, { start: 0, end: each.start }).slice(-6);
  const joined = named.filter((s, at) => at === 0 || /^[、,和与及 ]{1,2}$/.test(text.slice(named[at - 1]?.end, s.start)));
  return joined.length === named.length && named.length > 1
    ? { value: each.value * named.length, approx: each.approx, start: each.start, end: each.end }
    : null;
}

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
export const isStock = ({ text, lexicon }: Document, q: Quantity): boolean =>
  saysIn(text.slice(Math.max(0, q.nounStart - 16), q.nounStart), { lexicon }, 'stock');

/** 有职工260人，座谈了其中的21人: those met, where others are only mentioned. */
function engaged(document: Document, counts: readonly Quantity[]): Chosen | null {
  if (counts.length < 2) return null;
  const before = (q: Quantity): string => document.text.slice(Math.max(0, q.nounStart - 12), q.nounStart);
  const others = counts.filter((q) => !q.among);
  if (
    !others.every(
      (q) => q.role === null || saysIn(before(q), document, 'stock') || before(q).endsWith('有') || saysIn(before(q), document, 'met_them'),
    )
  )
    return null;
  return counts.find((q) => saysIn(before(q), document, 'met_them') && !saysIn(before(q), document, 'stock')) ?? null;
}

/** The first count that is not among another, with the sub-groups listed beside it. */
function main(document: Document, counts: readonly Quantity[]): Chosen | null {
  const whole = counts.filter((q) => !q.among && !q.per);
  const met = whole.filter((q) => !isStock(document, q));
  const free = met.length > 0 ? met : whole;
  const labelledOne = free.find((q) => labelled(document, q));
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
