import { type Command, command } from '../chat/command';
import { askActivity } from './ask-activity';
import { cancelByChat } from './cancel-sign-up';
import { type ActivityTools, announceActivity } from './create-activity';
import { cancelSignUp, createActivity, queryActivity, rights, signUp } from './readings';
import { signUpByChat } from './sign-up';
import { activityTexts as texts } from './texts';

/** What can be said about activities. */
export function activityCommands(tools: ActivityTools): Command[] {
  return [
    command(createActivity, {
      may: rights.create,
      denied: texts.onlyOrganisers,
      help: [{ say: texts.help.create, first: ['convener', 'liaison_officer'] }],
      handle: (context, reading) => announceActivity(tools, context, reading),
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
    command(queryActivity, {
      may: rights.see,
      help: texts.help.query,
      handle: (context, reading) => askActivity(tools, context, reading),
    }),
  ];
}
