import type { ContactRecord } from './record';
import { looksLikeRepeat, type RecordFields } from './rules';
import type { ContactStore } from './store';

/** Whether a contact counts, or waits because it looks like one that does (F27, F31). */
export class Repeats {
  constructor(private readonly store: ContactStore) {}

  /** The contact that counts for the member already and looks the same, told by whomever; `except`: what is no repeat. */
  async of(body: string, memberId: string, fields: RecordFields, except: (record: ContactRecord) => boolean): Promise<string | null> {
    if (!fields.contactDate) return null;
    const sameDay = await this.store.counted(body, memberId, fields.contactDate);
    return sameDay.find((record) => !except(record) && looksLikeRepeat(fields, record))?.id ?? null;
  }

  /** Whether a record, changed like this, counts or repeats another one that does; empty when that stays as it is. */
  async standing(record: ContactRecord, change: Partial<RecordFields>): Promise<Partial<Pick<ContactRecord, 'status' | 'duplicateOf'>>> {
    const other = await this.of(record.body, record.memberId, { ...record, ...change }, ({ id }) => id === record.id);
    if (!other) return record.status === 'kept' ? {} : { status: 'kept' };
    return record.status === 'asked' && record.duplicateOf === other ? {} : { status: 'asked', duplicateOf: other };
  }
}
