import type { Asked } from '../../reader/asked';
import { intent } from '../../reader/intent';
import type { Reading } from '../../reader/reading';

export interface ReminderQueryReading extends Reading {
  intent: 'reminder_query';
  /** Why one came, what is still to come, that none should, or that they should again. */
  ask: 'why' | 'list' | 'stop' | 'resume';
}

const stop = /(?:别|不要|不用|不想|停|关|取消|勿|少)[^,。?]{0,8}(?:提醒|催|发消息)|提醒[^,。?]{0,4}(?:关|停|取消)|烦/;
const resume = /恢复|重新|打开|开启|继续|(?<!别|要|用|必)再给我发/;
const why = /为什么|为啥|为何|怎么(?:又|还|老|总)?|凭什么|干嘛|干吗|不是[^,。]{0,8}(?:完成|够)/;

function askOf({ command, body }: Asked): ReminderQueryReading['ask'] {
  const said = `${command} ${body}`;
  if (why.test(said)) return 'why';
  if (resume.test(said)) return 'resume';
  return stop.test(said) ? 'stop' : 'list';
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
