import { type Asked, datesOf, dayOf } from '../../reader/asked';
import { originalSpan } from '../../reader/document';
import { intent } from '../../reader/intent';
import type { Reading } from '../../reader/reading';
import { activityOf } from './named-activity';

export interface MinutesReading extends Reading {
  intent: 'activity_minutes';
  activity: string | null;
  activity_date: string | null;
  /** What was said and decided; numbers in it are nobody's contact record. */
  content: string;
}

const head = /^[^:]{0,24}?(?:纪要|小结|总结)[:,。\s]*|^[A-Za-z]-?\d{1,6}(?:号|活动)?[\s:,。]+/;

function readMinutes(asked: Asked): MinutesReading {
  const { document, section } = asked;
  const content = asked.body.replace(head, '') || asked.body;
  return {
    intent: 'activity_minutes',
    activity: activityOf(asked),
    activity_date: dayOf(datesOf(asked)[0]),
    content,
    spans: { content: originalSpan(document, { start: section.start + asked.body.length - content.length, end: section.end }) },
  };
}

/** What an activity came to, told by who ran it. */
export const recordMinutes = intent<MinutesReading>('activity_minutes', {
  words: ['纪要', '活动纪要', '会议纪要', '座谈纪要', '小结', '活动小结', '活动总结', '办完了', 'jiyao'],
  looksBack: true,
  keeps: true,
  read: readMinutes,
});
