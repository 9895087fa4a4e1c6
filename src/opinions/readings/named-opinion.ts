import { type Asked, idOf, keywordOf } from '../../reader/asked';
import { hitsOf } from '../../reader/document';
import { saysIn } from '../../reader/means';

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
    /([\u4e00-\u9fff\dA-Za-z]{2,16}?)(?:的)?(?:那|这)(?:一)?(?:篇|条|个|件|份)/.exec(asked.body)?.[1] ??
    /关于([\u4e00-\u9fff\dA-Za-z]{2,20}?)的/.exec(asked.body)?.[1] ??
    /[《"]([^》"]{2,30})[》"]/.exec(asked.body)?.[1];
  const cleaned = pointed?.replace(
    /^(?:(?:我(?:们)?)?(?:上次|之前|上个?月|上周|昨天|前天|今年|去年|\d{1,2}月份?)?(?:写|报|提|交|发)?的?(?:关于)?|请问|查一?下?|看看|关于)+/,
    '',
  );
  const after = /[那这]一?[篇条个件份](?:关于)?([\u4e00-\u9fff\dA-Za-z]{2,16}?)的/.exec(asked.body)?.[1];
  if (after && !cleaned) return after;
  if (cleaned && cleaned.length >= 2) return cleaned;
  const topic = hitsOf(asked.document, 'topic', asked.section).filter(
    (h) => !saysIn(asked.document.text.slice(h.start, h.end), asked.document, 'opinion_state_words'),
  )[0];
  return topic ? asked.document.text.slice(topic.start, topic.end) : keywordOf(asked, /[\u4e00-\u9fff]{3,}/);
}
