import { z } from 'zod';
import type { CommandContext, Reply } from '../chat/command';
import { type Question, question } from '../chat/question';
import type { OrganisationService } from '../organisation/service';
import { type Asked, withQuestion } from './completing';
import { absenceNotices, notices, objectionNotice } from './notices';
import type { RecordChanges } from './readings';
import type { ContactRecord } from './record';
import { withMessages } from './recording';
import { wordsOf } from './rules';
import type { Changed, Contacts } from './service';
import type { Among, Meant, Targets } from './targets';
import { contactTexts } from './texts';
import { sayConfirm, changeTexts as texts } from './texts/changes';
import { otherTexts } from './texts/for-others';
import { restoreDays } from './whose';
import { withdrawalText } from './withdrawing';

const deedShape = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('correct'), changes: z.custom<RecordChanges>((value) => typeof value === 'object' && value !== null) }),
  z.strictObject({ do: z.enum(['withdraw', 'restore', 'object']) }),
]);
/** What is to be done to records. */
export type Deed = z.infer<typeof deedShape>;

const whichShape = z.strictObject({ deed: deedShape, ids: z.array(z.string()) });
const lotShape = z.strictObject({ ids: z.array(z.string()) });

/** What is asked before any record is touched. */
interface ChangeQuestions {
  which: Question<z.infer<typeof whichShape>>;
  lot: Question<z.infer<typeof lotShape>>;
}

interface Parts {
  contacts: Contacts;
  organisation: OrganisationService;
  question: Question<Asked>;
}

export interface ChangingTools extends Parts {
  changeQuestions: ChangeQuestions;
}

/** So many records are shown to choose from. */
const mostShown = 10;

const among: Readonly<Record<Deed['do'], Among>> = {
  correct: 'standing',
  withdraw: 'standing',
  restore: 'withdrawn',
  object: 'told_by_others',
};

/** Does it to the records that are meant; asks where that is not certain, and before a whole lot goes at once. */
export async function change(tools: ChangingTools, context: CommandContext, deed: Deed, targets: Targets): Promise<Reply> {
  const meant = await tools.contacts.meant(context, targets, among[deed.do]);
  if (meant.kind === 'these') {
    const reply = await doAll(tools, context, deed, meant.records);
    return meant.unknown.length > 0 ? { ...reply, text: `${reply.text}\n${texts.alsoUnknown(meant.unknown)}` } : reply;
  }
  return meant.kind === 'which' || meant.kind === 'lot' ? ask(tools, deed, meant) : { text: notFound(deed, meant) };
}

function notFound(deed: Deed, meant: Exclude<Meant, { records: ContactRecord[] }>): string {
  if (meant.kind === 'other') return texts.notARecord(meant.code);
  if (meant.unknown.length > 0) return texts.unknownNumbers(meant.unknown);
  return deed.do === 'object' ? otherTexts.nothingToObject : texts.noRecord;
}

function ask(
  { changeQuestions }: ChangingTools,
  deed: Deed,
  { kind, records }: { kind: 'which' | 'lot'; records: ContactRecord[] },
): Reply {
  const ids = records.map(({ id }) => id);
  const shown = records.slice(0, mostShown).map(wordsOf);
  const more = records.length - shown.length;
  if (kind === 'which' || deed.do !== 'withdraw') return { text: texts.which(shown, more), ask: changeQuestions.which.ask({ deed, ids }) };
  const buttons = [
    { label: texts.confirmLabel, says: texts.confirm },
    { label: texts.dropLabel, says: texts.drop },
  ];
  return {
    text: texts.lot(shown, more),
    ask: changeQuestions.lot.ask({ ids }),
    card: { title: texts.lotTitle(records.length), buttons },
  };
}

async function doAll(tools: Parts, context: CommandContext, deed: Deed, records: readonly ContactRecord[]): Promise<Reply> {
  const replies: Reply[] = [];
  for (const { id } of records) replies.push(await doOne(tools, context, deed, id));
  const asked = replies.find((reply) => reply.ask)?.ask;
  const text = replies.map((reply) => reply.text).join('\n');
  return withMessages(
    { text, ...(asked ? { ask: asked } : {}) },
    replies.flatMap((reply) => reply.private ?? []),
  );
}

async function doOne(tools: Parts, context: CommandContext, deed: Deed, id: string): Promise<Reply> {
  const { contacts } = tools;
  if (deed.do === 'correct' && deed.changes.absent)
    return withoutThem(context, { id, names: deed.changes.absent }, await contacts.correct(context, id, deed.changes));
  if (deed.do === 'correct') return corrected(tools, id, deed.changes, await contacts.correct(context, id, deed.changes));
  if (deed.do === 'withdraw') return { text: withdrawalText(await contacts.withdraw(context, id)) };
  if (deed.do === 'restore') return restored(tools, await contacts.restore(context, id));
  const changed = await contacts.object(context, id);
  if (changed.kind === 'none') return { text: texts.noRecord };
  if (changed.kind === 'gone') return { text: texts.goneAlready(id) };
  if (changed.kind !== 'changed') return { text: otherTexts.notConcerned(id) };
  return withMessages({ text: otherTexts.objected(wordsOf(changed.record)) }, [objectionNotice(changed.record, context.speaker)]);
}

async function restored({ organisation, question: asked }: Parts, changed: Changed): Promise<Reply> {
  if (changed.kind === 'none') return { text: texts.noRecord };
  const { record } = changed;
  if (changed.kind === 'not_yours') return { text: texts.notYoursToRestore(record.id) };
  if (changed.kind === 'too_late') return { text: texts.tooLate(record.id, restoreDays) };
  if (changed.kind === 'objected') return { text: texts.objectedTo(record.id) };
  if (changed.kind !== 'changed') return { text: texts.notGone(wordsOf(record)) };
  const words = wordsOf(record);
  const text = record.status === 'asked' && record.duplicateOf ? texts.restoredAsked(words, record.duplicateOf) : texts.restored(words);
  return withMessages(withQuestion(asked, record, text), await notices(organisation, record));
}

/** Somebody said to have come along did not. */
function withoutThem({ speaker }: CommandContext, { id, names }: { id: string; names: readonly string[] }, changed: Changed): Reply {
  if (changed.kind === 'unchanged') return { text: otherTexts.notCounted(id, names) };
  if (changed.kind !== 'changed' || changed.record.status === 'withdrawn') return { text: withdrawalText(changed) };
  const { record } = changed;
  const gone = (changed.before['credited'] as string[]).filter((each) => !record.credited.includes(each));
  const text = otherTexts.absent(id, names) + contactTexts.released(changed.released ?? []);
  return withMessages({ text }, absenceNotices(record, gone, speaker.name));
}

function corrected({ question: asked }: Parts, id: string, changes: RecordChanges, changed: Changed): Reply {
  if (changed.kind === 'none') return { text: texts.noRecord };
  const { record } = changed;
  if (changed.kind === 'gone') return { text: texts.goneAlready(id) };
  if (changed.kind === 'not_yours') return { text: texts.notYours(id) };
  if (changes.owner && changed.kind !== 'changed') return { text: texts.ownerStays(id, changes.owner) };
  if (changed.kind === 'unclear') return { text: contactTexts.correctionUnclear(id) };
  if (changed.kind === 'future') return { text: contactTexts.correctionInFuture(wordsOf(record)) };
  if (changed.kind !== 'changed') return { text: contactTexts.unchanged(wordsOf(record)) };
  const said = contactTexts.corrected(wordsOf(record), changed.before, changed.after) + contactTexts.released(changed.released ?? []);
  return record.status === 'asked' && record.duplicateOf
    ? withQuestion(asked, record, said + contactTexts.stillAsked(record.duplicateOf))
    : { text: said };
}

const number = /(?<!\d)[RrＲｒ]?\s*(\d{1,6})(?!\d)/g;

/** R1026, 是1026那条, R1025和R1026: which, and nothing else. */
const onlyNumbers =
  /^[\s,，。!！、]*(?:(?:就?是|说的是|删|撤回?|改|第|编号)*\s*R?\s*\d{1,6}\s*号?(?:[那这]?一?[条个])?[\s,，、和跟与及。.!！吧的都]*)+$/iu;

/** The questions; `tools` is what they go on with. */
export function changeQuestions(tools: Parts): ChangeQuestions {
  return {
    which: question('which_record', whichShape, {
      // R1026 by itself would begin a correction.
      also: ['correct_record', 'record_query'],
      resume: async (context, { deed, ids }, { text }) => {
        if (!onlyNumbers.test(text.normalize('NFKC'))) return null;
        const named = [...text.normalize('NFKC').matchAll(number)]
          .map(([, digits]) => `R${Number(digits)}`)
          .filter((id) => ids.includes(id));
        const found = await Promise.all([...new Set(named)].map((id) => tools.contacts.byId(context.body, id)));
        const records = found.filter((record) => record !== null);
        return records.length > 0 ? doAll(tools, context, deed, records) : null;
      },
      remind: ({ ids }) => texts.whichWaiting(ids.slice(0, mostShown)),
      dropped: () => texts.whichDropped,
    }),
    lot: question('withdraw_lot', lotShape, {
      resume: (context, { ids }, { text }) => (sayConfirm.test(text) ? withdrawLot(tools, context, ids) : Promise.resolve(null)),
      remind: ({ ids }) => texts.lotWaiting(ids.length),
      dropped: () => texts.lotNotDone,
    }),
  };
}

async function withdrawLot({ contacts }: Parts, context: CommandContext, ids: readonly string[]): Promise<Reply> {
  const done: string[] = [];
  for (const id of ids) if ((await contacts.withdraw(context, id)).kind === 'changed') done.push(id);
  return { text: texts.lotDone(done, restoreDays) };
}
