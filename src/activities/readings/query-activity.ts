import type { Asked } from '../../reader/asked';
import { intent } from '../../reader/intent';
import { saysIn } from '../../reader/means';
import type { Reading } from '../../reader/reading';
import { activityOf } from './named-activity';

export interface ActivityQueryReading extends Reading {
  intent: 'activity_query';
  activity: string | null;
  ask: 'capacity' | 'time_place' | 'my_status' | 'list';
}

function askOf({ body, command, document }: Asked): ActivityQueryReading['ask'] {
  const said = `${command} ${body}`;
  if (saysIn(said, document, 'my_sign_up') && !saysIn(said, document, 'who')) return 'my_status';
  if (saysIn(said, document, 'seats_asked')) return 'capacity';
  if (saysIn(said, document, 'time_or_place_asked')) return 'time_place';
  return 'list';
}

export const queryActivity = intent<ActivityQueryReading>('activity_query', {
  words: [
    '活动',
    '查活动',
    '活动查询',
    '活动列表',
    '近期活动',
    '活动安排',
    '最近活动',
    '我的活动',
    '我的报名',
    '报名情况',
    '名额',
    'huodong',
  ],
  read: (asked) => ({ intent: 'activity_query', activity: activityOf(asked), ask: askOf(asked) }),
});
