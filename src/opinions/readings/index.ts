import { action, all } from '../../organisation/may';
import { queryOpinion, updateOpinion } from './follow';
import { submitOpinion, submitProposalLead } from './submit';

export { type OpinionQueryReading, type OpinionUpdateReading, queryOpinion, updateOpinion } from './follow';
export { type OpinionKind, type OpinionReading, type ProposalLeadReading, submitOpinion, submitProposalLead } from './submit';

/** What can be said about opinion reports and leads for proposals. */
export const readings = [queryOpinion, submitOpinion, submitProposalLead, updateOpinion];

export const rights = {
  /** Whoever only reads tells nothing. */
  note: action('opinion.note', all('own', ['auditor'])),
  /** One's own; what others told is the office's matter. */
  see: action('opinion.see', { ...all('own'), staff: 'body', auditor: 'body' }),
  list: action('opinion.list', { staff: 'body', auditor: 'body' }),
  /** What has become of it. */
  remark: action('opinion.remark', { staff: 'body' }),
};
