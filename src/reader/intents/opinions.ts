import { topicsOf } from '../content';
import { hitsOf } from '../document';
import type { Reading } from '../reading';
import { type Asked, keywordOf as activityKeyword, idOf, without } from './asked';

const suggestion = /建议|应当|应该|希望|可以考虑|能否|呼吁|尽快|请(?!问)|增设|加快|推动|完善|建立|加大|恳请/;

/** The title: labelled, in 《》, or 关于…的建议. */
function titleOf(body: string): string | null {
  return (
    /(?:标题|题目)[:是 ]+([^\s。;]{2,40})/.exec(body)?.[1] ??
    /[《"]([^》"\n]{3,40})[》"]/.exec(body)?.[1] ??
    /关于[^,。;\n]{2,36}?的?(?:建议|意见|问题|情况|对策|思考|提案|反映|调查|调研)/.exec(body)?.[0] ??
    null
  );
}

/** An opinion report needs a title, a problem and a suggestion (domain.md 0.4). */
export function readOpinion(asked: Asked): Reading {
  const { body } = asked;
  const title = titleOf(body);
  const rest = title ? body.replace(title, ' ') : body;
  const labelled = { problem: /(?:问题|情况|现状|反映)[:]/.test(rest), suggestion: /建议[:]/.test(rest) };
  const hasSuggestion = labelled.suggestion || suggestion.test(rest);
  const before = hasSuggestion && !labelled.problem ? rest.slice(0, Math.max(0, rest.search(suggestion))) : rest;
  const hasProblem =
    labelled.problem ||
    /[\u4e00-\u9fff]{3,}/.test(without(before, /标题|题目|[:。,;]/g)) ||
    (title !== null && /难|堵|乱|不足|缺|问题|滞后|短板/.test(rest));
  const missing = [...(title ? [] : ['title']), ...(hasProblem ? [] : ['problem']), ...(hasSuggestion ? [] : ['suggestion'])];
  return {
    intent: 'submit_opinion',
    title,
    has_problem: hasProblem,
    has_suggestion: hasSuggestion,
    topics: topicsOf(asked.document, asked.section),
    missing,
  };
}

export function readProposalLead(asked: Asked): Reading {
  return {
    intent: 'submit_proposal_lead',
    title: titleOf(asked.body),
    content: asked.body,
    topics: topicsOf(asked.document, asked.section),
    missing: asked.body.length >= 4 ? [] : ['content'],
  };
}

export function readOpinionQuery(asked: Asked): Reading {
  const id = idOf(asked, 'M', true);
  return { intent: 'opinion_query', opinion: id, keyword: id ? null : subjectOf(asked) };
}

const levels: readonly [RegExp, string][] = [
  [/全国|中央|国家|中办|国办|国务院|部委/, 'national'],
  [/省/, 'province'],
  [/市/, 'city'],
  [/县/, 'county'],
  [/区/, 'district'],
];

/** Adopted at a level, alone or with others, or commented on by a leader. */
export function readOpinionUpdate(asked: Asked): Reading {
  const said = `${asked.command} ${asked.body}`;
  const id = idOf(asked, 'M', true);
  const status = /批示|签批|圈阅|批了/.test(said) ? 'commented' : 'adopted';
  const form = /单篇|单独/.test(said) ? 'single' : /综合|合并|汇编/.test(said) ? 'composite' : null;
  const level =
    levels.find(([pattern]) => pattern.test(asked.body.replace(/市场|区域|社区|小区|园区|城区|市民|县域|地区|省钱|省力/g, '')))?.[1] ??
    null;
  return { intent: 'opinion_update', opinion: id, keyword: id ? null : subjectOf(asked), status, level, form };
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
    (h) => !/采用|批示|建议|提案/.test(asked.document.text.slice(h.start, h.end)),
  )[0];
  return topic ? asked.document.text.slice(topic.start, topic.end) : activityKeyword(asked, /[\u4e00-\u9fff]{3,}/);
}
