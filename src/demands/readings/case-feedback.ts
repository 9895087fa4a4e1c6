import { type Asked, idOf } from '../../reader/asked';
import { intent } from '../../reader/intent';
import { saysIn } from '../../reader/means';
import type { Reading } from '../../reader/reading';
import { keywordOf } from './named-case';

export interface CaseFeedbackReading extends Reading {
  intent: 'case_feedback';
  case: string | null;
  /** Where no number is said. */
  keyword?: string | null;
  satisfaction: 'basically' | 'unsatisfied' | 'satisfied' | null;
  reopen?: true;
}

/** 满意, 基本满意, 不满意; 不满意 with 重新办 reopens. */
function readFeedback(asked: Asked): CaseFeedbackReading {
  const said = `${asked.command} ${asked.body}`;
  const id = idOf(asked, 'C', true);
  const unsatisfied = saysIn(said, asked.document, 'not_satisfied');
  const basically = saysIn(said, asked.document, 'rather_satisfied');
  const satisfied = saysIn(said, asked.document, 'satisfied');
  const satisfaction = basically ? 'basically' : unsatisfied ? 'unsatisfied' : satisfied ? 'satisfied' : null;
  const reopen = saysIn(said, asked.document, 'do_again') && satisfaction !== 'satisfied';
  return { intent: 'case_feedback', case: id, ...(id ? {} : { keyword: keywordOf(asked) }), satisfaction, ...(reopen && { reopen: true }) };
}

export const caseFeedback = intent<CaseFeedbackReading>('case_feedback', {
  words: ['回访', '评价', '诉求反馈', '满意度', '回访反馈', '反馈', '满意', '不满意', '重办', '重新办理'],
  read: readFeedback,
});
