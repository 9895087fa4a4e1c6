import { isHan } from '../../reader/characters';
import { type Document, hitsOf, type Section } from '../../reader/document';
import { saysIn } from '../../reader/means';
import { leftmostLongest } from '../../reader/mode';
import { namesIn } from '../../reader/names';
import type { PeopleReading } from '../../reader/people';
import type { Hit } from '../../reader/trie';
import { spotsIn } from '../../reader/where';

/**
 * Whether `section`, the line up to what constituents say, tells that the contact did not take place. What they complain of
 * (孩子没人接送, 有人没去成医院) is no such word: it has a subject of its own, or stands behind those who were met.
 */
export function isUndone(document: Document, section: Section, whole: Section, people: PeopleReading): boolean {
  const { text } = document;
  if (saysIn(text.slice(section.start, section.end), document, 'not_held')) return true;
  const word = leftmostLongest(hitsOf(document, 'negation', section)).find(
    (h) => !saysIn(text.slice(h.end, h.end + 2), document, 'some_done') && !isComplaint(document, section, h, people),
  );
  return word !== undefined && !saysIn(text.slice(word.end, whole.end), document, 'later_then');
}

const clauseBreak = /[,。;:\n ]/;

function isComplaint(document: Document, section: Section, word: Hit, people: PeopleReading): boolean {
  const { text, lexicon } = document;
  let start = word.start;
  while (start > section.start && !clauseBreak.test(text[start - 1] ?? '')) start--;
  const clause = { start, end: word.start };
  const { subject, person } = subjectOf(document, clause);
  const counted = people.people !== null && people.people !== people.contacts.length && people.span !== null && people.span.start < start;
  if (subject === '' && !person) return counted && (word.code === 'absent' || (word.code === 'speaker' && hasObject(document, word)));
  if (counted) return true;
  // 因雨取消了
  if (saysIn(text.slice(start, start + 2), document, 'because_of')) return false;
  if (word.code === 'speaker') return lexicon.negation.others.at(text, start) !== null;
  return !person;
}

/** Of a clause what is neither when, where, who was met, how, nor an opening such as 本来 or 我们; and whether people are named in it. */
function subjectOf(document: Document, clause: Section): { subject: string; person: boolean } {
  const { text, lexicon, dates, times, quantities } = document;
  const people = [...hitsOf(document, 'role', clause), ...namesIn(document, clause)];
  const known = [...people, ...dates, ...times, ...quantities, ...spotsIn(document, clause), ...hitsOf(document, 'mode', clause)];
  let subject = '';
  for (let at = clause.start; at < clause.end; ) {
    const part = known.find((k) => k.start <= at && at < k.end);
    const opening = part ? null : lexicon.negation.openings.at(text, at, clause.end);
    if (!part && opening === null) subject += text[at] ?? '';
    at = part ? part.end : at + (opening?.length ?? 1);
  }
  return { subject: subject.replace(/[^\u4e00-\u9fff\dA-Za-z]/g, ''), person: people.length > 0 };
}

/** 没去成医院: who did not get there is not who tells it. */
const hasObject = ({ text, lexicon }: Document, { end }: Hit): boolean =>
  isHan(text, end) && lexicon.negation.openings.at(text, end) === null && !saysIn(text.slice(end), { lexicon }, 'goes_on_after');
