import { DateTime } from 'luxon';
import type { Button } from '../chat/command';
import type { ActivityKind } from './activity';

/** What a sentence needs to know of an activity. Times are local: 'YYYY-MM-DDTHH:MM' or a day alone. */
interface Named {
  id: string;
  title: string;
  start: string;
  place: string;
}

type Seats = { capacity: number | null; taken: number };

const weekdays = ['一', '二', '三', '四', '五', '六', '日'];

/** '9月26日（周六）9:00' */
export function whenText(local: string): string {
  const time = DateTime.fromISO(local, { zone: 'utc' });
  const day = `${time.month}月${time.day}日（周${weekdays[time.weekday - 1] ?? ''}）`;
  return local.length > 10 ? day + time.toFormat('H:mm') : day;
}

const named = ({ id, title }: Pick<Named, 'id' | 'title'>): string => `${id}“${title}”`;
const whenWhere = ({ start, place }: Named): string => `${whenText(start)}，${place}`;

const seats = ({ capacity, taken }: Seats): string => {
  if (capacity === null) return `不限名额，已报${taken}人`;
  return taken >= capacity ? `名额${capacity}人，已满，可候补` : `名额${capacity}人，还剩${capacity - taken}人`;
};

const phases = {
  open: '报名中',
  closed: '报名截止',
  running: '进行中',
  ended: '已结束',
  postponed: '已延期',
  cancelled: '已取消',
} as const;

const refusals = {
  closed: '报名已经截止，如仍想参加，请直接联系活动召集人',
  running: '活动正在进行，现在不能报名了',
  ended: '活动已经结束',
  postponed: '活动已延期，新的时间确定后再请您报名',
  cancelled: '活动已取消，不用再报名',
} as const;

const questions = { title: '活动叫什么名字', start: '哪天几点开始', place: '在什么地方' } as const;

const faults = {
  start_past: '活动时间已经过去了，请核对日期后再发一次',
  deadline_past: '报名截止时间已经过去了，请改一个再发一次',
  deadline_after_start: '报名截止时间在活动开始之后，请核对后再发一次',
  capacity: '名额要在1到10000之间，请核对后再发一次；不限名额就不用写',
  too_long: '活动名称或地点太长了（各不超过60字），请精简后再发一次',
  no_such_time: '没有这个日期或时间，请核对后再发一次',
} as const;

const example = '/发起活动 重阳关爱 9月26日上午9点 惠民养老院 名额15 截止9月24日18点';

const full = (count: number): string => (count > 1 ? `余下的名额不够${count}人` : '名额已满');
const extraSeats = (count: number): string => (count > 1 ? `（含随行共${count}人）` : '');

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

export const activityTexts = {
  help: {
    create: '/发起活动 名称 时间 地点 名额15 截止9月24日',
    signup: '/报名 A23（带人写“带2人”）',
    cancel: '/取消报名 A23',
    query: '/活动 看近期活动，/活动 A23 看时间、地点、名额和我的报名',
  },

  created: (activity: Named & { capacity: number | null; deadline: string | null }, mention: string): string =>
    [
      `已发起活动${named(activity)}：${whenWhere(activity)}，${activity.capacity === null ? '不限名额' : `名额${activity.capacity}人`}` +
        `${activity.deadline === null ? '' : `，${whenText(activity.deadline)}截止报名`}。`,
      `委员报名请发：@${mention} 报名 ${activity.id}`,
    ].join('\n'),
  createFault: (fault: keyof typeof faults): string => `活动还没有发起：${faults[fault]}。`,
  createHow: `把活动名称、时间、地点写在一行发给我就能发起，例如“${example}”。`,
  createMissing: (missing: readonly (keyof typeof questions)[], understood: readonly string[]): string =>
    `${understood.length ? `已看懂：${understood.join('，')}。` : ''}还差一点就能发起：${missing.map((each) => questions[each]).join('？')}？` +
    `请补全后整行再发一次，例如“${example}”。`,
  toldGroups: (count: number): string => (count > 1 ? `\n消息也会发到绑定的${count}个工作群。` : '\n消息也会发到绑定的工作群。'),
  /** Buttons under an activity: pressing one is the same as typing the line. */
  buttons: {
    signUp: (id: string): Button => ({ label: '报名', says: `/报名 ${id}` }),
    look: (id: string): Button => ({ label: '看详情', says: `/活动 ${id}` }),
    cancel: (id: string): Button => ({ label: '取消报名', says: `/取消报名 ${id}` }),
  },
  onlyOrganisers: '发起活动请找本界别召集人、联络员或委员工作委，把时间、地点、主题告诉他们就行。',

  signedUp: (name: string, activity: Named, count: number): string =>
    `${name}委员，已为您报名${named(activity)}${extraSeats(count)}：${whenWhere(activity)}。临时有事发“取消报名 ${activity.id}”即可。`,
  signedUpTentatively: (name: string, activity: Named, count: number): string =>
    `${name}委员，已为您暂报${named(activity)}${extraSeats(count)}，名额先留着：${whenWhere(activity)}。` +
    `定下来发“报名 ${activity.id}”，去不了发“取消报名 ${activity.id}”。`,
  signedUpOther: (name: string, activity: Named, count: number): string => `已为${name}委员报名${named(activity)}${extraSeats(count)}。`,
  already: (name: string, activity: Named, count: number): string =>
    `${name}委员，您已报名${named(activity)}${extraSeats(count)}：${whenWhere(activity)}。`,
  alreadyOther: (name: string, activity: Named): string => `${name}委员已报名${named(activity)}。`,
  waiting: (name: string, activity: Named, place: number, count: number): string =>
    `${name}委员，${named(activity)}${full(count)}，已为您登记候补，排在第${place}位；有空位会私下告诉您。`,
  waitingOther: (name: string, activity: Named, place: number, count: number): string =>
    `${named(activity)}${full(count)}，已为${name}委员登记候补，排在第${place}位。`,
  refused: (activity: Named, why: keyof typeof refusals): string => `${named(activity)}${refusals[why]}。`,
  neverFits: (activity: Named & { capacity: number | null }, count: number): string =>
    `${named(activity)}一共${activity.capacity ?? 0}个名额，坐不下${count}人，请减少随行人数再报。`,
  tooManyCompanions: (limit: number): string => `一次最多带${limit}人。人数较多时请直接联系活动召集人安排。`,
  tooManyNames: (limit: number): string => `一次最多代报${limit}位委员，请分几次发。`,
  signedUpForYou: (by: string, activity: Named): string =>
    `${by}委员已代您报名${named(activity)}：${whenWhere(activity)}。如不能参加，发“取消报名 ${activity.id}”即可。`,
  waitingForYou: (by: string, activity: Named): string =>
    `${by}委员已代您登记${named(activity)}的候补：${whenWhere(activity)}。有空位会再告诉您；不需要可发“取消报名 ${activity.id}”。`,
  seatFreed: (activity: Named): string =>
    `好消息：${named(activity)}有了空位，您已从候补转为正式报名：${whenWhere(activity)}。如不能参加，发“取消报名 ${activity.id}”，名额会留给下一位。`,

  cancelled: (name: string, activity: Named): string => `${name}委员，已为您取消${named(activity)}的报名。`,
  cancelledOther: (name: string, activity: Named): string => `已为${name}委员取消${named(activity)}的报名。`,
  cancelledForYou: (by: string, activity: Named): string =>
    `${by}已为您取消${named(activity)}的报名。如果弄错了，发“报名 ${activity.id}”可以再报。`,
  notIn: (name: string, activity: Named): string => `${name}委员没有报名${named(activity)}，不用取消。`,
  cancelTooLate: (activity: Named, phase: 'running' | 'ended'): string =>
    phase === 'running'
      ? `${named(activity)}正在进行，不能取消报名了；去不了请直接告诉活动召集人。`
      : `${named(activity)}已经结束，不用取消报名了。`,
  cancelNotYours: (name: string): string => `${name}委员的报名要由本人、代报的人或召集人取消。`,

  noSuchActivity: (id: string): string => `没有找到编号${id}的活动，请核对编号；发“/活动”可以看近期活动。`,
  noneMatches: '没有找到对应的近期活动。发“/活动”看看近期活动，再按编号报名，例如“报名 A23”。',
  whichOne: (activities: readonly Named[]): string =>
    ['是哪一个活动？请带上编号再发一次：', ...activities.map((activity) => `${named(activity)} ${whenWhere(activity)}`)].join('\n'),
  noneComing: '近期还没有可以报名的活动，有新活动会在群里发布。',
  nothingToCancel: '您近期没有报名活动，不用取消。',

  list: (activities: readonly (Named & Seats & { phase: keyof typeof phases })[], more: number): string =>
    [
      '近期活动：',
      ...activities.map(
        (activity) => `${named(activity)} ${whenWhere(activity)}，${activity.phase === 'open' ? seats(activity) : phases[activity.phase]}`,
      ),
      ...(more > 0 ? [`还有${more}个，带关键词或日期可以查，例如“/活动 义诊”。`] : []),
      '报名请发“报名 编号”。',
    ].join('\n'),
  mine: (activities: readonly (Named & { standing: string })[]): string =>
    activities.length
      ? ['您近期报名的活动：', ...activities.map((each) => `${named(each)} ${whenWhere(each)}，${each.standing}`)].join('\n')
      : '您近期还没有报名活动。发“/活动”看看有什么。',
  card: (activity: Named & Seats & { deadline: string | null; phase: keyof typeof phases; waiting: number }, standing: string): string =>
    [
      `${named(activity)}（${phases[activity.phase]}）`,
      `时间：${whenText(activity.start)}`,
      `地点：${activity.place}`,
      `报名：${seats(activity)}${activity.waiting > 0 ? `，候补${activity.waiting}位` : ''}`,
      ...(activity.deadline === null ? [] : [`报名截止：${whenText(activity.deadline)}`]),
      `您的报名：${standing}`,
    ].join('\n'),
  standing: {
    attending: (count: number): string => `已报名${extraSeats(count)}`,
    tentative: (count: number): string => `已暂报${extraSeats(count)}`,
    waitlisted: (place: number): string => `候补第${place}位`,
    none: '还没有报名',
  },
} as const;
