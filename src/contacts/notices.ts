import type { PrivateMessage } from '../chat/command';
import type { Recheck } from '../feature';
import type { Member, OrganisationService } from '../organisation/service';
import type { ContactRecord } from './record';
import { wordsOf } from './rules';
import type { Contacts } from './service';
import { otherTexts as texts } from './texts/for-others';

/** Messages the feature sends by itself. */
export const purposes = { told: 'record_told', objected: 'record_objected', absent: 'record_absent' } as const;

type Organisation = Pick<OrganisationService, 'member'>;

/** Everybody for whom a record counts and who has not told it hears of it, once, as soon as it counts. */
export async function notices(organisation: Organisation, record: ContactRecord): Promise<PrivateMessage[]> {
  const teller = tellerOf(record);
  const others = record.credited.filter((id) => id !== teller);
  if (!counts(record) || others.length === 0) return [];
  const from = await organisation.member(record.body, teller);
  return others.map((memberId) => ({
    memberId,
    key: `${purposes.told}:${record.id}:${memberId}`,
    purpose: purposes.told,
    reason: { record: record.id },
    text: noticeText(record, memberId, from),
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
    return { go: true, text: noticeText(record, memberId, await organisation.member(body, tellerOf(record))) };
  };
}

export const tellerOf = (record: ContactRecord): string => record.enteredBy ?? record.memberId;

export const counts = ({ status, missing }: ContactRecord): boolean => status === 'kept' && missing.length === 0;

function noticeText(record: ContactRecord, memberId: string, from: Pick<Member, 'name' | 'sector'> | null): string {
  const name = from?.name ?? texts.office;
  if (record.memberId === memberId) return texts.toldFor(wordsOf(record), name);
  return texts.toldTogether(wordsOf(record), from?.sector ? texts.member(name) : name);
}

/** Who is said not to have come along hears that it counts no more. */
export function absenceNotices(record: ContactRecord, gone: readonly string[], name: string): PrivateMessage[] {
  return gone.map((memberId) => {
    const key = `${purposes.absent}:${record.id}:${memberId}:${record.history.length}`;
    return { memberId, key, purpose: purposes.absent, text: texts.absentTold(wordsOf(record), name) };
  });
}
