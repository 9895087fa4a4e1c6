import { activitiesFeature } from './activities/feature';
import { OutgoingMessages } from './chat/outgoing-messages';
import { contactsFeature } from './contacts/feature';
import { demandsFeature } from './demands/feature';
import type { Base } from './feature';
import { feedbackFeature } from './feedback/feature';
import type { WorkingDays } from './foundation/working-days';
import { opinionsFeature } from './opinions/feature';
import { organisationFeature } from './organisation/feature';
import type { RoleBook } from './organisation/roles';
import { quotasFeature } from './quotas/feature';
import type { Scheme } from './quotas/service';
import { reportsFeature } from './reports/feature';
import { todoFeature } from './todo/feature';
import { undeliveredFeature } from './undelivered/feature';

/** What an operator writes down in config/ for all bodies. */
export interface Config {
  schemes: ReadonlyMap<string, Scheme>;
  workingDays: WorkingDays;
  roles: RoleBook;
}

/** The list of features; the order is that of who needs whom. */
export function makeFeatures(base: Base, { schemes, workingDays, roles }: Config) {
  const organisation = organisationFeature(base, { roles });
  const members = { organisation: organisation.service };
  const messages = new OutgoingMessages({ ...members, ledger: base.ledger, now: () => base.clock.now() });
  const contacts = contactsFeature(base, members);
  const feedback = feedbackFeature(base, { ...members, messages });
  const quotas = quotasFeature(base, { ...members, schemes, workingDays, roles, feedback: feedback.service });
  const activities = activitiesFeature(base, { ...members, contacts: contacts.service, chatGroups: organisation.chatGroups, messages });
  const opinions = opinionsFeature(base, members);
  const todo = todoFeature({
    ...members,
    quotas: quotas.service,
    contacts: contacts.service,
    activities: activities.service,
    feedback: feedback.service,
  });
  const undelivered = undeliveredFeature(base, members);
  return {
    messages,
    features: {
      organisation,
      contacts,
      quotas,
      todo,
      activities,
      feedback,
      opinions,
      undelivered,
      demands: demandsFeature(),
      reports: reportsFeature(),
    },
  };
}
