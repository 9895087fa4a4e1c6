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

export interface DeleteReading extends Reading {
  intent: 'delete_record';
  target: RecordTarget;
  reason?: string;
}

/** 不是12人是21人, 再加3个, 算电话, 改到前天: what changes in which record. */
function readCorrection(asked: Asked): CorrectReading {
  const { target, end } = targetOf(asked);
  const changes = changesOf(asked, end);
  return { intent: 'correct_record', target, changes, missing: Object.keys(changes).length === 0 ? ['changes'] : [] };
}

function readDeletion(asked: Asked): DeleteReading {
  const { target } = targetOf(asked);
  const reason = /重复|写错|记错|发错|录错|弄错|没去成|没去|测试|取消|误发|多记|不是我|填错|搞错|不对|重了/.exec(asked.body)?.[0];
  return { intent: 'delete_record', target, ...(reason && { reason }) };
}

export const correctRecord = intent<CorrectReading>('correct_record', {
  words: ['更正', '修改', '改', '改一下', '订正', '纠正', '更改', '修正', '修改记录', '更正记录', '补充', 'gengzheng'],
  looksBack: true,
  read: readCorrection,
});

export const deleteRecord = intent<DeleteReading>('delete_record', {
  words: ['撤回', '撤销', '删除', '删', '删除记录', '撤回记录', '作废', 'chehui', 'shanchu'],
  looksBack: true,
  read: readDeletion,
});
