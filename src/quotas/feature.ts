import { planReminders } from '../../jobs/plan-reminders';
import { ready } from '../../jobs/registry';
import type { Base, Feature } from '../feature';
import type { WorkingDays } from '../foundation/working-days';
import type { OrganisationService } from '../organisation/service';
import { quotaCommands } from './commands';
import { myProgress } from './pages';
import { recheckReminder, reminderPurpose } from './reminders';
import { createQuotas, type Quotas, type Scheme } from './service';

interface Parts {
  organisation: OrganisationService;
  schemes: ReadonlyMap<string, Scheme>;
  workingDays: WorkingDays;
}

/** What the scheme of a body asks of its members, how far each is, and the reminder of what is still open. */
export function quotasFeature(base: Base, { organisation, schemes, workingDays }: Parts): Feature & { service: Quotas } {
  const measure: Base['measure'] = (name) => base.measure(name);
  const service = createQuotas({ measure, organisation, schemes });
  const reminders = { quotas: service, organisation, ledger: base.ledger, workingDays, clock: base.clock };
  return {
    name: 'quotas',
    service,
    commands: quotaCommands({ quotas: service, organisation, measure }),
    purposes: { [reminderPurpose]: { recheck: recheckReminder(reminders) } },
    mine: myProgress({ quotas: service, organisation }),
    jobs: [ready(planReminders, reminders)],
  };
}
