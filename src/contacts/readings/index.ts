import { action, all } from '../../organisation/may';
import { correctRecord } from './correct-record';
import { objectRecord } from './object-record';
import { recordContact } from './record-contact';
import { recordQuery } from './record-query';
import { deleteRecord, restoreRecord } from './withdraw-record';

export type { RecordChanges } from './changes';
export type * from './contact-reading';
export { contentWords } from './content-words';
export { type CorrectReading, correctRecord } from './correct-record';
export { type ObjectReading, objectRecord } from './object-record';
export { recordContact } from './record-contact';
export { type RecordQueryReading, recordQuery } from './record-query';
export type { RecordSelector, RecordTarget } from './which-record';
export { type DeleteReading, deleteRecord, type RestoreReading, restoreRecord } from './withdraw-record';

/** What can be said about contacts. */
export const readings = [recordContact, recordQuery, correctRecord, deleteRecord, restoreRecord, objectRecord];

/** Whoever only reads records nothing. */
const doers = all('own', ['auditor']);

export const rights = {
  add: action('record.add', doers),
  /** For another member (F28). */
  addForOthers: action('record.add_for_others', { convener: 'sector', liaison_officer: 'body', staff: 'body' }),
  change: action('record.change', doers),
  restore: action('record.restore', doers),
  /** At any time, of whomever one looks after; one's own only within days. */
  restoreAny: action('record.restore_any', { convener: 'sector', liaison_officer: 'body', staff: 'body' }),
  list: action('record.list', { ...doers, convener: 'sector', liaison_officer: 'sector', staff: 'body', auditor: 'body' }),
};
