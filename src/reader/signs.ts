import { type Document, hitsOf, type Section, within } from './document';
import { means, saysIn } from './means';
import { namesIn } from './names';
import { bareRecordsIn, numberedIn } from './numbered';
import { spotsIn } from './where';

/** What a sentence said to the bot shows, looked up once for the rules below. */
export interface Signs {
  body: string;
  document: Document;
  section: Section;
  question: boolean;
  /** The letter before an id: A activity, C case, M opinion, R record. */
  id: string | null;
  quoted: string;
  contact: boolean;
  /** Constituents are counted. */
  counted: boolean;
}

/** Looks once for what the rules of a sentence ask about. */
export function signsOf(document: Document, section: Section): Signs {
  const body = document.text.slice(section.start, section.end);
  const quoted = document.context.quoted ?? '';
  const id = kindOfThing(numberedIn(body, 'A-Z')[0]?.id[0]) ?? (bareRecordsIn(body).length > 0 ? 'R' : null);
  const counted = isCounted(document, section);
  const signs: Signs = { body, document, section, question: means({ body, document }, 'asks'), id, quoted, counted, contact: false };
  signs.contact = isContact(signs);
  return signs;
}

/** Which kind of thing a letter numbers; letters that have none of their own number activities. */
const kindOfThing = (letter: string | undefined): string | null => (letter === undefined ? null : 'CMR'.includes(letter) ? letter : 'A');

const isCounted = (document: Document, section: Section): boolean =>
  document.quantities.some((q) => within(q, section) && (q.kind === 'person' || q.kind === 'personTimes') && q.role !== 'member');

/** A contact that took place: a mode or a visit, with a day, a place or a count, and no question. */
function isContact(s: Omit<Signs, 'contact'>): boolean {
  const { document, section, counted } = s;
  const mode = hitsOf(document, 'mode', section).length > 0;
  const hint = hitsOf(document, 'hint', section).length > 0;
  const past = [
    ...document.dates.filter((d) => d.kind !== 'period'),
    ...document.times.filter((t) => !saysIn(document.text.slice(t.start, t.end), document, 'deep_night')),
  ].some((d) => within(d, section));
  const person = (): boolean =>
    hitsOf(document, 'role', section).length > 0 ||
    hitsOf(document, 'neighbour', section).length > 0 ||
    namesIn(document, section).some((n) => n.kind === 'contact');
  const spot = (): boolean => spotsIn(document, section).length > 0;
  const households = (): boolean => document.quantities.some((q) => within(q, section) && q.kind === 'household');
  const done = means(s, 'took_place');
  if (s.question && (!(counted && mode && (past || spot())) || means(s, 'asks_if_kept'))) return false;
  if (past && spot() && means(s, 'met_nobody') && hitsOf(document, 'negation', section).length > 0) return true;
  if (mode) return counted || (past && (done || spot() || person() || households())) || (done && spot());
  if (past && means(s, 'talked_with')) return true;
  if (hint && done && person() && (past || means(s, 'with_someone'))) return true;
  return (counted && (hint || past || (done && spot()))) || (hint && past && spot());
}
