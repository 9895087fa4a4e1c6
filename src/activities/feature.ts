import { finishPromotions } from '../../jobs/finish-promotions';
import { ready } from '../../jobs/registry';
import type { OutgoingMessages } from '../chat/outgoing-messages';
import type { Base, Feature } from '../feature';
import type { ChatGroups, OrganisationService } from '../organisation/service';
import { activityCommands } from './commands';
import { type Activities, createActivities } from './service';
import { createActivityStore } from './store';

interface Parts {
  organisation: OrganisationService;
  chatGroups: ChatGroups;
  messages: OutgoingMessages;
}

/** Activities: announced in one line, signed up for with a word, seats and waiting list right. */
export function activitiesFeature(base: Base, { organisation, chatGroups, messages }: Parts): Feature & { service: Activities } {
  const store = createActivityStore(base.connection);
  const service = createActivities({ store, clock: base.clock });
  const reachesGroup: Base['reachesGroup'] = (...group) => base.reachesGroup(...group);
  return {
    name: 'activities',
    service,
    stores: [store],
    commands: activityCommands({ activities: service, organisation, chatGroups, reachesGroup }),
    purposes: { seat_freed: {}, activity_notice: {} },
    jobs: [ready(finishPromotions, { activities: service, planPrivate: (body, notices) => messages.plan(body, notices) })],
  };
}
