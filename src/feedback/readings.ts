import { action, all } from '../organisation/may';
import { type Asked, idOf } from '../reader/asked';
import { originalSpan } from '../reader/document';
import { intent } from '../reader/intent';
import { means, saysIn } from '../reader/means';
import type { Reading, Spans } from '../reader/reading';

export const feedbackKinds = ['suggestion', 'complaint', 'question', 'deferral'] as const;
export type FeedbackKind = (typeof feedbackKinds)[number];

export interface FeedbackReading extends Reading {
  intent: 'feedback';
  kind: FeedbackKind;
  /** The words themselves; `spans.text` says where they stand in the line as sent. */
  text: string;
}

export interface AnswerFeedbackReading extends Reading {
  intent: 'answer_feedback';
  /** 'J12'; null when none is said nor stands in the quoted message. */
  feedback: string | null;
  text: string;
}

export interface QueryFeedbackReading extends Reading {
  intent: 'feedback_query';
  /** What the speaker has said, or what waits for an answer. */
  scope: 'self' | 'open';
  /** One of them, 'J12'. */
  feedback: string | null;
}

const kindOf = ({ command, body, document }: Asked): FeedbackKind => {
  if (command.includes('投诉') || (command === '' && saysIn(body, document, 'complain'))) return 'complaint';
  if (command === '' && saysIn(body, document, 'suggest')) return 'suggestion';
  return means({ body, document }, 'feedback_question') ? 'question' : 'suggestion';
};

const spanOf = ({ document, section }: Asked, text: string): Spans =>
  text === '' ? {} : { text: originalSpan(document, { start: section.end - text.length, end: section.end }) };

export const giveFeedback = intent<FeedbackReading>('feedback', {
  words: ['建议', '投诉', '提建议', '提个建议', '我有建议', '意见建议', '工作建议', '我要投诉', '提意见', 'jianyi', 'tousu'],
  keeps: true,
  read: (asked) => ({ intent: 'feedback', kind: kindOf(asked), text: asked.body, spans: spanOf(asked, asked.body) }),
});

const numbered = /^[\s,:，：]*(?:第)?[Jj]-?\d{1,6}号?[\s,:，：]*/;

export const answerFeedback = intent<AnswerFeedbackReading>('answer_feedback', {
  words: ['答复', '答复建议', '答复投诉', '回复建议', '回复投诉', 'dafu'],
  keeps: true,
  read: (asked) => {
    const text = asked.body.replace(numbered, '');
    return { intent: 'answer_feedback', feedback: idOf(asked, 'J', true), text, spans: spanOf(asked, text) };
  },
});

export const queryFeedback = intent<QueryFeedbackReading>('feedback_query', {
  words: ['我的建议', '我的投诉', '查建议', '查投诉', '建议列表', '投诉列表', '意见箱', '建议箱', '待答复', '未答复'],
  looksBack: true,
  read: (asked) => ({
    intent: 'feedback_query',
    scope: asked.command.startsWith('我的') ? 'self' : 'open',
    feedback: idOf(asked, 'J', true),
  }),
});

export const readings = [giveFeedback, answerFeedback, queryFeedback];

export const rights = {
  give: action('feedback.give', all('own', ['auditor'])),
  /** One's own with its answers; what others said is the office's matter. */
  see: action('feedback.see', { ...all('own'), staff: 'body', auditor: 'body' }),
  /** The list of what waits for an answer. */
  list: action('feedback.list', { staff: 'body', auditor: 'body' }),
  answer: action('feedback.answer', { staff: 'body' }),
};
