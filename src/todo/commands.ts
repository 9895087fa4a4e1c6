import { type Command, command } from '../chat/command';
import { inPrivate } from '../chat/in-private';
import { inHandOf, type Services } from './in-hand';
import { queryTodo, rights } from './readings';
import { todoTexts as texts } from './texts';

/** /待办: one's own only, and only where nobody else reads. */
export function todoCommands(services: Services): Command[] {
  return [
    command(queryTodo, {
      may: rights.see,
      help: texts.help,
      handle: async (context, { scope }) =>
        scope === 'self'
          ? inPrivate(context, 'todo', texts.inHand(await inHandOf(services, context), context.today))
          : { text: texts.onlyOwn },
    }),
  ];
}
