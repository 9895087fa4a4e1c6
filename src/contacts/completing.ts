import { z } from 'zod';
import type { CommandContext, Reply } from '../chat/command';
import { type AnswerLine, type Question, question } from '../chat/question';
import type { OrganisationService } from '../organisation/service';
import { contentOf } from './content';
import { notices } from './notices';
import { type ContactReading, recordContact } from './readings';
import type { ContactRecord } from './record';
import { refusalOf, wordsOf } from './rules';
import type { Contacts } from './service';
import { sayNo, sayYes, contactTexts as texts } from './texts';
import { changeTexts } from './texts/changes';
import { mayChange } from './whose';
import { withdrawalText } from './withdrawing';

const kept = z.strictObject({ recordId: z.string(), asks: z.array(z.string()) });
export type Asked = z.infer<typeof kept>;

/** What is missing in a record that is kept already, or whether it is a repeat. */
export function completing(parts: Parts): Question<Asked> {
  const { contacts } = parts;
  const asked: Question<Asked> = question('record', kept, {
    resume: async (context, { recordId }, line) => {
      const reply = await resume(contacts, asked, { context, recordId, line });
      const record = reply && (await contacts.byId(context.body, recordId));
      return record ? { ...reply, private: await notices(parts.organisation, record) } : reply;
    },
    remind: async ({ recordId }, { body }) => {
      const record = await contacts.byId(body, recordId);
      return record && isOpen(record) ? texts.answerNotUnderstood(recordId, record.status === 'asked') : null;
    },
    dropped: async ({ recordId }, { body }) => {
      const record = await contacts.byId(body, recordId);
      if (record?.status === 'withdrawn') return changeTexts.askedNoMoreGone(recordId);
      return record && !isOpen(record) ? changeTexts.askedNoMoreDone(recordId) : texts.askedNoMore(recordId, record?.status === 'asked');
    },
  });
  return asked;
}

interface Parts {
  contacts: Contacts;
  organisation: OrganisationService;
}

/** Something is still to be said of it. */
const isOpen = ({ status, missing }: ContactRecord): boolean => status === 'asked' || (status === 'kept' && missing.length > 0);

/** Asks for what is missing, or whether a repeat is meant; the record itself is stored already. */
export function withQuestion(asked: Question<Asked>, record: ContactRecord, text: string): Reply {
  const asks = record.status === 'asked' ? ['duplicate'] : [...record.missing];
  return asks.length > 0 ? { text, ask: asked.ask({ recordId: record.id, asks }) } : { text };
}

interface Resumed {
  context: CommandContext;
  recordId: string;
  line: AnswerLine;
}

/** Fills only what was missing, or settles whether it is a repeat; null when the line says neither. */
async function resume(contacts: Contacts, question: Question<Asked>, { context, recordId, line }: Resumed): Promise<Reply | null> {
  const record = await contacts.byId(context.body, recordId);
  if (!record || !mayChange(context.speaker, record)) return null;
  const settled = await settleRepeat(contacts, question, { context, record, text: line.text });
  if (settled) return settled;
  const reading = line.as(recordContact);
  const answer: ContactReading | undefined = reading.records ? reading.records[0] : reading;
  if (!answer || standsAlone(line.text, reading)) return null;
  const refusal = record.missing.includes('date') ? refusalOf(answer, context.today) : null;
  if (refusal && refusal !== 'negated') return withQuestion(question, record, texts.dateRefused(refusal, record.id));
  const changed = await contacts.complete(context, recordId, answer, bareNumber(line.text));
  if (changed?.kind !== 'changed') return null;
  const { missing, status, duplicateOf } = changed.record;
  const words = wordsOf(changed.record);
  if (status === 'asked' && duplicateOf) return withQuestion(question, changed.record, texts.duplicate(words, duplicateOf));
  return withQuestion(question, changed.record, missing.length > 0 ? texts.keptIncomplete(words, missing) : texts.completed(words));
}

async function settleRepeat(
  contacts: Contacts,
  question: Question<Asked>,
  { context, record, text }: { context: CommandContext; record: ContactRecord; text: string },
): Promise<Reply | null> {
  const { eventKey } = context;
  const asked = record.status === 'asked' || record.history.some(({ source, kind }) => source === eventKey && kind === 'confirmed');
  if (asked && sayYes.test(text)) {
    const confirmed = await contacts.confirm(context, record);
    return confirmed.kind === 'changed' ? withQuestion(question, confirmed.record, confirmedText(confirmed.record)) : null;
  }
  if (record.duplicateOf && sayNo.test(text)) return { text: withdrawalText(await contacts.withdraw(context, record.id)) };
  return null;
}

/** 昨天扶老奶奶过马路: what tells of something by itself is a line of its own, whatever the bot has asked before. */
function standsAlone(text: string, reading: ReturnType<typeof recordContact.read>): boolean {
  const { mode } = reading;
  return mode === null && (contentOf(text, reading, 0) ?? '').length > mostBesides;
}

/** An answer may bring a word or two with it (说的是物业). */
const mostBesides = 6;

const confirmedText = (record: ContactRecord): string =>
  record.missing.length > 0 ? texts.keptIncomplete(wordsOf(record), record.missing) : texts.duplicateKept(wordsOf(record));

const bareNumber = (text: string): number | null => {
  const match = /^\s*(\d{1,6})\s*(?:人|位|个|人次)?\s*[。.!！]?\s*$/.exec(text.normalize('NFKC'));
  return match ? Number(match[1]) : null;
};
