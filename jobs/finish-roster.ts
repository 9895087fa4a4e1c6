import { type JobDefinition, jobPayload } from '../src/foundation/job';
import type { RosterOffice } from '../src/organisation/roster/office';

/** Finishes a roster whose writing a crash has cut off, so that all of it holds. */
export const finishRoster: JobDefinition<{ office: Pick<RosterOffice, 'finish'> }> = {
  name: 'finish-roster',
  // Every even minute but :00 and :30.
  schedule: '2-28/2,32-58/2 * * * *',
  payload: jobPayload,
  uniqueId: ({ body, occasion }) => `roster-${body}-${occasion}`,
  attempts: 3,
  handler:
    ({ office }) =>
    async ({ body }) => {
      await office.finish(body);
    },
};
