import type { Outbox } from '../src/delivery/outbox';
import { type JobDefinition, jobPayload } from '../src/foundation/job';

/** Sends what the ledger says is due. Rung after each planned row; the sweep calls it anyway. */
export const deliverMessages: JobDefinition<{ outbox: Outbox }> = {
  name: 'deliver-messages',
  payload: jobPayload,
  uniqueId: ({ body, occasion }) => `deliver-${body}-${occasion}`,
  attempts: 3,
  handler:
    ({ outbox }) =>
    async ({ body }) => {
      await outbox.deliverDue(body);
    },
};
