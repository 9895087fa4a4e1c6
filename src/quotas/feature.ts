import { planReminders } from '../../jobs/plan-reminders';
import { ready } from '../../jobs/registry';
import type { Base, Feature } from '../feature';
import type { FeedbackService } from '../feedback/service';
import type { WorkingDays } from '../foundation/working-days';
import type { OrganisationService, RoleBook } from '../organisation/service';
import { behindPage } from './behind-page';
import { quotaCommands } from './commands';
import { createReminderMutes } from './mutes';
import { myProgress } from './pages';
import { reminderCommands } from './reminder-commands';
import { recheckReminder, reminderPurpose } from './reminders';
import { ruleCommands } from './rule-answers';
import { createQuotas, type Quotas, type Scheme } from './service';
import { reminderTexts as texts } from './texts/reminders';

interface Parts {
  organisation: OrganisationService;
  schemes: ReadonlyMap<string, Scheme>;
  workingDays: WorkingDays;
  feedback: FeedbackService;
  roles: RoleBook;
}

/** What the scheme of a body asks of its members, how far each is, and the reminder of what is still open. */
export function quotasFeature(base: Base, { organisation, schemes, workingDays, feedback, roles }: Parts): Feature & { service: Quotas } {
  const measure: Base['measure'] = (name) => base.measure(name);
  const service = createQuotas({ measure, organisation, schemes });
  const mutes = createReminderMutes(base.connection);
  const reminders = { quotas: service, organisation, ledger: base.ledger, workingDays, mutes, clock: base.clock };
  return {
    name: 'quotas',
    service,
    commands: [
      ...quotaCommands({ quotas: service, organisation, measure, pageAt: (...page) => base.pageAt(...page) }),
      ...reminderCommands({ ...reminders, feedback }),
      ...ruleCommands({ quotas: service, organisation, roles }),
    ],
    purposes: {
      [reminderPurpose]: { called: texts.purposes.reminder, recheck: recheckReminder(reminders) },
      deferral_told: { called: texts.purposes.deferral },
    },
    pages: [behindPage({ quotas: service, organisation })],
    mine: myProgress({ quotas: service, organisation }),
    jobs: [ready(planReminders, reminders)],
  };
}
