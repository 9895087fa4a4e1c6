import { z } from 'zod';
import type { CommandContext, Reply } from '../chat/command';
import { type AnswerLine, type Question, question } from '../chat/question';
import { may } from '../organisation/may';
import { type Member, membersByName } from '../organisation/service';
import { type RecordReading, rights } from './readings';
import { nameAsSubject, nameToldForThem, severalToldFor } from './readings/for-another';
import { keep, type RecordingTools, type Told, toldIn, toldShape } from './recording';
import { saysOther, saysOwn, otherTexts as texts } from './texts/for-others';

const namelessShape = z.strictObject({ told: toldShape, name: z.string() });
const whoseShape = z.strictObject({ told: toldShape, memberId: z.string(), name: z.string(), mayTell: z.boolean() });

/** What is asked before a contact is kept for anybody. */
export interface WhoseQuestions {
  nameless: Question<z.infer<typeof namelessShape>>;
  whose: Question<z.infer<typeof whoseShape>>;
}

type Tools = RecordingTools & { whoseQuestions: WhoseQuestions };

/** Keeps a contact for whom it is: the speaker, or a member named (F28). Who is not known is asked about; nothing is kept until then. */
export async function recordContacts(tools: Tools, context: CommandContext, reading: RecordReading): Promise<Reply> {
  const read = toldIn(context, reading);
  if ('refused' in read) return { text: read.refused };
  const { told } = read;
  const names = [...new Set(told.contacts.flatMap(({ reading: each }) => each.on_behalf_of ?? []))];
  const [name, another] = names;
  if (another !== undefined) return { text: texts.oneAtATime(names) };
  if (name !== undefined) return forNamed(tools, context, told, name);
  const listed = await listedMembers(tools, context);
  if (listed.length > 0) return { text: texts.oneAtATime(listed) };
  const other = await memberSpokenOf(tools, context, reading);
  // Who is no 委员 has no contacts of an own: whose it is must be said.
  if (!other && context.speaker.sector === null && may(rights.addForOthers, context.speaker))
    return { text: texts.officeWhose, ask: tools.whoseQuestions.nameless.ask({ told, name: '' }) };
  if (!other) return keep(tools, context, told);
  const mayTell = mayTellFor(context, other);
  if (mayTell && context.speaker.sector === null) return keep(tools, context, withoutName(told, other.name), other);
  const ask = tools.whoseQuestions.whose.ask({ told: withoutName(told, other.name), memberId: other.id, name: other.name, mayTell });
  if (!mayTell) return { text: texts.whoseMayNot(other.name), ask };
  const buttons = [texts.sayOther(other.name), texts.sayOwn].map((says) => ({ label: says, says }));
  return { text: texts.whose(other.name), ask, card: { title: texts.whoseTitle, buttons } };
}

/** Whose it is says nothing of what it was about. */
const withoutName = ({ text, contacts }: Told, name: string): Told => ({
  text,
  contacts: contacts.map((each) => (each.content === name ? { ...each, content: null } : each)),
});

const mayTellFor = ({ speaker }: CommandContext, { sector }: Member): boolean => may(rights.addForOthers, speaker, { sector });

async function forNamed(tools: Tools, context: CommandContext, told: Told, name: string): Promise<Reply> {
  const found = await membersByName(tools.organisation, context.body, [name]);
  const [member] = found.members;
  if (member?.id === context.speaker.memberId) return keep(tools, context, told);
  if (member) return mayTellFor(context, member) ? keep(tools, context, told, member) : { text: texts.mayNot(member.name) };
  if (!may(rights.addForOthers, context.speaker)) return { text: texts.mayNot(name) };
  if (found.several.length > 0) return { text: texts.severalNamed(name) };
  return { text: texts.unknownName(name), ask: tools.whoseQuestions.nameless.ask({ told, name }) };
}

/** 帮周岚、夏澍予记录: several, of whom at least one is a member (登记 is also done for 老人、残疾人). */
async function listedMembers({ organisation }: Tools, { body, text }: CommandContext): Promise<string[]> {
  const names = severalToldFor(text);
  if (names.length === 0) return [];
  const { members, several } = await membersByName(organisation, body, names);
  return members.length + several.length > 0 ? names : [];
}

const startOfLine = /^[\s,，。:：]*(?:[@＠]\S+\s*)*(?:[/／]\S+\s*)?/u;

/** 周岚昨天走访了…, 昨天周岚走访了…: another member, named where the one who did it stands. */
async function memberSpokenOf(tools: Tools, { body, text, speaker }: CommandContext, reading: RecordReading): Promise<Member | null> {
  const begins = startOfLine.exec(text)?.[0].length ?? 0;
  const fields = Object.entries(reading.spans ?? {}).filter(
    ([field]) => !/content|companions/.test(field) && !/^records\.\d+$/.test(field),
  );
  const forThem = nameToldForThem(text.slice(begins));
  if (forThem.length > 0)
    return (await membersByName(tools.organisation, body, forThem)).members.find(({ id }) => id !== speaker.memberId) ?? null;
  const [day] = fields
    .filter(([field, [start]]) => field.endsWith('date') && text.slice(begins, start).trim() === '')
    .map(([, span]) => span);
  const from = day?.[1] ?? begins;
  const first = Math.min(...fields.map(([, [start]]) => start).filter((start) => start >= from));
  const words = text.slice(from, Number.isFinite(first) ? first : from).replace(/^[\s,，]+|\s+$/g, '');
  const { members } = await membersByName(tools.organisation, body, nameAsSubject(words));
  return members[0] && members[0].id !== speaker.memberId ? members[0] : null;
}

/** The questions; `tools` is what they keep with. */
export function whoseQuestions(tools: RecordingTools): WhoseQuestions {
  const questions: WhoseQuestions = {
    nameless: question('record_for', namelessShape, {
      resume: (context, { told }, line) => named({ ...tools, whoseQuestions: questions }, context, { told, line }),
      remind: ({ name }) => (name === '' ? texts.officeWhose : texts.unknownName(name)),
      dropped: () => texts.nameDropped,
    }),
    whose: question('record_whose', whoseShape, {
      // 替周岚记 by itself would begin a record.
      also: ['record_contact'],
      resume: async (context, { told, memberId, mayTell, name }, { text }) => {
        if (saysOwn.test(text)) return keep(tools, context, told);
        const another = /^是?[替帮代给](?![他她])/u.test(text) && !text.includes(name);
        if (another || !saysOther.test(text)) return null;
        const member = await tools.organisation.member(context.body, memberId);
        return member && mayTell && mayTellFor(context, member) ? keep(tools, context, told, member) : { text: texts.mayNot(name) };
      },
      remind: ({ name, mayTell }) => (mayTell ? texts.whose(name) : texts.whoseMayNot(name)),
      dropped: () => texts.nameDropped,
    }),
  };
  return questions;
}

async function named(tools: Tools, context: CommandContext, { told, line }: { told: Told; line: AnswerLine }): Promise<Reply | null> {
  const name = /^(?:是?[替帮代给])?([\u4e00-\u9fff·]{2,6}?)(?:委员)?[的记吧。.!！]*$/u.exec(line.text.trim())?.[1];
  return name === undefined ? null : forNamed(tools, context, told, name);
}
