import { queryOpinion, updateOpinion } from './follow';
import { submitOpinion, submitProposalLead } from './submit';

export { type OpinionQueryReading, type OpinionUpdateReading, queryOpinion, updateOpinion } from './follow';
export { type OpinionReading, type ProposalLeadReading, submitOpinion, submitProposalLead } from './submit';

/** What can be said about opinion reports and leads for proposals. */
export const readings = [queryOpinion, submitOpinion, submitProposalLead, updateOpinion];
