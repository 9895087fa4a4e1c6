import type { CommandContext, PrivateMessage, Reply } from '../chat/command';
import { type Feedback, type FeedbackService, officeNotices } from '../feedback/service';
import { pieceOf } from '../foundation/kept-text';
import { may } from '../organisation/may';
import { type Member, membersByName, type OrganisationService } from '../organisation/service';
import { type DeferralReading, rights } from './readings';
import { reminderTexts as texts } from './texts/reminders';

interface Parts {
  organisation: OrganisationService;
  feedback: FeedbackService;
}

/** Whose quarter it is: null for the speaker's own. A member named is never taken for the speaker. */
export async function whoseQuarter(
  organisation: OrganisationService,
  { body, speaker }: CommandContext,
  { names = [], own, someone }: DeferralReading,
): Promise<{ member: Member | null } | { say: string }> {
  const others = names.filter((name) => name !== speaker.name);
  const { members, several } = await membersByName(organisation, body, others);
  const [member, another] = members;
  if (own && (member || several.length > 0)) return { say: texts.ownOrTheirs(member?.name ?? several[0] ?? '') };
  if (several[0] !== undefined) return { say: texts.severalNamed(several[0]) };
  if (another) return { say: texts.oneAtATime(members.map(({ name }) => name)) };
  if (!member) return (someone && !names.includes(speaker.name)) || speaker.sector === null ? { say: texts.nobodyNamed } : { member: null };
  return may(rights.deferForOthers, speaker, { sector: member.sector }) ? { member } : { say: texts.mayNotDefer(member.name) };
}

/**
 * Kept with a number for the office, which answers; those who look after the sector hear of it, and the member it is told for.
 * Nothing is granted by that.
 */
export async function defer({ organisation, feedback }: Parts, context: CommandContext, member: Member | null): Promise<Reply> {
  const { body, speaker, now, today, eventKey, text } = context;
  const whose = member ? { memberId: member.id, sector: member.sector, roles: member.roles } : speaker;
  const words = pieceOf(text, texts.withoutMention);
  const given = await feedback.give({ body, speaker: whose, now, today, source: eventKey }, 'deferral', words);
  if (given.kind === 'fault') return { text: texts.notKept[given.fault] };
  const { feedback: note } = given;
  const from = member ? texts.toldFor(speaker.name, member.name) : texts.from(speaker.name);
  const { told, messages } = await tellOfIt(organisation, context, { note, member, from });
  if (!member) return { text: texts.deferred(note.id, told), private: messages };
  const answers = may(rights.deferForOthers, speaker, { sector: null });
  return {
    text: answers ? texts.deferredByOffice(note.id, member.name) : texts.deferredFor(note.id, member.name, told),
    private: messages,
  };
}

/** The office, those who look after the sector, and the member when somebody else said it; whoever said it is not told. */
async function tellOfIt(
  organisation: OrganisationService,
  context: CommandContext,
  { note, member, from }: { note: Feedback; member: Member | null; from: string },
) {
  const { speaker } = context;
  const office = await officeNotices(organisation, note, member ? from : speaker.name);
  const toOffice = office.filter(({ memberId }) => memberId !== speaker.memberId);
  const toSector = await lookingAfter(organisation, context, member ? { memberId: member.id, sector: member.sector } : speaker);
  const told = {
    office: toOffice.length > 0,
    convener: toSector.some(({ roles }) => roles.includes('convener')),
    liaison: toSector.some(({ roles }) => roles.includes('liaison_officer')),
  };
  const tell = (memberId: string, text: string): PrivateMessage => ({
    memberId,
    key: `deferral:${note.id}:${memberId}`,
    purpose: 'deferral_told',
    text,
  });
  const fresh = toSector.filter(({ id }) => !toOffice.some(({ memberId }) => memberId === id));
  const notices = fresh.map(({ id }) => tell(id, texts.toSector(note, from, told.office)));
  const own = member ? [tell(member.id, texts.toMember(note, speaker.name))] : [];
  return { told, messages: [...toOffice, ...notices, ...own] };
}

/** Conveners and liaison officers of the member's sector, without the member and the speaker. */
async function lookingAfter(
  organisation: OrganisationService,
  { body, speaker }: CommandContext,
  whose: { memberId: string; sector: string | null },
): Promise<Member[]> {
  const found: Member[] = [];
  for await (const member of organisation.members(body)) {
    const { id, sector, roles } = member;
    const theirs = sector !== null && sector === whose.sector && roles.some((role) => rights.seeOpen.grants[role] === 'sector');
    if (theirs && id !== speaker.memberId && id !== whose.memberId) found.push(member);
  }
  return found;
}
