import { type Asked, without } from '../../reader/asked';
import { topicsOf } from '../../reader/content';
import { originalSpan } from '../../reader/document';
import { intent } from '../../reader/intent';
import { readOut, saysIn } from '../../reader/means';
import type { Reading, Spans } from '../../reader/reading';

/** What is told: for an opinion report, a small suggestion, or for a proposal. */
export type OpinionKind = 'opinion' | 'micro_suggestion' | 'proposal_lead';

export interface OpinionReading extends Reading {
  intent: 'submit_opinion';
  kind: Exclude<OpinionKind, 'proposal_lead'>;
  title: string | null;
  has_problem: boolean;
  has_suggestion: boolean;
  topics: string[];
  missing: ('title' | 'problem' | 'suggestion')[];
}

export interface ProposalLeadReading extends Reading {
  intent: 'submit_proposal_lead';
  title: string | null;
  content: string;
  topics: string[];
  missing: 'content'[];
}

/** Where the words themselves stand in the line as sent. */
export function wordsIn({ document, section, body }: Asked): Spans {
  if (body.trim() === '') return {};
  const head = kindSaid.exec(body)?.[0].length ?? 0;
  return { text: originalSpan(document, { start: section.start + head, end: section.end }) };
}

/** 社情民意 老旧小区…: what it is to be, said without a slash, is no part of it. */
const kindSaid = /^(?:我?(?:要|想)?(?:报|提交?)(?:一?[条个件])?)?(?:社情民意(?:信息)?|微建议|提案线索)[\s:,]+(?=\S)/;

/** The title: labelled, in 《》, or 关于…的建议. */
function titleOf({ body, document }: Asked): string | null {
  return (
    readOut(body, document, 'title_label') ??
    readOut(body, document, 'in_quotes') ??
    document.lexicon.acts.about_title.exec(body)?.[0] ??
    null
  );
}

/** An opinion report needs a title, a problem and a suggestion. */
function readOpinion(asked: Asked): OpinionReading {
  const { body } = asked;
  const title = titleOf(asked);
  const rest = title ? body.replace(title, ' ') : body;
  const labelled = { problem: saysIn(rest, asked.document, 'problem_label'), suggestion: saysIn(rest, asked.document, 'suggestion_label') };
  const hasSuggestion = labelled.suggestion || saysIn(rest, asked.document, 'suggesting');
  const before =
    hasSuggestion && !labelled.problem ? rest.slice(0, Math.max(0, rest.search(asked.document.lexicon.acts.suggesting))) : rest;
  const hasProblem =
    labelled.problem ||
    /[\u4e00-\u9fff]{3,}/.test(without(before, /标题|题目|[:。,;]/g)) ||
    (title !== null && saysIn(rest, asked.document, 'trouble'));
  const missing: OpinionReading['missing'] = [];
  if (!title) missing.push('title');
  if (!hasProblem) missing.push('problem');
  if (!hasSuggestion) missing.push('suggestion');
  return {
    intent: 'submit_opinion',
    kind: saysIn(`${asked.command} ${body}`, asked.document, 'micro_suggestion') ? 'micro_suggestion' : 'opinion',
    spans: wordsIn(asked),
    title,
    has_problem: hasProblem,
    has_suggestion: hasSuggestion,
    topics: topicsOf(asked.document, asked.section),
    missing,
  };
}

function readProposalLead(asked: Asked): ProposalLeadReading {
  return {
    intent: 'submit_proposal_lead',
    spans: wordsIn(asked),
    title: titleOf(asked),
    content: asked.body,
    topics: topicsOf(asked.document, asked.section),
    missing: asked.body.length >= 4 ? [] : ['content'],
  };
}

export const submitOpinion = intent<OpinionReading>('submit_opinion', {
  words: ['社情民意', '提交社情民意', '报社情民意', '社情民意信息', '民意', '信息', '微建议', '报信息', 'shqmy'],
  keeps: true,
  read: readOpinion,
});

export const submitProposalLead = intent<ProposalLeadReading>('submit_proposal_lead', {
  words: ['提案线索', '提案', '线索', '提交提案线索', '报提案线索', '提案建议'],
  keeps: true,
  read: readProposalLead,
});
