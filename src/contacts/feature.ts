import type { Base, Feature } from '../feature';
import type { OrganisationService } from '../organisation/service';
import { contactCommands } from './commands';
import { completing } from './completing';
import { contactMeasures } from './measures';
import { myRecords } from './pages';
import { type Contacts, createContacts } from './service';
import { type ContactStore, createContactStore } from './store';

/** Contact records: kept from one line, completed, corrected, withdrawn, counted. */
export function contactsFeature(
  base: Base,
  { organisation }: { organisation: OrganisationService },
): Feature & { service: Contacts; store: ContactStore } {
  const store = createContactStore(base.connection);
  const service = createContacts({ store, organisation });
  const question = completing(service);
  return {
    name: 'contacts',
    service,
    store,
    stores: [store],
    commands: contactCommands({ contacts: service, question }),
    questions: [question],
    measures: contactMeasures(service),
    mine: myRecords(service),
  };
}
