import type { Asked } from '../../reader/asked';
import { intent } from '../../reader/intent';
import { saysIn } from '../../reader/means';
import type { Reading } from '../../reader/reading';

export interface ReminderQueryReading extends Reading {
  intent: 'reminder_query';
  /** Why one came, what is still to come, that none should, or that they should again. */
  ask: 'why' | 'list' | 'stop' | 'resume';
}

function askOf({ command, body, document }: Asked): ReminderQueryReading['ask'] {
  const said = `${command} ${body}`;
  if (saysIn(said, document, 'why_reminded')) return 'why';
  if (saysIn(said, document, 'remind_again')) return 'resume';
  return saysIn(said, document, 'stop_reminding') ? 'stop' : 'list';
}

export const queryReminders = intent<ReminderQueryReading>('reminder_query', {
  words: [
    '提醒',
    '我的提醒',
    '查提醒',
    '为什么提醒我',
    '停止提醒',
    '别再提醒',
    '取消提醒',
    '关闭提醒',
    '恢复提醒',
    '打开提醒',
    '继续提醒',
    'tixing',
  ],
  read: (asked) => ({ intent: 'reminder_query', ask: askOf(asked) }),
});
