import { type Command, command } from '../chat/command';
import { askActivity } from './ask-activity';
import { cancelByChat } from './cancel-sign-up';
import { type ActivityTools, createActivity as create } from './create-activity';
import { cancelSignUp, createActivity, queryActivity, signUp } from './readings';
import { signUpByChat } from './sign-up';
import { activityTexts as texts } from './texts';

/** What can be said about activities. Who may announce one is checked inside, where the answer names whom to ask. */
export function activityCommands(tools: ActivityTools): Command[] {
  return [
    command(createActivity, { help: texts.help.create, handle: (context, reading) => create(tools, context, reading) }),
    command(signUp, { help: texts.help.signup, handle: (context, reading) => signUpByChat(tools, context, reading) }),
    command(cancelSignUp, { help: texts.help.cancel, handle: (context, reading) => cancelByChat(tools, context, reading) }),
    command(queryActivity, { help: texts.help.query, handle: (context, reading) => askActivity(tools, context, reading) }),
  ];
}
