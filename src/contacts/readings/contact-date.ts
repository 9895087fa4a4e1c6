import { type EpochDay, toIso } from '../../reader/calendar';
import { isHan } from '../../reader/characters';
import type { DateToken } from '../../reader/date-grammar';
import { type Document, hitsOf, type Section, within } from '../../reader/document';
import { saysIn } from '../../reader/means';
import { isOther, isPerson } from '../../reader/settled';
import type { TimeToken } from '../../reader/time-of-day';
import { spotsIn } from '../../reader/where';
import type { ContactReading } from './contact-reading';

type DateFields = 'date' | 'date_precision' | 'date_end' | 'date_from' | 'date_to' | 'time' | 'part_of_day';

export interface ContactDate extends Pick<ContactReading, DateFields> {
  future: boolean;
  /** Said with a weekday that is not its own: to be asked. */
  contradicted?: boolean;
  span: Section | null;
}

/** When the contact was. Promised days and days inside the demand are passed over. */
export function contactDateOf(document: Document, section: Section, content: Section | null): ContactDate {
  const { today } = document;
  const said = document.dates.filter((d) => within(d, section));
  const open = said.filter((d) => !promised(document, d, today) && !isTalkedOf(document, section, d));
  const before = open.filter((d) => !content || d.start < content.start);
  const own = before.length > 0 ? unforgotten(document, before) : open.filter((d) => isAfterthought(document, d));
  const token = choose(own, today);
  const clock = document.times.find((t) => within(t, section) && (!content || t.start < content.start));
  if (!token) return withClock({ date: toIso(today), date_precision: 'assumed', future: false, span: clock ?? null }, clock);
  return withClock(dayOf(token, today), token.part || token.time ? token : clock);
}

/** 昨天忘了记，前天…: the day of forgetting counts only when there is no other. */
function unforgotten(document: Document, tokens: DateToken[]): DateToken[] {
  const { text, lexicon } = document;
  const left = tokens.filter(
    (d, i) => !saysIn(text.slice(d.end, d.end + 6), { lexicon }, 'forgotten_then') && !isFirstAttempt(document, d, tokens[i + 1]),
  );
  return left.length > 0 ? left : tokens;
}

/** 周一没人接，周二打通了: the day of the attempt that came to nothing. */
const isFirstAttempt = (document: Document, { end }: DateToken, next: DateToken | undefined): boolean =>
  next !== undefined && hitsOf(document, 'negation', { start: end, end: next.start }).length > 0;

/** ，昨晚在和平里社区; ，今天的事: said after what it was about. */
const isAfterthought = ({ text, lexicon }: Document, d: DateToken): boolean =>
  (d.kind === 'day' || d.kind === 'range') &&
  /[,。; ]/.test(text[d.start - 1] ?? '') &&
  saysIn(text.slice(d.end, d.end + 2), { lexicon }, 'day_afterwards');

function withClock(date: ContactDate, t: Pick<TimeToken, 'part' | 'time'> | undefined): ContactDate {
  if (t?.time) date.time = t.time.replace(/^24/, '00');
  if (t?.part) date.part_of_day = t.part;
  return date;
}

function choose(tokens: readonly DateToken[], today: EpochDay): DateToken | undefined {
  const definite = tokens.filter((t) => t.kind !== 'vague' && t.kind !== 'period');
  const dated = definite.filter((t) => !t.holiday);
  const past = dated.find((t) => t.kind === 'invalid' || (t.from ?? 0) <= today);
  const period = tokens.find((t) => t.kind === 'period' && t.period?.unit !== 'year') ?? tokens.find((t) => t.kind === 'period');
  return past ?? definite.find((t) => t.holiday && (t.from ?? 0) <= today) ?? definite[0] ?? period ?? tokens[0];
}

function dayOf(token: DateToken, today: EpochDay): ContactDate {
  const { from, to } = token;
  if (token.contradicted) return { date: null, date_precision: 'vague', contradicted: true, future: false, span: token };
  if (token.kind === 'vague' || token.kind === 'invalid' || from === undefined || to === undefined)
    return { date: null, date_precision: token.kind === 'invalid' ? 'invalid' : 'vague', future: false, span: token };
  const future = from > today;
  if (token.kind === 'period')
    return { date: null, date_precision: 'period', date_from: toIso(from), date_to: toIso(to), future, span: token };
  if (token.kind === 'range') return { date: toIso(from), date_precision: 'range', date_end: toIso(to), future, span: token };
  return { date: toIso(from), date_precision: 'day', future, span: token };
}

/**
 * 谈2025年医保缴费; 居民6人 上个月工资没发: the day of what is talked about, said behind a word of talking, or behind those who were met
 * and with what happened that day right behind it.
 */
function isTalkedOf(document: Document, section: Section, d: DateToken): boolean {
  const { text, lexicon, words } = document;
  const met = document.quantities.some((q) => isPerson(q, false) && !isOther(q) && q.start >= section.start && q.end <= d.start);
  if (met && isInside(document, d)) return true;
  const end = text[d.end] === '的' && !text.startsWith('的事', d.end) ? d.end + 1 : d.end;
  if (!isHan(text, end)) return false;
  const goesOn =
    lexicon.goesOn.at(text, end) !== null ||
    words.at(end).some((h) => h.kind === 'mode' || h.kind === 'hint' || h.kind === 'role') ||
    [...document.quantities, ...spotsIn(document, section)].some((part) => part.start === end);
  if (goesOn) return false;
  if (lexicon.talkedOf.test(text.slice(Math.max(section.start, d.start - 6), d.start))) return true;
  return met || (d.kind === 'period' && words.at(end).some((h) => h.kind === 'problem' || (h.kind === 'topic' && h.end - h.start > 1)));
}

/** 水费从1.5涨到2.2, 停水到周三: behind words that are neither how, who nor 在. */
const isInside = ({ text, words, quantities }: Document, { start }: Section): boolean =>
  isHan(text, start - 1) &&
  !/[在于是]/.test(text[start - 1] ?? '') &&
  !quantities.some((q) => q.end === start || q.nounEnd === start) &&
  !words.all.some((h) => h.end === start && (h.kind === 'mode' || h.kind === 'place' || h.kind === 'organisation'));

/** 10月底前答复, 承诺下周三来修: the promise's day, not the contact's. */
function promised(document: Document, token: DateToken, today: EpochDay): boolean {
  const { promise } = document.lexicon;
  const before = document.text.slice(Math.max(0, token.start - 6), token.start);
  const after = document.text.slice(token.end, token.end + 4);
  if (promise.after.test(after) && !saysIn(after, document, 'behind_not_before')) return true;
  if (token.from !== undefined && token.from > today && promise.before.test(before)) return !first(document, token);
  return promise.justBefore.test(before) && (token.from ?? today) >= today && !first(document, token);
}

const first = (document: Document, token: DateToken): boolean =>
  hitsOf(document, 'plan', { start: Math.max(0, token.start - 4), end: token.end + 6 }).length > 0;
