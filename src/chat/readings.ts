import { type Actor, action, may } from '../organisation/may';
import { intent } from '../reader/intent';
import { saysIn } from '../reader/means';
import type { HelpReading, SenderContext } from '../reader/reading';

export const help = intent<HelpReading>('help', {
  words: [
    '帮助',
    '使用说明',
    '怎么用',
    '菜单',
    '指令',
    '功能',
    '教程',
    'help',
    'bangzhu',
    'bz',
    '?',
    'h',
    '更多',
    '更多用法',
    '全部用法',
    '全部功能',
  ],
  read: ({ command, body, document }) => ({ intent: 'help', everything: saysIn(`${command} ${body}`, document, 'more_or_all') }),
});

/** What can be said to the assistant itself. */
export const readings = [help];

export const rights = {
  /** Those whose lines are understood as the office's, or as a convener's: what 名额 or 谁没完成 mean depends on who says it. */
  speakForOffice: action('speak.for_office', { staff: 'body', administrator: 'body' }),
  speakForSector: action('speak.for_sector', { convener: 'sector' }),
};

/** As whom the reader takes a speaker. */
export function seenAs(speaker: Actor): NonNullable<SenderContext['sender_role']> {
  if (may(rights.speakForOffice, speaker)) return 'staff';
  return may(rights.speakForSector, speaker) ? 'convener' : 'member';
}
