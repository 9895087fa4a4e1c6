import { type Command, type CommandContext, command, type Reply } from '../chat/command';
import { type Day, yearOf } from '../foundation/day';
import { contentOf } from './content';
import {
  type ContactReading,
  type CorrectReading,
  correctRecord,
  type DeleteReading,
  deleteRecord,
  type RecordQueryReading,
  type RecordReading,
  recordContact,
  recordQuery,
} from './readings';
import type { ContactRecord } from './record';
import { fieldsOf, isDoubtful, refusalOf, wordsOf } from './rules';
import type { Changed, Contacts, Kept } from './service';
import { recordText, sayNo, sayYes, secretWords, contactTexts as texts } from './texts';

const mostAtOnce = 10;

/** What can be said about contacts in chat. */
export function contactCommands({ contacts }: { contacts: Contacts }): Command[] {
  return [
    command(recordContact, { help: texts.help.record, handle: (context, reading) => recordContacts(contacts, context, reading) }),
    command(correctRecord, { help: texts.help.correct, handle: (context, reading) => correct(contacts, context, reading) }),
    command(deleteRecord, { help: texts.help.withdraw, handle: (context, reading) => withdraw(contacts, context, reading) }),
    command(recordQuery, { help: texts.help.list, handle: (context, reading) => list(contacts, context, reading) }),
  ];
}

async function recordContacts(contacts: Contacts, context: CommandContext, reading: RecordReading): Promise<Reply> {
  const readings: ContactReading[] = reading.records ? reading.records.slice(0, mostAtOnce) : [reading];
  if (secretWords.test(context.text)) return { text: texts.secret };
  if (readings.some((each) => each.on_behalf_of)) return { text: texts.onBehalf };
  for (const each of readings) {
    const refusal = refusalOf(each, context.today);
    if (refusal) return { text: texts.rejected(refusal, understood(each, context.today)) };
  }
  const kept: Kept[] = [];
  for (const [index, each] of readings.entries())
    kept.push(await contacts.record(context, each, index, contentOf(context.text, reading, index)));
  const [first] = kept;
  if (first && kept.length === 1 && readings[0]) return withQuestion(first.record, answerTo(first, readings[0]));
  const waiting = kept.find(({ record }) => record.missing.length > 0);
  const text = texts.keptSeveral(kept.map(({ record }) => ({ record: wordsOf(record), missing: record.missing })));
  return waiting ? withQuestion(waiting.record, text) : { text };
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

/** Asks for what is missing, or whether a repeat is meant; the record itself is stored already. */
function withQuestion(record: ContactRecord, text: string): Reply {
  const asks = record.status === 'asked' ? ['duplicate'] : record.missing;
  return asks.length > 0 ? { text, ask: { recordId: record.id, asks } } : { text };
}

// Said back to the member, a date is not cut to what has come.
const endOfTime = '9999-12-31';

function understood(reading: ContactReading, today: Day): string {
  return recordText({ id: '', year: yearOf(today), ...fieldsOf(reading, null, endOfTime) });
}

async function correct(contacts: Contacts, context: CommandContext, reading: CorrectReading): Promise<Reply> {
  const changed = await contacts.correct(context, reading.target, reading.changes);
  if (changed.kind === 'none') return { text: texts.noRecord };
  const { record } = changed;
  if (changed.kind === 'gone') return { text: texts.goneAlready(record.id) };
  if (changed.kind === 'not_yours') return { text: texts.notYours(record.id) };
  if (changed.kind === 'unclear') return { text: texts.correctionUnclear(record.id) };
  if (changed.kind === 'future') return { text: texts.correctionInFuture(wordsOf(record)) };
  if (changed.kind !== 'changed') return { text: texts.unchanged(wordsOf(record)) };
  const text = texts.corrected(wordsOf(record), changed.before, shown(changed.after)) + texts.released(changed.released ?? []);
  return record.status === 'asked' && record.duplicateOf ? withQuestion(record, text + texts.stillAsked(record.duplicateOf)) : { text };
}

// The field names a person knows; precision and the like go along silently.
const shown = (after: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(after).filter(([field]) => !/^(datePrecision|contactDateEnd|peopleApprox|missing|status|duplicateOf)$/.test(field)),
  );

async function withdraw(contacts: Contacts, context: CommandContext, reading: DeleteReading): Promise<Reply> {
  return { text: withdrawalText(await contacts.withdraw(context, reading.target)) };
}

function withdrawalText(changed: Changed): string {
  if (changed.kind === 'none') return texts.noRecord;
  if (changed.kind === 'not_yours') return texts.notYours(changed.record.id);
  return texts.withdrawn(wordsOf(changed.record)) + texts.released(changed.kind === 'changed' ? (changed.released ?? []) : []);
}

async function list(contacts: Contacts, context: CommandContext, { date }: RecordQueryReading): Promise<Reply> {
  const text = texts.mine((await contacts.mine(context, date ?? undefined)).map(wordsOf));
  if (context.chat.kind === 'private') return { text };
  return {
    text: texts.sentPrivately,
    private: [{ memberId: context.speaker.memberId, key: `records:${context.eventKey}`, purpose: 'private_reply', text }],
  };
}

/**
 * The answer to a question about a stored record: fills only what was missing, or settles whether it is a repeat. Null
 * when the line says neither, so that it is answered like any other line.
 */
export async function completeRecord(
  contacts: Contacts,
  context: CommandContext,
  recordId: string,
  reading: RecordReading,
): Promise<Reply | null> {
  const record = await contacts.byId(context.body, recordId);
  if (!record || record.memberId !== context.speaker.memberId) return null;
  if (secretWords.test(context.text)) return withQuestion(record, texts.secret);
  const asked =
    record.status === 'asked' || record.history.some((entry) => entry.source === context.eventKey && entry.kind === 'confirmed');
  if (asked && sayYes.test(context.text)) {
    const confirmed = await contacts.confirm(context, record);
    return confirmed.kind === 'changed' ? withQuestion(confirmed.record, confirmedText(confirmed.record)) : null;
  }
  if (record.duplicateOf && sayNo.test(context.text)) return { text: withdrawalText(await contacts.withdraw(context, record.id)) };
  const answer: ContactReading | undefined = reading.records ? reading.records[0] : reading;
  const refusal = answer && record.missing.includes('date') ? refusalOf(answer, context.today) : null;
  if (refusal && refusal !== 'negated') return withQuestion(record, texts.dateRefused(refusal, record.id));
  const changed = answer ? await contacts.complete(context, recordId, answer, bareNumber(context.text)) : null;
  if (changed?.kind !== 'changed') return null;
  const words = wordsOf(changed.record);
  const { missing, status, duplicateOf } = changed.record;
  if (status === 'asked' && duplicateOf) return withQuestion(changed.record, texts.duplicate(words, duplicateOf));
  return withQuestion(changed.record, missing.length > 0 ? texts.keptIncomplete(words, missing) : texts.completed(words));
}

const confirmedText = (record: ContactRecord): string =>
  record.missing.length > 0 ? texts.keptIncomplete(wordsOf(record), record.missing) : texts.duplicateKept(wordsOf(record));

const bareNumber = (text: string): number | null => {
  const match = /^\s*(\d{1,6})\s*(?:人|位|个|人次)?\s*[。.!！]?\s*$/.exec(text.normalize('NFKC'));
  return match ? Number(match[1]) : null;
};
