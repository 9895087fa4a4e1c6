import type { Asked } from '../../reader/asked';
import { intent } from '../../reader/intent';
import type { Reading } from '../../reader/reading';
import { type NamedOpinion, opinionOf } from './named-opinion';
import { wordsIn } from './submit';

export interface OpinionQueryReading extends Reading, NamedOpinion {
  intent: 'opinion_query';
  /** The speaker's own, or whatever the speaker may see. */
  scope: 'self' | 'all';
}

type Level = 'national' | 'province' | 'city' | 'county' | 'district';

export interface OpinionUpdateReading extends Reading, NamedOpinion {
  intent: 'opinion_update';
  status: 'commented' | 'adopted';
  level: Level | null;
  form: 'single' | 'composite' | null;
}

const levels: readonly [RegExp, Level][] = [
  [/全国|中央|国家|中办|国办|国务院|部委/, 'national'],
  [/省/, 'province'],
  [/市/, 'city'],
  [/县/, 'county'],
  [/区/, 'district'],
];

/** Adopted at a level, alone or with others, or commented on by a leader. */
function readOpinionUpdate(asked: Asked): OpinionUpdateReading {
  const said = `${asked.command} ${asked.body}`;
  const status = /批示|签批|圈阅|批了/.test(said) ? 'commented' : 'adopted';
  const form = /单篇|单独/.test(said) ? 'single' : /综合|合并|汇编/.test(said) ? 'composite' : null;
  const level =
    levels.find(([pattern]) => pattern.test(asked.body.replace(/市场|区域|社区|小区|园区|城区|市民|县域|地区|省钱|省力/g, '')))?.[1] ??
    null;
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
  read: (asked) => ({ intent: 'opinion_query', ...opinionOf(asked), scope: /我/.test(`${asked.command} ${asked.body}`) ? 'self' : 'all' }),
});

export const updateOpinion = intent<OpinionUpdateReading>('opinion_update', {
  words: ['采用', '批示', '采纳', '社情民意采用', '录用', '信息采用', '已采用'],
  read: readOpinionUpdate,
});
