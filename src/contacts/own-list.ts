import type { OrganisationService } from '../organisation/service';
import { tellerOf } from './notices';
import type { ContactRecord } from './record';
import { wordsOf } from './rules';
import { contactTexts as texts } from './texts';
import { otherTexts } from './texts/for-others';

type Organisation = Pick<OrganisationService, 'member'>;

/** Who told a contact that counts for `memberId`, as a remark; empty for one's own. */
export async function toldBy(organisation: Organisation, record: ContactRecord, memberId: string): Promise<string> {
  const teller = tellerOf(record);
  if (teller === memberId) return '';
  const name = (await organisation.member(record.body, teller))?.name ?? otherTexts.office;
  return record.memberId === memberId ? otherTexts.recordedBy(name) : otherTexts.by(name);
}

/** One line of a member's own list. */
export async function lineOf(organisation: Organisation, record: ContactRecord, memberId: string): Promise<string> {
  return texts.mineLine(wordsOf(record), await toldBy(organisation, record, memberId));
}
