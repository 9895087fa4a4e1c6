import { finishPromotions } from '../../jobs/finish-promotions';
import { ready } from '../../jobs/registry';
import type { OutgoingMessages } from '../chat/outgoing-messages';
import type { Base, Feature } from '../feature';
import type { ChatGroups, OrganisationService } from '../organisation/service';
import { activityCommands } from './commands';
import { activityMeasures } from './measures';
import { stillNews } from './news';
import { openingQuestion } from './opening';
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
  const tools = { activities: service, organisation, chatGroups, reachesGroup };
  const opening = openingQuestion(tools);
  return {
    name: 'activities',
    service,
    stores: [store],
    commands: activityCommands(tools, opening),
    questions: [opening],
    purposes: { seat_freed: {}, activity_notice: {}, activity_changed: { recheck: stillNews(service) } },
    measures: activityMeasures(service, organisation),
    jobs: [
      ready(finishPromotions, { activities: service, planPrivate: async (body, notices) => void (await messages.plan(body, notices)) }),
    ],
  };
}
