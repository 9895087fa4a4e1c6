import type { Base, Feature } from '../feature';
import type { OrganisationService } from '../organisation/service';
import { changeQuestions } from './changing';
import { contactCommands } from './commands';
import { completing } from './completing';
import { whoseQuestions } from './for-others';
import { contactMeasures } from './measures';
import { purposes, recheckTold } from './notices';
import { myRecords } from './pages';
import { type Contacts, createContacts } from './service';
import { type ContactStore, createContactStore } from './store';
import { otherTexts as texts } from './texts/for-others';

/** Contact records: kept from one line, completed, corrected, withdrawn, brought back, told for others, counted. */
export function contactsFeature(
  base: Base,
  { organisation }: { organisation: OrganisationService },
): Feature & { service: Contacts; store: ContactStore } {
  const store = createContactStore(base.connection);
  const service = createContacts({ store, organisation });
  const question = completing({ contacts: service, organisation });
  const parts = { contacts: service, organisation, question };
  const changes = changeQuestions(parts);
  const whose = whoseQuestions(parts);
  return {
    name: 'contacts',
    service,
    store,
    stores: [store],
    commands: contactCommands({ ...parts, changeQuestions: changes, whoseQuestions: whose }),
    questions: [question, changes.which, changes.lot, whose.nameless, whose.whose],
    purposes: {
      [purposes.told]: { called: texts.purposes.told, recheck: recheckTold(service, organisation) },
      [purposes.objected]: { called: texts.purposes.objected },
      [purposes.absent]: { called: texts.purposes.absent },
    },
    measures: contactMeasures(service),
    mine: myRecords(service, organisation),
  };
}
