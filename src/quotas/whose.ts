import type { CommandContext, Reply } from '../chat/command';
import { may } from '../organisation/may';
import { type Member, type OrganisationService, sectorNamed } from '../organisation/service';
import { type ProgressReading, rights } from './readings';
import { quotaTexts as texts } from './texts';

/** Whose figures are asked for, once it is known that the speaker may ask. */
export type Whose =
  | { kind: 'self'; member: Member | null }
  | { kind: 'member'; member: Member }
  | { kind: 'sector'; code: string; name: string; mayOpen: boolean }
  | { kind: 'body'; mayOpen: boolean };

/** The person, sector or body a question is about, or what is said instead. */
export async function whoseOf(
  organisation: OrganisationService,
  context: CommandContext,
  { scope, subject }: Pick<ProgressReading, 'scope' | 'subject'>,
): Promise<Whose | Reply> {
  const { body, speaker } = context;
  if (scope === 'self') return { kind: 'self', member: await organisation.member(body, speaker.memberId) };
  if (scope === 'member' && subject !== null) return memberNamed(organisation, context, subject);
  if (scope === 'org') return { kind: 'body', mayOpen: may(rights.seeOpen, speaker, { sector: null }) };
  const { sectors } = await organisation.body(body);
  const sector = subject === null ? sectors.find(({ code }) => code === speaker.sector) : sectorNamed(sectors, subject);
  if (!sector) return { text: subject === null ? texts.whichSector : texts.noSuchSector(subject) };
  return { kind: 'sector', code: sector.code, name: sector.name, mayOpen: may(rights.seeOpen, speaker, { sector: sector.code }) };
}

/** Peers are refused before the name is looked up: a refusal tells nothing of the roster. */
async function memberNamed(organisation: OrganisationService, { body, speaker }: CommandContext, name: string): Promise<Whose | Reply> {
  if (name === speaker.name) return { kind: 'self', member: await organisation.member(body, speaker.memberId) };
  if (!may(rights.seeOpen, speaker)) return { text: texts.othersDenied };
  const named = await organisation.membersNamed(body, name);
  const open = named.filter(({ id, sector }) => may(rights.see, speaker, { memberId: id, sector }));
  const [member, another] = open;
  if (another) return { text: texts.severalNamed(name) };
  if (member) return { kind: 'member', member };
  return { text: named.length > 0 ? texts.notYourSector(name) : texts.noSuchMember(name) };
}
