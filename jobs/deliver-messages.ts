import { z } from 'zod';
import type { Outbox } from '../src/delivery/outbox';
import type { JobDefinition, JobPayload } from '../src/foundation/job';

/** Sends what the ledger says is due. Rung after each planned row; the sweep calls it anyway. */
export const deliverMessages: JobDefinition<{ outbox: Outbox }> = {
  name: 'deliver-messages',
  payload: z.strictObject({ body: z.string().max(64), occasion: z.string().max(64) }) satisfies z.ZodType<JobPayload>,
  uniqueId: ({ body, occasion }) => `deliver-${body}-${occasion}`,
  attempts: 3,
  handler:
    ({ outbox }) =>
    async ({ body }) => {
      await outbox.deliverDue(body);
    },
};
