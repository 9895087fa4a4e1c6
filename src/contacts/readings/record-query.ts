import { type Asked, datesOf, dayOf } from '../../reader/asked';
import { toIso } from '../../reader/calendar';
import { intent } from '../../reader/intent';
import type { Reading } from '../../reader/reading';
import { type Scope, whomOf } from '../../reader/whom';

export interface RecordQueryReading extends Reading {
  intent: 'record_query';
  /** A day, or the first of a range. */
  date: string | null;
  scope: Scope;
  subject?: string;
  date_from?: string;
  date_to?: string;
}

/** What has been recorded, of a day or of a longer time. */
function readRecordQuery(asked: Asked): RecordQueryReading {
  const token = datesOf(asked).find((d) => d.from !== undefined);
  const { scope, subject } = whomOf(asked);
  return {
    intent: 'record_query',
    date: dayOf(token),
    scope,
    ...(subject && { subject }),
    ...(token?.kind === 'period' &&
      token.from !== undefined &&
      token.to !== undefined && { date_from: toIso(token.from), date_to: toIso(token.to) }),
  };
}

export const recordQuery = intent<RecordQueryReading>('record_query', {
  words: ['查记录', '我的记录', '记录查询', '查询记录', '历史记录', '看记录', '最近记录', '查看记录', '查询'],
  looksBack: true,
  read: readRecordQuery,
});
