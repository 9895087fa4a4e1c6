import { intent } from '../../reader/intent';
import type { Reading } from '../../reader/reading';
import { type RecordTarget, targetOf } from './which-record';

export interface RestoreReading extends Reading {
  intent: 'restore_record';
  target: RecordTarget;
}

/** A withdrawn record is to count again. */
export const restoreRecord = intent<RestoreReading>('restore_record', {
  words: ['恢复', '恢复记录', '还原', '撤销撤回', '取消撤回', 'huifu'],
  looksBack: true,
  read: (asked) => ({ intent: 'restore_record', target: targetOf(asked).target }),
});
