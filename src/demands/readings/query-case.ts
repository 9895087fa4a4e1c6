import { intent } from '../../reader/intent';
import type { Reading } from '../../reader/reading';
import { caseOf, type NamedCase } from './named-case';

export interface CaseQueryReading extends Reading, NamedCase {
  intent: 'case_query';
}

export const queryCase = intent<CaseQueryReading>('case_query', {
  words: ['查诉求', '诉求查询', '查办理', '办理进度', '诉求进度', '查询诉求', '我的诉求', '办理情况', '查件', '查案'],
  read: (asked) => ({ intent: 'case_query', ...caseOf(asked) }),
});
