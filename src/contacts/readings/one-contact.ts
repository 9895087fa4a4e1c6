import type { ContactMode } from '../../reader/contact-mode';
import { demandsOf, resultsOf, servicesOf, topicsOf } from '../../reader/content';
import { type Document, hitsOf, originalSpan, type Section, within } from '../../reader/document';
import { saysIn } from '../../reader/means';
import { type ModeReading, modeOf } from '../../reader/mode';
import { companionsIn, type PersonName } from '../../reader/names';
import { planAt } from '../../reader/not-meant';
import { contentIn } from '../../reader/own-words';
import { contactsIn, type PeopleReading, peopleOf } from '../../reader/people';
import type { Spans } from '../../reader/reading';
import { labelledOf, partnerOf, spotsIn, straightOf, type Where, whereOf } from '../../reader/where';
import { type ContactDate, contactDateOf } from './contact-date';
import type { ContactReading, MissingField, RejectReason } from './contact-reading';
import { sheetOf } from './sheet';
import { placeSaid, slotWhere } from './slot';
import { isUndone } from './undone';

export interface RecordOptions {
  /** After a slash command: a number alone counts people. */
  terse: boolean;
  /** What an earlier part of the message already said (several records in one message). */
  mode?: ContactMode | null;
}

export interface ReadRecord {
  reading: ContactReading;
  spans: Spans;
}

/** Made once: a name put together anew is looked up among all names there are. */
const contentFields = Array.from({ length: 12 }, (_, i) => `content.${i}`);

const placeless: ReadonlySet<ContactMode | null> = new Set(['phone', 'online', 'talk']);

/** One contact out of `section`, its fields put into `reading`. */
export function readRecord(document: Document, section: Section, options: RecordOptions, reading = {} as ContactReading): ReadRecord {
  const sheet = sheetOf(document, section);
  const content = contentOf(document, section);
  const { where, said } = sheet.where
    ? { where: whereInSheet(document, sheet.where), said: modeOf(document, sheet.mode ?? section, true) }
    : whereAndHow(document, section, { content, mode: sheet.mode ?? section, terse: options.terse });
  const mode = said.mode ?? options.mode ?? null;
  const date = contactDateOf(document, sheet.date ?? section, sheet.date ? null : content);
  const people = peopleOf(document, sheet.people ?? section, options.terse);
  if (sheet.people) people.contacts = contactsIn(document, section, false);
  const used = [where.span, said.span, date.span, people.span].filter((s) => s !== null);
  const companions = companionsIn(document, section);
  const about = sheet.content ? [sheet.content] : contentIn(document, section, used, companions);
  const demands = sheet.content ? sheetText(document, sheet.content) : demandsOf(document, section, { used, about });
  const results = resultsOf(document, section);
  const troubled = demands.length > 0 || results.includes('to_opinion') || results.includes('to_proposal');
  // Field by field: an object spread into another costs as much as reading a date.
  reading.mode = mode;
  tellWhen(reading, date);
  reading.place = where.place;
  reading.organisation = where.organisation;
  reading.people = people.people;
  reading.people_approx = people.approx;
  reading.topics = topicsOf(document, section);
  reading.services = servicesOf(document, section, mode, troubled);
  reading.results = results;
  reading.missing = missingOf(mode, date, where, people);
  tellMore(document, section, { people, demands, companions }, reading);
  const reject = rejectOf(document, section, { date, people, content });
  if (reject) reading.reject = reject;
  if (reject === 'negated') undone(reading, people);
  const confirm = [...(implausible(reading) ? ['people'] : []), ...(date.contradicted ? ['date'] : [])];
  if (confirm.length > 0) reading.confirm = confirm;
  const spans: Spans = {};
  if (said.span) spans['mode'] = originalSpan(document, said.span);
  if (date.span) spans['date'] = originalSpan(document, date.span);
  if (where.span) spans['where'] = originalSpan(document, where.span);
  if (people.span) spans['people'] = originalSpan(document, people.span);
  about.forEach((piece, i) => (spans[contentFields[i] ?? `content.${i}`] = originalSpan(document, piece)));
  return { reading, spans };
}

/** What did not take place has no day. */
function undone(reading: ContactReading, { people, contacts }: PeopleReading): void {
  reading.date = null;
  reading.date_precision = 'vague';
  if (!reading.missing.includes('date')) reading.missing.push('date');
  // 没打通 王师傅: named, but not reached.
  if (people !== contacts.length || people === null) return;
  reading.people = null;
  reading.missing.push('people');
}

interface Known {
  content: Section | null;
  /** Where the mode stands. */
  mode: Section;
  terse: boolean;
}

/** What is complained of (垃圾站味道大) or called upon is the place only when nothing else is, and the mode needs one. */
function whereAndHow(document: Document, section: Section, known: Known): { where: Where; said: ModeReading } {
  const spots = spotsIn(document, section);
  const { content } = known;
  const labelled = labelledOf(document, section, spots);
  const open = content ? { start: section.start, end: content.start } : section;
  const straight = labelled.span ? labelled : straightOf(document, open, spots);
  const said = modeOf(document, known.mode, straight.span !== null);
  if (straight.span) return { where: straight, said };
  if (placeless.has(said.mode)) return { where: partnerOf(document, open, spots), said };
  const named = whereOf(document, section, spots);
  const where = (named.span === null && ((known.terse && slotWhere(document, open)) || placeSaid(document, open))) || named;
  return { where, said: said.mode ? said : modeOf(document, known.mode, where.span !== null) };
}

function tellWhen(reading: ContactReading, when: ContactDate): void {
  reading.date = when.date;
  reading.date_precision = when.date_precision;
  if (when.date_from) reading.date_from = when.date_from;
  if (when.date_to) reading.date_to = when.date_to;
  if (when.date_end) reading.date_end = when.date_end;
  if (when.time) reading.time = when.time;
  if (when.part_of_day) reading.part_of_day = when.part_of_day;
}

const sheetText = (document: Document, { start, end }: Section): string[] => (end > start ? [document.text.slice(start, end)] : []);

function whereInSheet(document: Document, value: Section): Where {
  const found = whereOf(document, value, spotsIn(document, value));
  if (found.span || value.end <= value.start) return found;
  const name = document.text.slice(value.start, value.end).split(/[,; ]/)[0] ?? '';
  return { place: name, organisation: null, span: { start: value.start, end: value.start + name.length } };
}

/** From the first 反映/说/希望 on the constituents speak. */
function contentOf(document: Document, section: Section): Section | null {
  const index = document.text.slice(section.start, section.end).search(document.lexicon.acts.matter_begins);
  return index > 0 ? { start: section.start + index, end: section.end } : null;
}

function missingOf(mode: ContactMode | null, date: ContactDate, where: Where, people: PeopleReading): MissingField[] {
  const missing: MissingField[] = [];
  if (mode === null) missing.push('mode');
  if (date.date === null && date.date_precision !== 'period') missing.push('date');
  if (where.span === null && !placeless.has(mode)) missing.push('where');
  if (people.people === null) missing.push('people');
  return missing;
}

interface Found {
  people: PeopleReading;
  demands: string[];
  companions: PersonName[];
}

/** The fields that are there only when something is said of them. */
function tellMore(document: Document, section: Section, { people, demands, companions }: Found, reading: ContactReading): void {
  const behalf = behalfOf(document, section);
  const names = companions.map((n) => n.name).filter((name) => name !== behalf);
  const pii = document.pii.filter((p) => within(p, section)).map((p) => p.written);
  if (people.units) reading.units = people.units;
  if (demands.length > 0) reading.demands = demands;
  if (people.contacts.length > 0) reading.contacts = people.contacts.map((c) => c.name);
  if (names.length > 0) reading.companions = names;
  if (people.members !== null) reading.member_count = people.members;
  if (people.distinct !== null) reading.persons_distinct = people.distinct;
  if (hitsOf(document, 'neighbour', section).length > 0) reading.constituent_type = 'neighbour';
  if (pii.length > 0) reading.pii = pii;
  if (behalf) reading.on_behalf_of = behalf;
}

const behalfPatterns = [
  /(?:代|帮|替|给|受)([\u4e00-\u9fff]{2,4}?)(?:委员)?(?:委托)?(?:补?记录?|补录|补报|补一[下条个]|补个|录入?|登记|填报?|报一条|报一下|上报|来记)/,
  /(?:代|替|受)([\u4e00-\u9fff]{2,4}?)委员/,
  /([\u4e00-\u9fff]{2,3})委员(?:委托|托|让|叫|请|要)我/,
];

/** 代周岚委员记一条: whose contact it is. */
function behalfOf(document: Document, section: Section): string | null {
  const text = document.text.slice(section.start, section.end);
  for (const pattern of behalfPatterns) {
    const match = pattern.exec(text);
    const name = match?.[1]?.replace(/委员$/, '') ?? '';
    const known = document.context.vocabulary?.members?.includes(name) ?? false;
    if (
      match &&
      (known || (name.length >= 2 && name.length <= 4 && document.lexicon.surnames.has(name[0] ?? '') && !/[我你他她]/.test(name)))
    )
      return name;
  }
  return null;
}

interface Happened {
  date: ContactDate;
  people: PeopleReading;
  content: Section | null;
}

function rejectOf(document: Document, section: Section, { date, people, content }: Happened): RejectReason | null {
  const before: Section = content ? { start: section.start, end: content.start } : section;
  if (isUndone(document, before, section, people)) return 'negated';
  if (date.date_precision === 'invalid') return 'invalid_date';
  if (date.future) return 'future_date';
  const plan = planAt(document, before);
  if (plan < 0) return null;
  const counted = people.span !== null && people.span.start < plan;
  const done = counted || saysIn(document.text.slice(section.start, plan), document, 'visit_done');
  return done ? null : 'future_date';
}

/** Counts nobody reaches in one contact of this kind; the assistant asks before it stores them. */
function implausible({ mode, people }: ContactReading): boolean {
  if (people === null) return false;
  if (mode === 'phone' || mode === 'talk' || mode === 'mediation') return people >= 60;
  return people >= (mode === 'visit' || mode === 'reception' || mode === 'symposium' || mode === null ? 300 : 1000);
}
