import type { Member, RosterMember } from './member';
import type { RosterRow } from './roster-file';

export interface RosterChange {
  /** What is to be written: rows of the table, and members it does not name any more. */
  members: RosterMember[];
  added: Member[];
  updated: Member[];
  /** In office until now, and not named any more or said to have left. */
  leaving: Member[];
  returning: Member[];
  /** Named by the table, but said to have left before: they stay so until the table says 在任. */
  stillGone: Member[];
}

/** What a table means for the members there are. The table knows nothing of exemptions: they stay. */
export function rosterChange(rows: readonly RosterRow[], before: readonly RosterMember[], now: Date): RosterChange {
  const known = new Map(before.map((member) => [member.id, member]));
  const listed = new Set(rows.map(({ member }) => member.id));
  const members = rows.map((row) => memberNow(row, known.get(row.member.id), now));
  const unlisted = before.filter(({ id, active }) => active && !listed.has(id));
  const of = (was: boolean | undefined, is: boolean): Member[] =>
    members.filter(({ id, active }) => active === is && known.get(id)?.active === was);
  return {
    members: [...unlisted.map((member) => ({ ...member, active: false, departed: { at: now, why: 'not_listed' as const } })), ...members],
    added: members.filter(({ id }) => !known.has(id)),
    updated: of(true, true),
    leaving: [...unlisted, ...of(true, false)],
    returning: of(false, true),
    stillGone: of(false, false),
  };
}

function memberNow({ member, standing }: RosterRow, before: RosterMember | undefined, now: Date): RosterMember {
  const exemptions = before?.exemptions ?? member.exemptions;
  if (standing === 'gone') return { ...member, exemptions, active: false, departed: before?.departed ?? { at: now, why: 'said' } };
  const saidGone = before?.active === false && before.departed?.why !== 'not_listed';
  if (standing === 'present' || !saidGone) return { ...member, exemptions, active: true };
  return { ...member, exemptions, active: false, departed: before.departed ?? { at: now, why: 'said' } };
}
