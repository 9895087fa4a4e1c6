import { type Command, command } from '../chat/command';
import type { SignupReading } from '../reader/reading';
import { askActivity } from './ask-activity';
import { cancelByChat } from './cancel-sign-up';
import { type ActivityTools, createActivity } from './create-activity';
import { signUpByChat } from './sign-up';
import { activityTexts as texts } from './texts';

/** What can be said about activities. Who may announce one is checked inside, where the answer names whom to ask. */
export function activityCommands(tools: ActivityTools): Command[] {
  return [
    command({
      intent: 'activity_create',
      help: texts.help.create,
      handle: (context, reading) => createActivity(tools, context, reading),
    }),
    command({
      intent: 'signup',
      help: texts.help.signup,
      handle: (context, reading: SignupReading) => signUpByChat(tools, context, reading),
    }),
    command({
      intent: 'signup_cancel',
      help: texts.help.cancel,
      handle: (context, reading: SignupReading) => cancelByChat(tools, context, reading),
    }),
    command({
      intent: 'activity_query',
      help: texts.help.query,
      handle: (context, reading) => askActivity(tools, context, reading),
    }),
  ];
}
