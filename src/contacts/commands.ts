import { type Command, type CommandContext, command, type Reply } from '../chat/command';
import { inPrivate } from '../chat/in-private';
import type { Question } from '../chat/question';
import { commonTexts } from '../chat/texts';
import { type Day, yearOf } from '../foundation/day';
import { isSecret } from '../foundation/secrecy';
import { type Asked, withQuestion } from './completing';
import { contentOf } from './content';
import {
  type ContactReading,
  type CorrectReading,
  correctRecord,
  deleteRecord,
  type RecordQueryReading,
  type RecordReading,
  recordContact,
  recordQuery,
  rights,
} from './readings';
import { fieldsOf, isDoubtful, refusalOf, wordsOf } from './rules';
import type { Contacts, Kept } from './service';
import { recordText, contactTexts as texts } from './texts';
import { withdrawalText } from './withdrawing';

const mostAtOnce = 10;

interface Tools {
  contacts: Contacts;
  question: Question<Asked>;
}

/** What can be said about contacts in chat. */
export function contactCommands(tools: Tools): Command[] {
  const { contacts } = tools;
  return [
    command(recordContact, {
      may: rights.add,
      help: texts.help.record,
      handle: (context, reading) => recordContacts(tools, context, reading),
    }),
    command(correctRecord, {
      may: rights.change,
      help: texts.help.correct,
      handle: (context, reading) => correct(tools, context, reading),
    }),
    command(deleteRecord, {
      may: rights.change,
      help: texts.help.withdraw,
      handle: async (context, { target }) => ({ text: withdrawalText(await contacts.withdraw(context, target)) }),
    }),
    command(recordQuery, { may: rights.list, help: texts.help.list, handle: (context, reading) => list(contacts, context, reading) }),
  ];
}

async function recordContacts({ contacts, question }: Tools, context: CommandContext, reading: RecordReading): Promise<Reply> {
  const readings: ContactReading[] = reading.records ? reading.records.slice(0, mostAtOnce) : [reading];
  if (isSecret(context.text)) return { text: commonTexts.secret };
  if (readings.some((each) => each.on_behalf_of)) return { text: texts.onBehalf };
  for (const each of readings) {
    const refusal = refusalOf(each, context.today);
    if (refusal) return { text: texts.rejected(refusal, understood(each, context.today)) };
  }
  const kept: Kept[] = [];
  for (const [index, each] of readings.entries())
    kept.push(await contacts.record(context, each, index, contentOf(context.text, reading, index)));
  const [first] = kept;
  if (first && kept.length === 1 && readings[0]) return withQuestion(question, first.record, answerTo(first, readings[0]));
  const waiting = kept.find(({ record }) => record.missing.length > 0);
  const text = texts.keptSeveral(kept.map(({ record }) => ({ record: wordsOf(record), missing: record.missing })));
  return waiting ? withQuestion(question, waiting.record, text) : { text };
}

function answerTo({ record, unknownCompanions, countedBefore }: Kept, reading: ContactReading): string {
  const words = wordsOf(record);
  const note =
    (unknownCompanions.length > 0 ? texts.companionsUnknown(unknownCompanions) : '') +
    (countedBefore.length > 0 ? texts.companionsCounted(countedBefore) : '');
  if (record.status === 'asked' && record.duplicateOf) return texts.duplicate(words, record.duplicateOf) + note;
  if (isDoubtful(reading) && reading.people !== null && record.missing.includes('people'))
    return texts.impossiblePeople(words, reading.people) + note;
  return (record.missing.length > 0 ? texts.keptIncomplete(words, record.missing) : texts.kept(words)) + note;
}

// Said back to the member, a date is not cut to what has come.
const endOfTime = '9999-12-31';

function understood(reading: ContactReading, today: Day): string {
  return recordText({ id: '', year: yearOf(today), ...fieldsOf(reading, null, endOfTime) });
}

async function correct({ contacts, question }: Tools, context: CommandContext, reading: CorrectReading): Promise<Reply> {
  const changed = await contacts.correct(context, reading.target, reading.changes);
  if (changed.kind === 'none') return { text: texts.noRecord };
  const { record } = changed;
  if (changed.kind === 'gone') return { text: texts.goneAlready(record.id) };
  if (changed.kind === 'not_yours') return { text: texts.notYours(record.id) };
  if (changed.kind === 'unclear') return { text: texts.correctionUnclear(record.id) };
  if (changed.kind === 'future') return { text: texts.correctionInFuture(wordsOf(record)) };
  if (changed.kind !== 'changed') return { text: texts.unchanged(wordsOf(record)) };
  const text = texts.corrected(wordsOf(record), changed.before, changed.after) + texts.released(changed.released ?? []);
  return record.status === 'asked' && record.duplicateOf
    ? withQuestion(question, record, text + texts.stillAsked(record.duplicateOf))
    : { text };
}

async function list(contacts: Contacts, context: CommandContext, { date }: RecordQueryReading): Promise<Reply> {
  const records = await contacts.mine(context, date ?? undefined);
  return inPrivate(context, 'records', texts.mine(records.map(wordsOf)));
}
