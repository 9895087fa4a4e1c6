import { action, all } from '../../organisation/may';
import { createActivity } from './create-activity';
import { queryActivity } from './query-activity';
import { recordAttendance } from './record-attendance';
import { recordMinutes } from './record-minutes';
import { signUp } from './sign-up';
import { cancelSignUp, requestLeave } from './step-back';
import { updateActivity } from './update-activity';

export { type ActivityCreateReading, createActivity } from './create-activity';
export { type ActivityQueryReading, queryActivity } from './query-activity';
export { type AttendanceReading, recordAttendance } from './record-attendance';
export { type MinutesReading, recordMinutes } from './record-minutes';
export type { Entry } from './roll-list';
export { type SignupReading, signUp } from './sign-up';
export { cancelSignUp, type LeaveReading, requestLeave, type SignupCancelReading } from './step-back';
export { type ActivityUpdateReading, updateActivity } from './update-activity';

/** What can be said about activities. */
export const readings = [
  signUp,
  cancelSignUp,
  requestLeave,
  queryActivity,
  createActivity,
  updateActivity,
  recordAttendance,
  recordMinutes,
];

const doers = all('own', ['auditor']);

const runners = { convener: 'sector', liaison_officer: 'sector' } as const;

export const rights = {
  /** Those who run a sector, a committee or the office. */
  create: action('activity.create', {
    convener: 'body',
    liaison_officer: 'body',
    committee_director: 'body',
    deputy_director: 'body',
    staff: 'body',
  }),
  see: action('activity.see', all('body')),
  signUp: action('activity.sign_up', all('body', ['auditor'])),
  /** A few colleagues of one's own sector, each of whom is told and may refuse. */
  signUpColleague: action('activity.sign_up_colleague', all('sector', ['auditor'])),
  /** As many as are to come: who runs the sector, and the office. */
  signUpOthers: action('activity.sign_up_others', { ...runners, staff: 'body' }),
  /** Time, place, seats, calling it off, who was there and what was said: whoever opened it, who runs its sector, the office. */
  change: action('activity.change', { ...runners, committee_director: 'own', deputy_director: 'own', staff: 'body' }),
  /** A sign-up is the member's own, and that of whoever typed it. */
  cancelSignUp: action('activity.cancel_sign_up', { ...doers, convener: 'sector', liaison_officer: 'sector', staff: 'body' }),
};
