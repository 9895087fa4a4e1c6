import { type Command, command } from '../chat/command';
import { askActivity } from './ask-activity';
import { attendanceByChat, minutesByChat } from './attendance';
import { cancelByChat } from './cancel-sign-up';
import { changeByChat } from './change-activity';
import { type ActivityTools, announceActivity } from './create-activity';
import type { Opening } from './draft';
import {
  cancelSignUp,
  createActivity,
  queryActivity,
  recordAttendance,
  recordMinutes,
  requestLeave,
  rights,
  signUp,
  updateActivity,
} from './readings';
import { signUpByChat } from './sign-up';
import { activityTexts as texts } from './texts';

/** What can be said about activities. */
export function activityCommands(tools: ActivityTools, opening: Opening): Command[] {
  return [
    command(createActivity, {
      may: rights.create,
      denied: texts.onlyOrganisers,
      help: [{ say: texts.help.create, first: ['convener', 'liaison_officer'] }],
      handle: (context, reading) => announceActivity(tools, opening, context, reading),
    }),
    command(signUp, {
      may: rights.signUp,
      help: [{ say: texts.help.signup, first: ['member'] }],
      handle: (context, reading) => signUpByChat(tools, context, reading),
    }),
    command(cancelSignUp, {
      may: rights.cancelSignUp,
      help: texts.help.cancel,
      handle: (context, reading) => cancelByChat(tools, context, reading),
    }),
    command(requestLeave, { may: rights.cancelSignUp, handle: (context, reading) => cancelByChat(tools, context, reading) }),
    command(queryActivity, {
      may: rights.see,
      help: texts.help.query,
      handle: (context, reading) => askActivity(tools, context, reading),
    }),
    ...organisersCommands(tools),
  ];
}

/** What whoever runs an activity says of it once it is announced. */
function organisersCommands(tools: ActivityTools): Command[] {
  const theirs = { may: rights.change, denied: texts.onlyChangers };
  return [
    command(updateActivity, {
      ...theirs,
      help: texts.help.change,
      handle: (context, reading) => changeByChat(tools, context, reading),
    }),
    command(recordAttendance, { ...theirs, handle: (context, reading) => attendanceByChat(tools, context, reading) }),
    command(recordMinutes, { ...theirs, handle: (context, reading) => minutesByChat(tools, context, reading) }),
  ];
}
