import type { Asked } from '../../reader/asked';
import type { ContactMode } from '../../reader/contact-mode';
import { hitsOf } from '../../reader/document';
import { intent } from '../../reader/intent';
import { means } from '../../reader/means';
import { isNotice } from '../../reader/notice';
import type { Reading } from '../../reader/reading';
import { spanOf } from '../../reader/span';
import { type Scope, type Whom, whomOf } from '../../reader/whom';
import { type Metric, metricOf } from './metric';

export interface ProgressReading extends Reading {
  intent: 'query_progress';
  scope: Scope;
  subject: string | null;
  period: string | null;
  /** A span that is no named period: 近三年, 上周. */
  date_from?: string;
  date_to?: string;
  metric: Metric | null;
  /** Only contacts of these modes are meant: 座谈了几次. */
  modes?: ContactMode[];
  privacy?: 'private_reply' | 'deny';
  refuse?: 'public_ranking';
}

/** Progress of the quota; who is behind is told in private, and nobody is ranked. */
function readProgress(asked: Asked): ProgressReading {
  const said = `${asked.command} ${asked.body}`;
  const metric = metricOf(said, asked.document);
  const scope = scopeOf(asked, metric);
  const span = spanOf(asked);
  const modes = metric === 'events' || metric === 'person_times' ? modesIn(asked) : [];
  return {
    intent: 'query_progress',
    ...scope,
    period: span?.label ?? null,
    ...(span && span.label === null && { date_from: span.from, date_to: span.to }),
    metric,
    ...(modes.length > 0 && { modes }),
    ...privacyOf(asked, scope.scope, metric),
    ...(metric === 'ranking' && { refuse: 'public_ranking' as const }),
  };
}

/** Nobody ranks oneself, and the office has no figures of its own: without 我 they ask about everybody. */
function scopeOf(asked: Asked, metric: Metric | null): Whom {
  const whom = whomOf(asked);
  const office = asked.document.context.sender_role === 'staff' && metric !== null && metric !== 'remaining';
  const notOwn = whom.scope === 'self' && !means(asked, 'me') && (metric === 'ranking' || office);
  return notOwn ? { scope: 'org', subject: null } : whom;
}

const modesIn = ({ document, section }: Asked): ContactMode[] => [
  ...new Set(hitsOf(document, 'mode', section).map(({ code }) => code as ContactMode)),
];

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
  notMeant: (asked) => (!asked.commanded && isNotice(asked) ? 'forwarded' : null),
});
