import { type Asked, idOf, keywordOf } from '../../reader/asked';
import { hitsOf } from '../../reader/document';
import { readOut, saysIn } from '../../reader/means';
import { membersIn } from '../../reader/members';

/** An opinion report by its number, said or quoted; without one by what it is about. */
export interface NamedOpinion {
  opinion: string | null;
  keyword: string | null;
}

export function opinionOf(asked: Asked): NamedOpinion {
  const id = idOf(asked, 'M', true);
  return { opinion: id, keyword: id ? null : subjectOf(asked) };
}

/** What the report is about when it has no number: 充电桩那篇. */
function subjectOf(asked: Asked): string | null {
  const pointed =
    readOut(asked.body, asked.document, 'that_opinion') ??
    readOut(asked.body, asked.document, 'opinion_about') ??
    readOut(asked.body, asked.document, 'in_quotes');
  const cleaned = pointed?.replace(asked.document.lexicon.acts.opinion_led_in, '');
  const after = readOut(asked.body, asked.document, 'opinion_behind');
  // 周岚那篇校车安全的: whose it is does not say what it is about.
  if (after && (!cleaned || membersIn(asked).includes(cleaned))) return after;
  if (cleaned && cleaned.length >= 2) return cleaned;
  const topic = hitsOf(asked.document, 'topic', asked.section).filter(
    (h) => !saysIn(asked.document.text.slice(h.start, h.end), asked.document, 'opinion_state_words'),
  )[0];
  return topic ? asked.document.text.slice(topic.start, topic.end) : keywordOf(asked, /[\u4e00-\u9fff]{3,}/);
}
