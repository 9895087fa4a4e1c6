import type { Asked } from '../../reader/asked';
import { intent } from '../../reader/intent';
import type { Reading } from '../../reader/reading';
import { isOneOfSeveral, type RecordTarget, targetsOf } from './which-record';

export interface DeleteReading extends Reading {
  intent: 'delete_record';
  /** A list when several numbers are said. */
  target: RecordTarget | readonly string[];
  reason?: string;
}

export interface RestoreReading extends Reading {
  intent: 'restore_record';
  /** A list when several numbers are said. */
  target: RecordTarget | readonly string[];
}

function readDeletion(asked: Asked): DeleteReading {
  const reason = asked.document.lexicon.acts.withdrawn_because.exec(asked.body)?.[0];
  return { intent: 'delete_record', target: targetsOf(asked), ...(reason && { reason }) };
}

/** 先别删R1025: what is called off is not done; which of two alike is to go must be said. */
function notMeant(asked: Asked): string | null {
  if (asked.document.lexicon.acts.withhold.test(asked.body)) return 'called_off';
  return isOneOfSeveral(asked) ? 'which_record' : null;
}

export const deleteRecord = intent<DeleteReading>('delete_record', {
  words: ['撤回', '撤销', '删除', '删', '删除记录', '撤回记录', '作废', 'chehui', 'shanchu'],
  looksBack: true,
  read: readDeletion,
  notMeant,
});

/** A withdrawn record is to count again. */
export const restoreRecord = intent<RestoreReading>('restore_record', {
  words: ['恢复', '恢复记录', '还原', '撤销撤回', '取消撤回', 'huifu'],
  looksBack: true,
  read: (asked) => ({ intent: 'restore_record', target: targetsOf(asked) }),
});
