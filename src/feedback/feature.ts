import type { OutgoingMessages } from '../chat/outgoing-messages';
import type { Base, Feature } from '../feature';
import type { OrganisationService } from '../organisation/service';
import { feedbackCommands } from './commands';
import { feedbackMeasures } from './measures';
import { feedbackPage } from './pages';
import { FeedbackService } from './service';
import { createFeedbackStore } from './store';
import { feedbackTexts as texts } from './texts';

interface Parts {
  organisation: OrganisationService;
  messages: OutgoingMessages;
}

/** What members say about the organisation's own work: taken, numbered, told to the office, answered (C13). */
export function feedbackFeature(base: Base, { organisation, messages }: Parts): Feature & { service: FeedbackService } {
  const store = createFeedbackStore(base.connection);
  const service = new FeedbackService(store);
  return {
    name: 'feedback',
    service,
    stores: [store],
    commands: feedbackCommands({ feedback: service, organisation }),
    purposes: { feedback_received: { called: texts.purposes.received }, feedback_answered: { called: texts.purposes.answered } },
    pages: [feedbackPage({ feedback: service, organisation, messages })],
    measures: feedbackMeasures(store),
  };
}
