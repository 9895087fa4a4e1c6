import { type JobDefinition, jobPayload } from '../src/foundation/job';
import { planReminders as plan, type ReminderDeps } from '../src/quotas/reminders';

/** Plans the reminders that are due; the work is the quotas'. */
export const planReminders: JobDefinition<ReminderDeps> = {
  name: 'plan-reminders',
  schedule: '7 8-17 * * *',
  payload: jobPayload,
  uniqueId: ({ body, occasion }) => `reminders-${body}-${occasion}`,
  attempts: 3,
  handler:
    (deps) =>
    ({ body }) =>
      plan(deps, body),
};
