import { createActivity } from './create-activity';
import { queryActivity } from './query-activity';
import { recordAttendance } from './record-attendance';
import { signUp } from './sign-up';
import { cancelSignUp, requestLeave } from './step-back';
import { updateActivity } from './update-activity';

export { type ActivityCreateReading, createActivity } from './create-activity';
export { type ActivityQueryReading, queryActivity } from './query-activity';
export { type AttendanceReading, recordAttendance } from './record-attendance';
export { type SignupReading, signUp } from './sign-up';
export { cancelSignUp, type LeaveReading, requestLeave, type SignupCancelReading } from './step-back';
export { type ActivityUpdateReading, updateActivity } from './update-activity';

/** What can be said about activities. */
export const readings = [signUp, cancelSignUp, requestLeave, queryActivity, createActivity, updateActivity, recordAttendance];
