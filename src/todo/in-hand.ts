import type { Activities } from '../activities/service';
import type { CommandContext } from '../chat/command';
import type { Contacts } from '../contacts/service';
import type { FeedbackService } from '../feedback/service';
import type { OrganisationService } from '../organisation/service';
import { type Quotas, shortfallOf } from '../quotas/service';

/** Whom it is asked of. */
export interface Services {
  organisation: Pick<OrganisationService, 'member'>;
  quotas: Pick<Quotas, 'progress'>;
  contacts: Pick<Contacts, 'unfinished'>;
  activities: Pick<Activities, 'ahead'>;
  feedback: Pick<FeedbackService, 'waitingFor'>;
}

export type InHand = Awaited<ReturnType<typeof inHandOf>>;

const recordsShown = 5;

/** Everything that waits for the speaker. */
export async function inHandOf(
  { organisation, quotas, contacts, activities, feedback }: Services,
  { body, speaker, today }: CommandContext,
) {
  const { memberId, sector } = speaker;
  const [member, unfinished, ahead, unanswered] = await Promise.all([
    sector === null ? null : organisation.member(body, memberId),
    contacts.unfinished(body, memberId, recordsShown),
    activities.ahead(body, memberId),
    feedback.waitingFor(body, speaker),
  ]);
  const open = member ? shortfallOf(await quotas.progress(body, member, today), today) : [];
  return { open, unfinished, ...ahead, unanswered };
}
