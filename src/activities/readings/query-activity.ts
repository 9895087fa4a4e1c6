import type { Asked } from '../../reader/asked';
import { intent } from '../../reader/intent';
import { saysIn } from '../../reader/means';
import type { Reading } from '../../reader/reading';
import { activityOf } from './named-activity';

export interface ActivityQueryReading extends Reading {
  intent: 'activity_query';
  activity: string | null;
  ask: 'capacity' | 'time_place' | 'my_status' | 'list';
  /** What is asked of one of them: who is signed up, what was kept of it afterwards. */
  of?: 'names' | 'minutes' | 'attendance';
  /** No activity is named: the one just spoken of may be meant. */
  unnamed?: true;
}

const kept: readonly [RegExp, NonNullable<ActivityQueryReading['of']>][] = [
  [/纪要|小结|会议记录/, 'minutes'],
  [/签到|出席|到会|到场|实到|考勤|[来到]了?(?:几|多少)[个位名]?(?:人|委员)|谁(?:都|没)?[来到]了?(?:[?。吗 ]|$)/, 'attendance'],
  [/谁[^,。]{0,4}报|报[^,。]{0,4}谁|报了?(?:几|多少)|名单|都?有(?:谁|哪些人|哪几[位个])|谁(?:去|参加)/, 'names'],
];

function ofOne(
  { body, command }: Asked,
  ask: ActivityQueryReading['ask'],
  activity: string | null,
): Pick<ActivityQueryReading, 'of' | 'unnamed'> {
  const of = ask === 'my_status' ? undefined : kept.find(([pattern]) => pattern.test(`${command} ${body}`))?.[1];
  return of === undefined ? {} : { of, ...(activity === null && { unnamed: true as const }) };
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
  read: (asked) => {
    const [activity, ask] = [activityOf(asked), askOf(asked)];
    return { intent: 'activity_query', activity, ask, ...ofOne(asked, ask, activity) };
  },
});
