import type { Activities, SeatNotice } from '../src/activities/service';
import { type JobDefinition, jobPayload } from '../src/foundation/job';

interface FinishPromotionsDeps {
  activities: Pick<Activities, 'finishPromotions' | 'markNotified'>;
  /** Writes the messages into the ledger; a key that is there already changes nothing. Resolves when they are safe. */
  planPrivate: (body: string, messages: readonly SeatNotice[]) => Promise<void>;
}

/**
 * Finds what a crash left between a cancellation and the notice of the freed seat. Notices that went out with the
 * answer are handed over once more, which the ledger's key makes harmless, and only then marked.
 */
export const finishPromotions: JobDefinition<FinishPromotionsDeps> = {
  name: 'finish-promotions',
  // Every odd minute: never at :00 or :30.
  schedule: '1-59/2 * * * *',
  payload: jobPayload,
  uniqueId: ({ body, occasion }) => `promotions-${body}-${occasion}`,
  attempts: 3,
  handler:
    ({ activities, planPrivate }) =>
    async ({ body }) => {
      const messages = await activities.finishPromotions(body);
      if (messages.length === 0) return;
      await planPrivate(body, messages);
      await activities.markNotified(body, messages);
    },
};
