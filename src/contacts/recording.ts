import { z } from 'zod';
import type { CommandContext, PrivateMessage, Reply } from '../chat/command';
import type { Question } from '../chat/question';
import { type Day, yearOf } from '../foundation/day';
import { keptBefore } from '../foundation/kept-text';
import type { Member, OrganisationService } from '../organisation/service';
import { longestRead } from '../reader';
import { type Asked, withQuestion } from './completing';
import { contentOf } from './content';
import { counts, notices } from './notices';
import type { ContactReading, RecordReading } from './readings';
import { fieldsOf, isDoubtful, refusalOf, wordsOf } from './rules';
import type { Contacts, Kept } from './service';
import { recordText, contactTexts as texts } from './texts';
import { otherTexts } from './texts/for-others';
import { severalTexts, type Verdict } from './texts/several';

/** So many contacts one message may hold. */
const mostAtOnce = 100;

export interface RecordingTools {
  contacts: Contacts;
  organisation: OrganisationService;
  question: Question<Asked>;
}

/** What a message tells, as it may wait for an answer. */
export interface Told {
  text: string;
  contacts: { reading: ContactReading; content: string | null }[];
}

const readingShape = z.custom<ContactReading>((value) => typeof value === 'object' && value !== null && 'date_precision' in value);
export const toldShape: z.ZodType<Told> = z.strictObject({
  text: z.string(),
  contacts: z.array(z.strictObject({ reading: readingShape, content: z.string().nullable() })),
});

/** Null with a sentence when nothing of the line may be kept, whoever it is about. */
export function toldIn(context: CommandContext, reading: RecordReading): { told: Told } | { refused: string } {
  const readings: ContactReading[] = reading.records ?? [reading];
  // What stands behind the part that is read would be lost without a word.
  if (readings.length > 1 && context.text.length > longestRead) return { refused: severalTexts.tooLong };
  if (readings.length > mostAtOnce) return { refused: severalTexts.tooMany(readings.length, mostAtOnce) };
  const contacts = readings.map((each, index) => ({ reading: bare(each), content: contentOf(context.text, reading, index) }));
  return { told: { text: context.text, contacts } };
}

/** Where things stood in the line is of no use without it. */
function bare({ pii: _pii, spans: _spans, ...reading }: ContactReading & { spans?: unknown }): ContactReading {
  return reading as ContactReading;
}

/** Keeps what was told, for the speaker or for `whose`, and says what became of each contact. */
export async function keep(tools: RecordingTools, context: CommandContext, told: Told, whose?: Member): Promise<Reply> {
  const [only] = told.contacts;
  const refusals = told.contacts.map(({ reading }) => refusalOf(reading, context.today));
  if (only && told.contacts.length === 1 && refusals[0])
    return { text: texts.rejected(refusals[0], understood(only.reading, context.today)) };
  const said = { ...context, text: keptBefore(told.text) };
  const kept = await Promise.all(
    told.contacts.map(async ({ reading, content }, index) =>
      refusals[index] ? null : tools.contacts.record(said, reading, index, { content, whose }),
    ),
  );
  const messages = (await Promise.all(kept.map(async (each) => (each ? notices(tools.organisation, each.record) : [])))).flat();
  const first = kept[0];
  const reply =
    first && only && kept.length === 1
      ? withQuestion(tools.question, first.record, answerTo(first, only.reading, whose))
      : several(tools, context, told, kept);
  return withMessages(reply, messages);
}

export const withMessages = (reply: Reply, messages: readonly PrivateMessage[]): Reply =>
  messages.length > 0 ? { ...reply, private: [...(reply.private ?? []), ...messages] } : reply;

function several({ question }: RecordingTools, { today }: CommandContext, told: Told, kept: readonly (Kept | null)[]): Reply {
  const verdicts = told.contacts.map(({ reading }, at) => verdictOn(kept[at] ?? null, reading, today));
  if (kept.every((each) => each === null)) return { text: severalTexts.noneKept(verdicts) };
  const waiting = kept.find((each) => each !== null && each.record.missing.length > 0)?.record;
  const text = severalTexts.kept(verdicts, waiting ? { id: waiting.id, asks: texts.asked(waiting.missing) } : null);
  return waiting ? withQuestion(question, waiting, text) : { text };
}

function verdictOn(kept: Kept | null, reading: ContactReading, today: Day): Verdict {
  if (!kept) return { kind: 'rejected', why: refusalOf(reading, today) ?? 'negated', understood: understood(reading, today) };
  const record = wordsOf(kept.record);
  if (kept.record.status === 'asked' && kept.record.duplicateOf) return { kind: 'repeat', record, earlier: kept.record.duplicateOf };
  return { kind: kept.record.missing.length > 0 ? 'incomplete' : 'kept', record };
}

function answerTo(kept: Kept, reading: ContactReading, whose?: Member): string {
  const { record } = kept;
  const words = wordsOf(record);
  const note = (whose ? otherTexts.forMember(whose.name, counts(record)) : '') + notesOn(kept);
  if (record.status === 'asked' && record.duplicateOf) return texts.duplicate(words, record.duplicateOf) + note;
  if (isDoubtful(reading) && reading.people !== null && record.missing.includes('people'))
    return texts.impossiblePeople(words, reading.people) + note;
  return (record.missing.length > 0 ? texts.keptIncomplete(words, record.missing) : texts.kept(words)) + note;
}

/** Who else counts it, and who does not. */
function notesOn({ record, companions, unknownCompanions, countedBefore }: Kept): string {
  const together = companions.map(({ name }) => name);
  return [
    together.length > 0 && counts(record) ? otherTexts.together(together) : '',
    unknownCompanions.length > 0 ? texts.companionsUnknown(unknownCompanions) : '',
    countedBefore.length > 0 ? texts.companionsCounted(countedBefore) : '',
  ].join('');
}

// Said back to the member, a date is not cut to what has come.
const endOfTime = '9999-12-31';

function understood(reading: ContactReading, today: Day): string {
  return recordText({ id: '', year: yearOf(today), ...fieldsOf(reading, null, endOfTime) });
}
