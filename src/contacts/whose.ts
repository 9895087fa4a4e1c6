import type { CommandContext } from '../chat/command';
import { type Actor, may } from '../organisation/may';
import { rights } from './readings';
import type { ContactRecord } from './record';

/** So long a member may bring back what was withdrawn without asking anybody. */
export const restoreDays = 7;
const dayMs = 86_400_000;

/** A record is changed by its member, and by whoever told it for the member. */
export const mayChange = (speaker: Actor, record: ContactRecord): boolean =>
  may(rights.change, speaker, { memberId: record.memberId }) || record.enteredBy === speaker.memberId;

/** Whether a withdrawn record may be brought back by the speaker. What its member objected to is the member's alone. */
export function mayRestore(
  { speaker, now }: Pick<CommandContext, 'speaker' | 'now'>,
  record: ContactRecord,
  sector: string | null,
): 'yes' | 'not_yours' | 'too_late' | 'objected' {
  const own = record.memberId === speaker.memberId;
  const last = record.history.findLast(({ kind }) => kind === 'withdrawn' || kind === 'objected');
  if (last?.kind === 'objected') return own ? 'yes' : 'objected';
  // A right over one's own things alone is bound to the window; who looks after others is not.
  if (may(rights.restoreAny, speaker, { sector })) return 'yes';
  if (!own && record.enteredBy !== speaker.memberId) return 'not_yours';
  return last && now.getTime() - last.at.getTime() > restoreDays * dayMs ? 'too_late' : 'yes';
}
