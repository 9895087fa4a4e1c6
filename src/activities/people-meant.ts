import type { CommandContext } from '../chat/command';
import { type Member, namedMembers } from '../organisation/service';
import type { ActivityTools } from './create-activity';

/** One of those a line signs up or takes out. */
export type PersonMeant = Pick<Member, 'id' | 'name' | 'sector'>;

/** The speaker, where the line says so or names nobody, and the members it names; `unclear`: a sentence for each name that is no one's. */
export async function peopleMeant(
  { organisation }: Pick<ActivityTools, 'organisation'>,
  { body, speaker }: CommandContext,
  reading: { self: boolean; names: readonly string[] },
): Promise<{ people: PersonMeant[]; unclear: string[] }> {
  const { members, unclear } = await namedMembers(organisation, body, reading.names);
  const self = reading.self || reading.names.length === 0;
  const own = self ? [{ id: speaker.memberId, name: speaker.name, sector: speaker.sector }] : [];
  return { people: [...own, ...members.filter(({ id }) => !self || id !== speaker.memberId)], unclear };
}
