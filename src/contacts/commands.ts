import { type Command, type CommandContext, command, type Reply } from '../chat/command';
import { inPrivate } from '../chat/in-private';
import { type ChangingTools, change } from './changing';
import { recordContacts, type WhoseQuestions } from './for-others';
import { lineOf } from './own-list';
import {
  correctRecord,
  deleteRecord,
  objectRecord,
  type RecordQueryReading,
  recordContact,
  recordQuery,
  restoreRecord,
  rights,
} from './readings';
import { contactTexts as texts } from './texts';
import { changeTexts } from './texts/changes';
import { otherTexts } from './texts/for-others';

interface Tools extends ChangingTools {
  whoseQuestions: WhoseQuestions;
}

/** What can be said about contacts in chat. */
export function contactCommands(tools: Tools): Command[] {
  return [
    command(recordContact, {
      may: rights.add,
      help: [
        { say: texts.help.record, first: ['member', 'convener', 'liaison_officer'], ofMembers: true },
        { say: texts.help.forOthers, may: rights.addForOthers },
      ],
      handle: (context, reading) => recordContacts(tools, context, reading),
    }),
    command(correctRecord, {
      may: rights.change,
      help: texts.help.correct,
      handle: (context, { target, changes }) => change(tools, context, { do: 'correct', changes }, target),
    }),
    command(deleteRecord, {
      may: rights.change,
      help: texts.help.withdraw,
      handle: (context, { target }) => change(tools, context, { do: 'withdraw' }, target),
    }),
    command(restoreRecord, {
      may: rights.restore,
      help: changeTexts.help.restore,
      handle: (context, { target }) => change(tools, context, { do: 'restore' }, target),
    }),
    command(objectRecord, {
      may: rights.change,
      help: otherTexts.help.object,
      handle: (context, { target }) => change(tools, context, { do: 'object' }, target),
    }),
    command(recordQuery, { may: rights.list, help: texts.help.list, handle: (context, reading) => list(tools, context, reading) }),
  ];
}

async function list(tools: Tools, context: CommandContext, { date }: RecordQueryReading): Promise<Reply> {
  const records = await tools.contacts.mine(context, date ?? undefined);
  const lines = await Promise.all(records.map((record) => lineOf(tools.organisation, record, context.speaker.memberId)));
  return inPrivate(context, 'records', texts.mine(lines));
}
