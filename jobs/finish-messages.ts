import type { SweepingInbox } from '../src/delivery/inbox';
import { type JobDefinition, jobPayload } from '../src/foundation/job';

/** Finishes incoming messages that a crash left half-way. Rung by the sweep only. */
export const finishMessages: JobDefinition<{ inbox: SweepingInbox }> = {
  name: 'finish-messages',
  payload: jobPayload,
  uniqueId: ({ body, occasion }) => `finish-${body}-${occasion}`,
  attempts: 3,
  handler:
    ({ inbox }) =>
    async ({ body }) => {
      await inbox.sweep(body);
    },
};
