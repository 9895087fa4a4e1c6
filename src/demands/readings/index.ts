import { action, all } from '../../organisation/may';
import { addCase } from './add-case';
import { caseFeedback } from './case-feedback';
import { addCommitment, updateCommitment } from './commitments';
import { queryCase } from './query-case';
import { updateCase } from './update-case';

export { addCase, type CaseReading } from './add-case';
export { type CaseFeedbackReading, caseFeedback } from './case-feedback';
export { addCommitment, type CommitmentReading, type CommitmentUpdateReading, updateCommitment } from './commitments';
export { type CaseQueryReading, queryCase } from './query-case';
export { type CaseStatus, type CaseUpdateReading, updateCase } from './update-case';

/** What can be said about the constituents' demands and what was promised them. */
export const readings = [queryCase, addCase, updateCase, caseFeedback, addCommitment, updateCommitment];

export const rights = {
  see: action('demand.see', all('own')),
  /** Whoever only reads tells nothing. */
  tell: action('demand.tell', all('own', ['auditor'])),
};
