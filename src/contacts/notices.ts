import type { PrivateMessage } from '../chat/command';
import type { Recheck } from '../feature';
import type { OrganisationService } from '../organisation/service';
import type { ContactRecord } from './record';
import { wordsOf } from './rules';
import type { Contacts } from './service';
import { otherTexts as texts } from './texts/for-others';

/** Messages the feature sends by itself. */
export const purposes = { told: 'record_told', objected: 'record_objected' } as const;

type Organisation = Pick<OrganisationService, 'member'>;

/** Everybody for whom a record counts and who has not told it hears of it, once, as soon as it counts. */
export async function notices(organisation: Organisation, record: ContactRecord): Promise<PrivateMessage[]> {
  const teller = tellerOf(record);
  const others = record.credited.filter((id) => id !== teller);
  if (!counts(record) || others.length === 0) return [];
  const name = (await organisation.member(record.body, teller))?.name ?? texts.office;
  return others.map((memberId) => ({
    memberId,
    key: `${purposes.told}:${record.id}:${memberId}`,
    purpose: purposes.told,
    reason: { record: record.id },
    text: noticeText(record, memberId, name),
  }));
}

/** Whoever told a record hears that it is not somebody's. */
export function objectionNotice(record: ContactRecord, { memberId, name }: { memberId: string; name: string }): PrivateMessage {
  const key = `${purposes.objected}:${record.id}:${memberId}`;
  return { memberId: tellerOf(record), key, purpose: purposes.objected, text: texts.objectedNotice(record.id, name) };
}

/** Just before sending: who no longer counts the record is not told of it, and it is told as it is now. */
export function recheckTold(contacts: Pick<Contacts, 'byId'>, organisation: Organisation): Recheck {
  return async ({ body, memberId, reason }) => {
    const record = await contacts.byId(body, reason?.['record'] ?? '');
    if (!record || memberId === null || !counts(record) || !record.credited.includes(memberId)) return { skip: 'counts no more' };
    const name = (await organisation.member(body, tellerOf(record)))?.name ?? texts.office;
    return { go: true, text: noticeText(record, memberId, name) };
  };
}

export const tellerOf = (record: ContactRecord): string => record.enteredBy ?? record.memberId;

export const counts = ({ status, missing }: ContactRecord): boolean => status === 'kept' && missing.length === 0;

const noticeText = (record: ContactRecord, memberId: string, name: string): string =>
  record.memberId === memberId ? texts.toldFor(wordsOf(record), name) : texts.toldTogether(wordsOf(record), name);
