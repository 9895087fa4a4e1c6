import type { Asked } from '../../reader/asked';
import { intent } from '../../reader/intent';
import { isNotice } from '../../reader/notice';
import type { Reading } from '../../reader/reading';
import { periodOf, type Scope, type Whom, whomOf } from '../../reader/whom';

type Metric =
  | 'ranking'
  | 'behind_list'
  | 'remaining'
  | 'person_times'
  | 'distinct_enterprises'
  | 'opinions'
  | 'proposals'
  | 'sector_activities'
  | 'events';

export interface ProgressReading extends Reading {
  intent: 'query_progress';
  scope: Scope;
  subject: string | null;
  period: string | null;
  metric: Metric | null;
  privacy?: 'private_reply' | 'deny';
  refuse?: 'public_ranking';
}

const metrics: readonly [RegExp, Metric][] = [
  [
    /排名|排行|排个[名队]|名次|第几|谁.{0,8}最[多少高低]|最多的|最少的|倒数|垫底|前三|前十|榜|比一比|第一名|前几名|冠军|谁第一|排一下|排序|(?:从|由)[高多]到[低少]|谁做得最/,
    'ranking',
  ],
  [
    /谁(?:还)?[没未]|没完成|未完成|没达标|未达标|哪些人.{0,4}[没未]|落后|谁.{0,6}没|待提醒|差得多|谁差|还没动|没动静|哪[些几]位?.{0,6}[没未]|尚待|谁需要|掉队|谁还差|没记/,
    'behind_list',
  ],
  [/还差|差多少|差几|还剩|还要|还需|剩多少|缺多少/, 'remaining'],
  [/人次|多少人|多少群众|几个人|多少个人|见了多少|群众数/, 'person_times'],
  [/多少家企业|几家企业|企业数/, 'distinct_enterprises'],
  [/社情民意|多少篇|几篇|信息/, 'opinions'],
  [/提案/, 'proposals'],
  [/界别活动|多少场|几场/, 'sector_activities'],
  [/几次|多少次|次数|几回|多少回|多少条|几条/, 'events'],
];

/** Progress of the quota; who is behind is told in private, and nobody is ranked. */
function readProgress(asked: Asked): ProgressReading {
  const said = `${asked.command} ${asked.body}`;
  const metric = metrics.find(([pattern]) => pattern.test(said))?.[1] ?? null;
  const whom = whomOf(asked);
  const scope: Whom = metric === 'ranking' && whom.scope === 'self' && !/我/.test(asked.body) ? { scope: 'org', subject: null } : whom;
  return {
    intent: 'query_progress',
    ...scope,
    period: periodOf(asked),
    metric,
    ...privacyOf(asked, scope.scope, metric),
    ...(metric === 'ranking' && { refuse: 'public_ranking' as const }),
  };
}

/** Another person's figures: conveners and staff get them privately, members not at all. */
function privacyOf(asked: Asked, scope: Scope, metric: Metric | null): Pick<ProgressReading, 'privacy'> {
  const role = asked.document.context.sender_role ?? 'member';
  if (metric === 'ranking') return {};
  if (scope === 'member' || metric === 'behind_list') return { privacy: role === 'member' ? 'deny' : 'private_reply' };
  return scope === 'self' && asked.document.context.chat !== 'private' ? { privacy: 'private_reply' } : {};
}

export const queryProgress = intent<ProgressReading>('query_progress', {
  words: [
    '进度',
    '我的进度',
    '查进度',
    '完成情况',
    '履职进度',
    '我的履职',
    '查看我的履职',
    '指标',
    '任务',
    '我的任务',
    '还差多少',
    '统计',
    '履职统计',
    '排名',
    '排行',
    '排行榜',
    '谁没完成',
    '未完成',
    'jindu',
    'jd',
  ],
  looksBack: true,
  read: readProgress,
  notMeant: ({ body, commanded }) => (!commanded && isNotice(body) ? 'forwarded' : null),
});
