import { type Asked, without } from '../../reader/asked';
import { topicsOf } from '../../reader/content';
import { intent } from '../../reader/intent';
import { readOut, saysIn } from '../../reader/means';
import { namesIn } from '../../reader/names';
import { isExhortation, isNotice } from '../../reader/notice';
import type { Reading } from '../../reader/reading';
import { spotsIn, whereOf } from '../../reader/where';

export interface CaseReading extends Reading {
  intent: 'add_case';
  place: string | null;
  contact: string | null;
  problem: string;
  urgency: 'emergency' | 'normal';
  topics: string[];
  /** Phone and identity numbers in it, to be masked. */
  pii?: string[];
}

/** A demand handed in: where, by whom, what, how urgent. */
function readCase(asked: Asked): CaseReading {
  const { document, section, body } = asked;
  const where = whereOf(document, section, spotsIn(document, section));
  const names = namesIn(document, section).filter((n) => n.kind === 'contact');
  const emergency = document.words.all.some(
    (h) =>
      h.kind === 'emergency' &&
      h.start >= section.start &&
      h.end <= section.end &&
      !saysIn(document.text.slice(Math.max(0, h.start - 1), h.start), document, 'urgent_otherwise'),
  );
  const labelled = readOut(body, document, 'who_reports');
  const place = [where.place, where.organisation].filter((n) => n !== null).join('');
  const pii = document.pii.filter((p) => p.start >= section.start && p.end <= section.end).map((p) => p.written);
  return {
    intent: 'add_case',
    place: place || null,
    contact: names[0]?.name ?? labelled ?? null,
    problem: problemOf(asked, place),
    urgency: emergency ? 'emergency' : 'normal',
    topics: topicsOf(document, section),
    ...(pii.length > 0 && { pii }),
  };
}

/** The demand without the greeting and the place, as it was said. */
function problemOf(asked: Asked, place: string): string {
  const { urgent_first, put_on_file } = asked.document.lexicon.acts;
  const told = asked.body.replace(place, ' ').replace(urgent_first, ' ').replace(put_on_file, ' ');
  const rest = without(told, /1[3-9]\d{9}/);
  return rest.replace(/^[,。!:;、\s]+|[,。!:;、\s]+$/g, '') || asked.body;
}

export const addCase = intent<CaseReading>('add_case', {
  words: ['诉求', '群众诉求', '新诉求', '登记诉求', '上报诉求', '报诉求', '问题', '上报', '报修', '求助', '反映', '反映诉求', 'suqiu'],
  keeps: true,
  read: readCase,
  notMeant: ({ document, body, commanded }) =>
    !commanded && (isNotice({ body, document }) || isExhortation({ body, document })) ? 'notice' : null,
});
