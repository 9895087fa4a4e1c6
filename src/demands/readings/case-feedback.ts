import { type Asked, idOf } from '../../reader/asked';
import { intent } from '../../reader/intent';
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
  const unsatisfied =
    /不满意|不太满意|没解决|没修好|还是|又坏|不认可|意见很大|没改善|不行|没好|没弄好|依旧|依然|又漏|没真正|不高兴|差评/.test(said);
  const basically = /基本满意|还算满意|比较满意|大体满意|还行|还可以|凑合/.test(said);
  const satisfied = /满意|感谢|认可|高兴|挺好|很好|点赞|好评|表扬/.test(said);
  const satisfaction = basically ? 'basically' : unsatisfied ? 'unsatisfied' : satisfied ? 'satisfied' : null;
  const reopen =
    /重新办|重办|再办|返工|重新处理|重新打开|重新修|再修|继续办|再处理|退回重|再去|重新派|要求重|再跟进|重启/.test(said) &&
    satisfaction !== 'satisfied';
  return { intent: 'case_feedback', case: id, ...(id ? {} : { keyword: keywordOf(asked) }), satisfaction, ...(reopen && { reopen: true }) };
}

export const caseFeedback = intent<CaseFeedbackReading>('case_feedback', {
  words: ['回访', '评价', '诉求反馈', '满意度', '回访反馈', '反馈', '满意', '不满意', '重办', '重新办理'],
  read: readFeedback,
});
