import { type Asked, datesOf, dayOf } from '../../reader/asked';
import type { ContactMode } from '../../reader/contact-mode';
import type { DateToken } from '../../reader/date-grammar';
import { hitsOf } from '../../reader/document';
import { means, saysIn } from '../../reader/means';
import { membersIn } from '../../reader/members';
import { bareRecordsIn, leadingRecordsIn, type Numbered, numberedIn } from '../../reader/numbered';
import { type Spot, spotsIn } from '../../reader/where';
import { ofQuotedList } from './quoted-answer';

/** What tells a record from others when it has no number. */
export interface RecordSelector {
  date?: string;
  place?: string;
  organisation?: string;
  owner?: string;
  mode?: ContactMode;
  /** The word that was said for the mode: 慰问 and 走访 are one mode and not the same contact. */
  called?: string;
  /** 刚才: of what was told just now. */
  recent?: true;
  /** Every record that fits: to be asked before anything happens to them. */
  all?: true;
}

/** 'last', 'all', a record id such as 'R1024', or what tells it from others. */
export type RecordTarget = string | RecordSelector;

interface Meant {
  target: RecordTarget;
  /** Where the words that point at it end. */
  end: number;
}

const standsAt = ({ kind, name }: Spot): RecordSelector => (kind === 'place' ? { place: name } : { organisation: name });

/** The records whose numbers are said, in their order; behind a command the letter may be left out. */
export function numbersSaid({ body, commanded }: Pick<Asked, 'body' | 'commanded'>): readonly Numbered[] {
  const said = numberedIn(body, 'R');
  const leading = commanded ? leadingRecordsIn(body) : [];
  if (said.length > 0 || leading.length > 0) return [...leading, ...said];
  return bareRecordsIn(body);
}

/** The record the quoted answer is about: the first number of its lines, when that is one record's. Of a list the service asks which. */
function quotedRecord({ document }: Asked): string | null {
  const lines = (document.context.quoted ?? '').split('\n').flatMap((line) => numberedIn(line, 'A-Z')[0]?.id ?? []);
  const [first, another] = [...new Set(lines)];
  return first?.startsWith('R') && another === undefined ? first : null;
}

/** The record that the line itself names or describes. */
export function namedBy(asked: Asked): Meant | null {
  const [named] = numbersSaid(asked);
  return named ? { target: named.id, end: asked.section.start + named.end } : describedBy(asked);
}

/** Which record is meant. */
export function targetOf(asked: Asked): Meant {
  const quoted = quotedRecord(asked);
  const nearest = { target: quoted ?? 'last', end: asked.section.start };
  if (numbersSaid(asked).length > 0) return namedBy(asked) ?? nearest;
  // 跟前天那条重了，这条删掉: 这条 is the one that is quoted.
  if (quoted !== null && means(asked, 'this_one')) return nearest;
  return ofQuotedList(asked) ?? describedBy(asked) ?? nearest;
}

function describedBy(asked: Asked): Meant | null {
  const owner = ownerOf(asked);
  const meant = byDayOrSpot(asked);
  if (owner === null) return meant ?? byMode(asked);
  if (meant && typeof meant.target === 'object') return { ...meant, target: { ...meant.target, owner } };
  return { target: { owner }, end: asked.section.start };
}

/** 周岚那条, 周岚昨天在红柳社区的那次: whose record it is. */
function ownerOf(asked: Asked): string | null {
  const [name] = membersIn(asked);
  const said = name !== undefined && new RegExp(`(?<![和跟与同陪])${name}(?:委员)?的?[^,。和跟与]{0,12}[那这]一?[条次]`).test(asked.body);
  return said ? name : null;
}

function byDayOrSpot(asked: Asked): Meant | null {
  const { text } = asked.document;
  const token = dateOfRecord(asked);
  const date = dayOf(token);
  if (token && date !== null && !saysIn(text.slice(token.start, token.end), asked.document, 'just_before')) {
    const spot = spotsIn(asked.document, { start: token.end, end: asked.section.end }).find((s) =>
      saysIn(text.slice(s.end, s.end + 4), asked.document, 'pointed_at'),
    );
    return { target: { date, ...(spot && standsAt(spot)) }, end: spot?.end ?? token.end };
  }
  const spot = spotsIn(asked.document, asked.section).find((s) => saysIn(text.slice(s.end, s.end + 4), asked.document, 'pointed_at'));
  return spot ? { target: standsAt(spot), end: spot.end } : null;
}

/** 夏澍予没去, 夏澍予那条不对，她没去: who is said not to have come along. */
export const absentIn = (asked: Asked): string[] =>
  membersIn(asked).filter((name) =>
    new RegExp(
      `${name}(?:委员)?(?:(?:那|这)一?[条次][^。]{0,8}?)?[, ]?(?:她|他|本人|其实|并|根本|实际上?|这次|那次|那天|当时)*(?:没有?|未)(?:一起|跟着)?(?:去|来|参加|到)`,
    ).test(asked.body),
  );

/** 慰问那条, 座谈的那次: named by the way it was held. */
function byMode({ document, section }: Asked): Meant | null {
  const hit = hitsOf(document, 'mode', section).findLast((h) => saysIn(document.text.slice(h.end, h.end + 4), document, 'that_one'));
  if (!hit) return null;
  const recent = saysIn(document.text.slice(Math.max(section.start, hit.start - 4), hit.start), document, 'just_now');
  const called = document.text.slice(hit.start, hit.end);
  return { target: { mode: hit.code as ContactMode, called, ...(recent && { recent: true as const }) }, end: hit.end };
}

/** 昨天那条, 9月12日的记录: a date that names the record, not the one it should have. */
function dateOfRecord(asked: Asked): DateToken | undefined {
  const { text } = asked.document;
  return datesOf(asked).find(
    (d) =>
      dayOf(d) &&
      saysIn(text.slice(d.end, d.end + 16), asked.document, 'pointed_behind') &&
      !saysIn(text.slice(Math.max(0, d.start - 3), d.start), asked.document, 'is_now'),
  );
}

/** A verb of withdrawing: the numbers behind it are meant, not those only compared. */
const verb = /删[了掉除]?|撤[回销了掉]?|去掉|作废|恢复|还原/g;

/** The records to be withdrawn or to come back: several numbers, one, 'all', or what tells it from others. */
export function targetsOf(asked: Asked): RecordTarget | readonly string[] {
  const numbers = numbersSaid(asked);
  if (numbers.length > 0) {
    const ids = [...new Set(beside(asked.body, numbers, asked.commanded).map(({ id }) => id))];
    const gone = ids.length === 2 ? theOther(asked, ids) : undefined;
    return gone ?? (ids.length > 1 ? ids : (ids[0] ?? 'last'));
  }
  const { target } = targetOf(asked);
  if (!saysIn(asked.body, asked.document, 'everything')) return target;
  return typeof target === 'object' ? { ...target, all: true } : 'all';
}

/** R1040和R1041是同一次，留前面那条: the other one goes. */
function theOther(asked: Asked, [first, second]: readonly string[]): string | undefined {
  if (means(asked, 'keeps_first')) return second;
  return means(asked, 'keeps_last') ? first : undefined;
}

/** Numbers named in one breath: R1040、R1041和R1042. */
function groupsOf(body: string, numbers: readonly Numbered[]): Numbered[][] {
  const groups: Numbered[][] = [];
  for (const number of numbers) {
    const last = groups.at(-1);
    const end = last?.at(-1)?.end;
    if (last && end !== undefined && /^号?[\s,、和跟与及]*第?$/.test(body.slice(end, number.start))) last.push(number);
    else groups.push([number]);
  }
  return groups;
}

/** The group that stands behind the verb, else the last one before it; all where no verb is said. */
function beside(body: string, numbers: readonly Numbered[], commanded: boolean): readonly Numbered[] {
  const at = [...body.matchAll(verb)].map((match) => match.index);
  if (commanded || at.length === 0) return numbers;
  const groups = groupsOf(body, numbers);
  const starts = groups.map((group) => group[0]?.start ?? 0);
  const behind = groups.filter((_, nth) => at.some((index) => index < (starts[nth] ?? 0)));
  if (behind.length > 0) return behind.flat();
  return groups.findLast((_, nth) => at.some((index) => index > (starts[nth] ?? 0))) ?? numbers;
}

/** R1024和R1025重复了: which of them is to go is not said. */
export function isOneOfSeveral(asked: Asked): boolean {
  const numbers = numbersSaid(asked);
  const count = (some: readonly Numbered[]): number => new Set(some.map(({ id }) => id)).size;
  if (means(asked, 'keeps_first') || means(asked, 'keeps_last')) return false;
  if (count(numbers) < 2 || !means(asked, 'alike') || means(asked, 'all_of_them')) return false;
  return count(beside(asked.body, numbers, asked.commanded)) === count(numbers);
}
