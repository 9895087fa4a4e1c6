import type { Asked } from '../../reader/asked';
import { intent } from '../../reader/intent';
import { saysIn } from '../../reader/means';
import type { Reading } from '../../reader/reading';
import { type NamedOpinion, opinionOf } from './named-opinion';
import { wordsIn } from './submit';

export interface OpinionQueryReading extends Reading, NamedOpinion {
  intent: 'opinion_query';
  /** The speaker's own, or whatever the speaker may see. */
  scope: 'self' | 'all';
}

const levels = ['national', 'province', 'city', 'county', 'district'] as const;
type Level = (typeof levels)[number];

export interface OpinionUpdateReading extends Reading, NamedOpinion {
  intent: 'opinion_update';
  status: 'commented' | 'adopted';
  level: Level | null;
  form: 'single' | 'composite' | null;
}

/** Adopted at a level, alone or with others, or commented on by a leader. */
function readOpinionUpdate(asked: Asked): OpinionUpdateReading {
  const said = `${asked.command} ${asked.body}`;
  const status = saysIn(said, asked.document, 'instructed') ? 'commented' : 'adopted';
  const form = saysIn(said, asked.document, 'alone_adopted')
    ? 'single'
    : saysIn(said, asked.document, 'adopted_with_others')
      ? 'composite'
      : null;
  const level = levels.find((each) => saysIn(asked.body, asked.document, `level_${each}`)) ?? null;
  return { intent: 'opinion_update', spans: wordsIn(asked), ...opinionOf(asked), status, level, form };
}

export const queryOpinion = intent<OpinionQueryReading>('opinion_query', {
  words: [
    '查信息',
    '查社情民意',
    '社情民意查询',
    '采用情况',
    '我的社情民意',
    '我的微建议',
    '我的提案线索',
    '我的线索',
    '查采用',
    '信息查询',
    '查提案',
    '查提案线索',
    '我的提案',
  ],
  read: (asked) => ({
    intent: 'opinion_query',
    ...opinionOf(asked),
    scope: saysIn(`${asked.command} ${asked.body}`, asked.document, 'me') ? 'self' : 'all',
  }),
});

export const updateOpinion = intent<OpinionUpdateReading>('opinion_update', {
  words: ['采用', '批示', '采纳', '社情民意采用', '录用', '信息采用', '已采用'],
  read: readOpinionUpdate,
});
