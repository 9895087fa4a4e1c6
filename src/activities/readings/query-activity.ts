import type { Asked } from '../../reader/asked';
import { intent } from '../../reader/intent';
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

function askOf({ body, command }: Asked): ActivityQueryReading['ask'] {
  const said = `${command} ${body}`;
  if (
    /我(?:.{0,6})?(?:报名?(?:了|上|成|没)|报上|有没有报|名单里|的报名)|报名了没|报上了?[没吗]|我的报名|报名成功|我是不是|我(?:有没有)?报.{0,8}[了没][吗没]/.test(
      said,
    ) &&
    !/谁/.test(said)
  )
    return 'my_status';
  if (
    /名额|满员|满了?[没吗]|还能报|还有位|位子|空位|座位|还可以报|剩几|剩多少|报满|还收人|能不能报|还来得及报|多少人报|几个人报|报了多少|报名人数|多少人了?(?:$|[?。])|几个人了|还要人/.test(
      said,
    )
  )
    return 'capacity';
  if (/几点|什么时候|啥时候|何时|在哪|哪里|哪儿|地点|时间|哪天|怎么去|集合|几号|地址|哪个地方|多久|在什么地方/.test(said))
    return 'time_place';
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
