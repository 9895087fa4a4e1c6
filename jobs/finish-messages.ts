import { z } from 'zod';
import type { SweepingInbox } from '../src/delivery/inbox';
import type { JobDefinition, JobPayload } from '../src/foundation/job';

/** Finishes incoming messages that a crash left half-way. Rung by the sweep only. */
export const finishMessages: JobDefinition<{ inbox: SweepingInbox }> = {
  name: 'finish-messages',
  payload: z.strictObject({ body: z.string().max(64), occasion: z.string().max(64) }) satisfies z.ZodType<JobPayload>,
  uniqueId: ({ body, occasion }) => `finish-${body}-${occasion}`,
  attempts: 3,
  handler:
    ({ inbox }) =>
    async ({ body }) => {
      await inbox.sweep(body);
    },
};
