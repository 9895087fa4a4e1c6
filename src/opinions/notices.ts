import type { PrivateMessage } from '../chat/command';
import { may } from '../organisation/may';
import type { OrganisationService } from '../organisation/service';
import type { OpinionNote } from './note';
import { rights } from './readings';
import { opinionTexts as texts } from './texts';

/** So many people of the office hear of it; more of them would hear of it from these. */
const mostTold = 10;

/** Tells the office that there is something new to read: once a day each, however much comes. */
export async function officeNotices(organisation: OrganisationService, note: OpinionNote): Promise<PrivateMessage[]> {
  const notices: PrivateMessage[] = [];
  for await (const { id, sector, roles } of organisation.members(note.body)) {
    if (notices.length >= mostTold) break;
    if (id === note.memberId || !may(rights.remark, { memberId: id, sector, roles })) continue;
    notices.push({ memberId: id, key: `opinion_noted:${note.day}:${id}`, purpose: 'opinion_noted', text: texts.toOffice(note) });
  }
  return notices;
}
