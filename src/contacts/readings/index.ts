import { correctRecord, deleteRecord } from './correct-record';
import { recordContact } from './record-contact';
import { recordQuery } from './record-query';

export type { RecordChanges } from './changes';
export type * from './contact-reading';
export { contentWords } from './content-words';
export { type CorrectReading, correctRecord, type DeleteReading, deleteRecord } from './correct-record';
export { recordContact } from './record-contact';
export { type RecordQueryReading, recordQuery } from './record-query';
export type { RecordTarget } from './which-record';

/** What can be said about contacts. */
export const readings = [recordContact, recordQuery, correctRecord, deleteRecord];
