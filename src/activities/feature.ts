import { finishPromotions } from '../../jobs/finish-promotions';
import { ready } from '../../jobs/registry';
import type { OutgoingMessages } from '../chat/outgoing-messages';
import type { Contacts } from '../contacts/service';
import type { Base, Feature } from '../feature';
import type { ChatGroups, OrganisationService } from '../organisation/service';
import { activityCommands } from './commands';
import { activityMeasures } from './measures';
import { stillNews } from './news';
import { openingQuestion } from './opening';
import { type Activities, createActivities } from './service';
import { createActivityStore } from './store';
import { activityTexts as texts } from './texts';

interface Parts {
  organisation: OrganisationService;
  contacts: Pick<Contacts, 'counted'>;
  chatGroups: ChatGroups;
  messages: OutgoingMessages;
}

/** Activities: announced in one line, signed up for with a word, seats and waiting list right. */
export function activitiesFeature(base: Base, { organisation, contacts, chatGroups, messages }: Parts): Feature & { service: Activities } {
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
    purposes: {
      seat_freed: { called: texts.purposes.seatFreed },
      activity_notice: { called: texts.purposes.notice },
      activity_changed: { called: texts.purposes.changed, recheck: stillNews(service) },
    },
    measures: activityMeasures({ activities: service, organisation, contacts }),
    jobs: [
      ready(finishPromotions, { activities: service, planPrivate: async (body, notices) => void (await messages.plan(body, notices)) }),
    ],
  };
}
