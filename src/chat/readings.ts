import { intent } from '../reader/intent';
import type { HelpReading } from '../reader/reading';

export const help = intent<HelpReading>('help', {
  words: ['帮助', '使用说明', '怎么用', '说明', '菜单', '指令', '功能', '教程', 'help', 'bangzhu', 'bz', '?', 'h'],
  read: () => ({ intent: 'help' }),
});

/** What can be said to the assistant itself. */
export const readings = [help];
