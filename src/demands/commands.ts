import { type Command, command, type Reply } from '../chat/command';
import { addCase, addCommitment, caseFeedback, queryCase, rights, updateCase, updateCommitment } from './readings';
import { demandTexts as texts } from './texts';

const says = (text: string) => async (): Promise<Reply> => ({ text });

/**
 * What is said of demands and promises. None is kept yet, and each hears what can be done instead; an emergency hears at
 * once who helps.
 */
export function demandCommands(): Command[] {
  return [
    command(addCase, {
      may: rights.tell,
      handle: async (_context, { urgency }) => ({ text: urgency === 'emergency' ? texts.emergency : texts.add }),
    }),
    command(updateCase, { may: rights.tell, handle: says(texts.update) }),
    command(queryCase, { may: rights.see, handle: says(texts.query) }),
    command(caseFeedback, { may: rights.tell, handle: says(texts.feedback) }),
    command(addCommitment, { may: rights.tell, handle: says(texts.promise) }),
    command(updateCommitment, { may: rights.tell, handle: says(texts.promise) }),
  ];
}
