import { intent } from '../../reader/intent';
import type { Reading } from '../../reader/reading';
import { namedBy, type RecordTarget } from './which-record';

export interface ObjectReading extends Reading {
  intent: 'object_record';
  target: RecordTarget;
}

/** What somebody else has told of me is not mine. */
export const objectRecord = intent<ObjectReading>('object_record', {
  words: ['异议', '有异议', '不是我', 'yiyi'],
  looksBack: true,
  read: (asked) => ({ intent: 'object_record', target: namedBy(asked)?.target ?? 'last' }),
});
