import { type Asked, datesOf, dayOf } from '../../reader/asked';
import { intent } from '../../reader/intent';
import type { Reading } from '../../reader/reading';
import { activityOf } from './named-activity';

export interface ActivityUpdateReading extends Reading {
  intent: 'activity_update';
  activity: string | null;
  change: 'postponed' | 'cancelled';
  /** Of what is postponed. */
  new_date?: string | null;
  reason: string | null;
}

/** Postponed or cancelled, with the new day and the reason. */
function readActivityUpdate(asked: Asked): ActivityUpdateReading {
  const cancelled =
    /取消|不办了|不搞了|停办|作废/.test(`${asked.command} ${asked.body}`) &&
    !/改期|延期|推迟|改到|改为|顺延/.test(`${asked.command} ${asked.body}`);
  const dates = datesOf(asked);
  const moved = dates.find((d) =>
    /(?:改到|改为|改在|推迟到|延期到|延到|延至|推到|推迟至|延期至|顺延到|顺延至|调整到|调整为|调到|换到|改成|挪到|提前到|到|至|变更为)[: ]?$/.test(
      asked.document.text.slice(Math.max(0, d.start - 5), d.start),
    ),
  );
  const newDate = moved ?? dates.at(-1);
  const reason = /(?:原因:?|因为?|由于|理由:?)(?:是)?([^。;\n]{2,60})/.exec(asked.body)?.[1]?.trim() ?? leftover(asked);
  return {
    intent: 'activity_update',
    activity: activityOf(asked),
    change: cancelled ? 'cancelled' : 'postponed',
    ...(cancelled ? {} : { new_date: dayOf(newDate) }),
    reason,
  };
}

function leftover(asked: Asked): string | null {
  const clause = asked.body
    .split(/[,。;\n ]/)
    .find((c) => c.length >= 3 && !/[A-Z]\d|改|延|推迟|取消|顺延|活动/.test(c) && !/\d月|\d号|周/.test(c));
  return clause ?? null;
}

export const updateActivity = intent<ActivityUpdateReading>('activity_update', {
  words: ['活动延期', '活动取消', '取消活动', '活动改期', '活动变更', '改期', '延期活动', '修改活动', '活动调整', '更改活动'],
  read: readActivityUpdate,
});
