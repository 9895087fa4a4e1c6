import type { Intent, Reading } from '../reading';
import { readActivityCreate, readActivityQuery, readActivityUpdate, readAttendance } from './activity';
import type { Asked } from './asked';
import { readCorrection, readDeletion } from './correct';
import { readCase, readCaseQuery, readCaseUpdate, readCommitment, readCommitmentUpdate, readFeedback } from './demands';
import { readOpinion, readOpinionQuery, readOpinionUpdate, readProposalLead } from './opinions';
import { readExport, readProgress, readRecordQuery } from './progress';
import { readSignup } from './signup';

const readers: Record<Exclude<Intent, 'record_contact' | 'none' | 'help'>, (asked: Asked) => Reading> = {
  signup: (asked) => readSignup(asked, 'signup'),
  signup_cancel: (asked) => readSignup(asked, 'signup_cancel'),
  leave_request: (asked) => readSignup(asked, 'leave_request'),
  activity_query: readActivityQuery,
  activity_create: readActivityCreate,
  activity_update: readActivityUpdate,
  activity_attendance: readAttendance,
  query_progress: readProgress,
  report_export: readExport,
  case_query: readCaseQuery,
  record_query: readRecordQuery,
  opinion_query: readOpinionQuery,
  correct_record: readCorrection,
  delete_record: readDeletion,
  submit_opinion: readOpinion,
  submit_proposal_lead: readProposalLead,
  add_case: readCase,
  update_case: readCaseUpdate,
  case_feedback: readFeedback,
  opinion_update: readOpinionUpdate,
  add_commitment: readCommitment,
  update_commitment: readCommitmentUpdate,
};

/** The reading of every intent but records, help and none. */
export function readOther(asked: Asked, intent: Intent): Reading {
  if (intent === 'help') return { intent: 'help' };
  if (intent === 'record_contact' || intent === 'none') return { intent: 'none', reason: 'unclear' };
  return readers[intent](asked);
}
