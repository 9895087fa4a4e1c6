import { finishRoster } from '../../jobs/finish-roster';
import { ready } from '../../jobs/registry';
import type { Base, Feature } from '../feature';
import type { ChatGroups } from './chat-group';
import { ChatGroupStore } from './chat-group-store';
import { createChatGroups } from './chat-groups';
import { groupCommands } from './commands';
import type { OrganisationService } from './member';
import { bindGroup, groupInfo, unbindGroup } from './readings';
import type { RoleBook } from './roles';
import { RosterDrafts } from './roster/drafts';
import { createRosterOffice } from './roster/office';
import { rosterPage } from './roster/page';
import { createOrganisation } from './service';
import { createOrganisationStore } from './store';
import { organisationTexts } from './texts';

/** Bodies, their members and the work groups bound to them. */
export function organisationFeature(
  base: Base,
  { roles }: { roles: RoleBook },
): Feature & { service: OrganisationService; chatGroups: ChatGroups } {
  const store = createOrganisationStore(base.connection);
  const groups = new ChatGroupStore(base.connection);
  const service = createOrganisation(store, base.clock);
  const chatGroups = createChatGroups(groups, base.clock);
  const drafts = new RosterDrafts(base.connection);
  const office = createRosterOffice(service, drafts, roles);
  return {
    name: 'organisation',
    service,
    chatGroups,
    stores: [store, groups, drafts],
    pages: [rosterPage({ organisation: service, office, book: roles })],
    jobs: [ready(finishRoster, { office })],
    commands: groupCommands({ organisation: service, chatGroups, reachesGroup: (...group) => base.reachesGroup(...group) }),
    // Whoever speaks of binding knows of it.
    afterword: async ({ body, platform, chat, eventKey }, reading) => {
      if ([bindGroup, unbindGroup, groupInfo].some((each) => each.is(reading))) return null;
      return (await chatGroups.mayHint(body, platform, chat.id, eventKey)) ? organisationTexts.bindHint : null;
    },
  };
}
