import type { Asked } from '../../reader/asked';
import { intent } from '../../reader/intent';
import type { Reading } from '../../reader/reading';
import { changesOf, type RecordChanges } from './changes';
import { type RecordTarget, targetOf } from './which-record';

export interface CorrectReading extends Reading {
  intent: 'correct_record';
  target: RecordTarget;
  changes: RecordChanges;
  missing: 'changes'[];
}

/** 不是12人是21人, 再加3个, 算电话, 改到前天: what changes in which record. */
function readCorrection(asked: Asked): CorrectReading {
  const { target, end } = targetOf(asked);
  const changes = changesOf(asked, end);
  return { intent: 'correct_record', target, changes, missing: Object.keys(changes).length === 0 ? ['changes'] : [] };
}

export const correctRecord = intent<CorrectReading>('correct_record', {
  words: ['更正', '修改', '改', '改一下', '订正', '纠正', '更改', '修正', '修改记录', '更正记录', '补充', 'gengzheng'],
  looksBack: true,
  read: readCorrection,
});
