import type { Button } from '../../chat/command';
import type { ActivityKind } from '../activity';
import { fullWhenText, limits, type Named, named, weekdayOf, weekdayText } from './words';

/** 刚才那个活动地点写错了，是…: its other words are no name. */
export const amends = /[写弄搞填说]错|错了|不对|应该?是|刚才|刚刚|[那这][个场次]/;

/** Says that what was understood is right. */
export const isYes =
  /^\s*(?:(?:确认|确定|发布|发|是|对|好|可以|就这样|没错|没问题|行|嗯|ok)(?:出去|的|吧|了|啊|就行)*[，,。.!！~～\s]*)+$/i;

const questions = { title: '活动叫什么名字', start: '哪天几点开始', place: '在什么地方' } as const;

export const faults = {
  start_past: '活动时间已经过去了，请核对日期后再发一次',
  deadline_past: '报名截止时间已经过去了，请改一个再发一次',
  deadline_after_start: '报名截止时间在活动开始之后，请核对后再发一次',
  capacity: '名额要在1到10000之间，请核对后再发一次；不限名额就不用写',
  too_long: '活动名称或地点太长了（各不超过60字），请精简后再发一次',
  no_such_time: '没有这个日期或时间，请核对后再发一次',
} as const;

/** What is odd about an announcement. */
const doubts = {
  weekday: ({ start, saidWeekday }: Draft): string =>
    `${start.slice(5, 7).replace(/^0/, '')}月${start.slice(8, 10).replace(/^0/, '')}日是${weekdayText(weekdayOf(start))}，您写的是${weekdayText(saidWeekday ?? 1)}，请看一下日期。`,
  next_year: ({ start }: Draft): string => `这一天今年已经过去了，我当成了${start.slice(0, 4)}年。`,
  series: ({ series }: Draft): string => `您说的是${series ?? '定期'}举办，我先只发布第一次，以后每次到时再发一条。`,
  title: (): string => '活动名称是我从整句里猜的。',
  meant: (): string => '您没有说发起，我当成要发起一个活动。',
} as const;

interface Draft {
  title: string;
  start: string;
  place: string;
  capacity: number | null;
  deadline: string | null;
  series: string | null;
  saidWeekday: number | null;
}

const example = '/发起活动 重阳关爱 9月26日上午9点 惠民养老院 名额15 截止9月24日18点';

/** What kind of activity a title speaks of; the first that fits. */
export const activityKindWords: readonly (readonly [RegExp, ActivityKind])[] = [
  [/督办/, 'supervision'],
  [/视察|监督/, 'inspection'],
  [/调研/, 'research'],
  [/考察/, 'survey'],
  [/协商|板凳会|院坝会|议事/, 'consultation'],
  [/座谈|恳谈|茶话/, 'symposium'],
  [/宣讲|讲堂|讲座|培训/, 'lecture'],
  [/读书|阅读/, 'reading'],
  [/采风|写生/, 'creation_trip'],
  [/展/, 'exhibition'],
  [/义诊|慰问|关爱|捐|送|帮扶|服务/, 'service'],
];

/** An activity before and when it is announced. */
export const openingTexts = {
  created: (activity: Named & { capacity: number | null; deadline: string | null }, hosts: readonly string[], mention: string): string =>
    [
      `已发起活动${named(activity)}：${fullWhenText(activity.start)}，${activity.place}，${limits(activity.capacity, activity.deadline)}` +
        `${hosts.length > 0 ? `，${hosts.join('、')}共同举办` : ''}。`,
      `委员报名请发：@${mention} 报名 ${activity.id}`,
    ].join('\n'),
  createFault: (fault: keyof typeof faults): string => `活动还没有发起：${faults[fault]}。`,
  createHow: `把活动名称、时间、地点写在一行发给我就能发起，例如“${example}”。`,
  /** Before anything is announced: what was understood, what is odd about it. */
  createCheck: (draft: Draft, odd: readonly (keyof typeof doubts)[]): string =>
    `还没有发布，请您看一下：“${draft.title}”，${fullWhenText(draft.start)}，${draft.place}，${limits(draft.capacity, draft.deadline)}。` +
    `${odd.map((each) => doubts[each](draft)).join('')}就这样发布吗？回复“确认”发布；哪里不对直接说，例如“时间改成9月27日上午9点”；不发了回复“取消”。`,
  createUnheard: '这句没太听懂，活动还没有发布。回复“确认”发布，说一下要改的内容，或回复“取消”不发。',
  createDropped: '好的，这个活动没有发布。',
  createGivenUp: `还是没弄清楚，活动没有发布。请整行再发一次，例如“${example}”。`,
  createMissing: (missing: readonly (keyof typeof questions)[], understood: readonly string[]): string =>
    `${understood.length ? `已看懂：${understood.join('，')}。` : ''}还差一点就能发起：${missing.map((each) => questions[each]).join('？')}？` +
    `直接回复我就行；也可以整行再发，例如“${example}”。`,
  toldGroups: (count: number): string => (count > 1 ? `\n消息也会发到绑定的${count}个工作群。` : '\n消息也会发到绑定的工作群。'),
  /** Buttons under an activity: pressing one is the same as typing the line. */
  buttons: {
    signUp: (id: string): Button => ({ label: '报名', says: `/报名 ${id}` }),
    look: (id: string): Button => ({ label: '看详情', says: `/活动 ${id}` }),
    refuse: (id: string): Button => ({ label: '不去', says: `/取消报名 ${id}` }),
    cancel: (id: string): Button => ({ label: '取消报名', says: `/取消报名 ${id}` }),
  },
} as const;
