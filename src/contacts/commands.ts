import { type Command, command } from '../chat/command';
import { type ChangingTools, change } from './changing';
import { recordContacts, type WhoseQuestions } from './for-others';
import { listRecords } from './listing';
import { correctRecord, deleteRecord, objectRecord, recordContact, recordQuery, restoreRecord, rights } from './readings';
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
    command(recordQuery, { may: rights.list, help: texts.help.list, handle: (context, reading) => listRecords(tools, context, reading) }),
  ];
}
