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

/** 刚才那个活动地点写错了，是…: its other words are no name. */
export const amends = /[写弄搞填说]错|错了|不对|应该?是|刚才|刚刚|[那这][个场次]/;

/** Says that what was understood is right. */
export const isYes =
  /^\s*(?:确认|确定|发布|发吧|发|是的?|对的?|好的?|可以|就这样|没错|没问题|行|嗯|ok)(?:发布|发|的|吧|了|啊|就行)*[。.!！~～]*\s*$/i;

/** '9月26日（周六）9:00' */
export function whenText(local: string): string {
  const time = DateTime.fromISO(local, { zone: 'utc' });
  const day = `${time.month}月${time.day}日（周${weekdays[time.weekday - 1] ?? ''}）`;
  return local.length > 10 ? day + time.toFormat('H:mm') : day;
}

/** '2026年9月26日（周六）9:00': where what is said is to be checked. */
export const fullWhenText = (local: string): string => `${local.slice(0, 4)}年${whenText(local)}`;

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

/** What keeps a change from being made, beside the faults of an announcement. */
const changeFaults = {
  ...faults,
  cancelled_already: '它已经取消了，不能再改。要重新办，请再发起一次',
  over: '它已经办过了，不能再改',
  no_limit: '它本来就不限名额，要限就说一个总数，例如“名额20”',
} as const;

/** What is odd about an announcement. */
const doubts = {
  weekday: ({ start, saidWeekday }: Draft): string =>
    `${start.slice(5, 7).replace(/^0/, '')}月${start.slice(8, 10).replace(/^0/, '')}日是周${weekdays[weekdayOf(start) - 1] ?? ''}，您写的是周${weekdays[(saidWeekday ?? 1) - 1] ?? ''}，请看一下日期。`,
  next_year: ({ start }: Draft): string => `这一天今年已经过去了，我当成了${start.slice(0, 4)}年。`,
  series: ({ series }: Draft): string => `您说的是${series ?? '定期'}举办，我先只发布第一次，以后每次到时再发一条。`,
  title: (): string => '活动名称是我从整句里猜的。',
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

const weekdayOf = (local: string): number => DateTime.fromISO(local, { zone: 'utc' }).weekday;

const limits = (capacity: number | null, deadline: string | null): string =>
  `${capacity === null ? '不限名额' : `名额${capacity}人`}${deadline === null ? '' : `，${whenText(deadline)}截止报名`}`;

const changedFields = {
  title: '名称',
  start: '时间',
  place: '地点',
  capacity: '名额',
  deadline: '报名截止',
} as const;

interface Changed {
  fields: readonly (keyof typeof changedFields)[];
  kind: string;
  reason: string | null;
}

interface Whole extends Named {
  capacity: number | null;
  deadline: string | null;
  status: string;
}

function nowIs(activity: Whole, field: keyof typeof changedFields): string {
  if (field === 'start') return `时间改为${fullWhenText(activity.start)}`;
  if (field === 'capacity') return activity.capacity === null ? '不再限名额' : `名额改为${activity.capacity}人`;
  if (field === 'deadline') return activity.deadline === null ? '活动开始前都可以报名' : `报名截止改为${whenText(activity.deadline)}`;
  return `${changedFields[field]}改为${activity[field]}`;
}

interface Came {
  members: number | null;
  people: number | null;
  onLeave: readonly string[];
  absent: readonly string[];
}

/** Whom it counts for, said as it is. */
function creditedSaid({ id }: Pick<Named, 'id'>, members: number | null, named: number): string {
  if (named === 0) return `没有写名字，还没计到个人；请补发到会委员的名字，例如“/出席 ${id} 周岚、罗青禾”。`;
  const open = members === null ? 0 : members - named;
  if (open > 0) return `有${open}位没写名字，还没计到个人，补发整份名单就行。`;
  return open < 0 ? '写的人数比名字少，请核对后再发一次整份名单。' : '已记在到会委员名下。';
}

const why = (reason: string | null): string => (reason === null ? '' : `，原因：${reason}`);

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
    change: '/修改活动 A23 名额20，/出席 A23 谁到了，/纪要 A23 说了什么（召集人、联络员用）',
    query: '/活动 看近期活动，/活动 A23 看时间、地点、名额和我的报名',
  },

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
  changed: (activity: Whole, { fields, kind, reason }: Changed, told: number): string => {
    const what =
      kind === 'cancelled'
        ? `已取消活动${named(activity)}${why(reason)}。`
        : activity.status === 'postponed'
          ? `活动${named(activity)}已延期，新的时间还没定${why(reason)}；定了发“/修改活动 ${activity.id} 改到几月几日几点”。`
          : `已修改活动${named(activity)}：${fields.map((field) => nowIs(activity, field)).join('，')}${why(reason)}。`;
    return `${what}${told > 0 ? `已报名的${told}位委员会收到私聊通知。` : ''}`;
  },
  changeNews: (activity: Whole, { fields, kind, reason }: Changed): string => {
    if (kind === 'cancelled')
      return `您报名的活动${named(activity)}取消了，原定${whenText(activity.start)}${why(reason)}。您不用再做什么。`;
    if (activity.status === 'postponed') return `您报名的活动${named(activity)}延期了，新的时间定了再告诉您${why(reason)}。您的报名还在。`;
    const said = fields.filter((field) => field !== 'capacity' && field !== 'deadline').map((field) => changedFields[field]);
    return (
      `您报名的活动${named(activity)}改了${said.join('、')}，现在是：${fullWhenText(activity.start)}，${activity.place}${why(reason)}。` +
      `如不能参加，发“取消报名 ${activity.id}”即可。`
    );
  },
  groupNews: (activity: Whole, { fields, kind, reason }: Changed): string =>
    kind === 'cancelled'
      ? `活动${named(activity)}取消了，原定${whenText(activity.start)}${why(reason)}。`
      : activity.status === 'postponed'
        ? `活动${named(activity)}延期，新的时间另行通知${why(reason)}。`
        : `活动${named(activity)}有变动：${fields.map((field) => nowIs(activity, field)).join('，')}${why(reason)}。`,
  asPlanned: (activity: Whole): string => `好的，没有改动。${named(activity)}：${fullWhenText(activity.start)}，${activity.place}。`,
  changeNothing: (activity: Whole): string =>
    `${named(activity)}要改什么？例如“/修改活动 ${activity.id} 名额20”“/修改活动 ${activity.id} 时间改到9月27日上午9点 地点文化馆”“/修改活动 ${activity.id} 取消 原因…”。`,
  changeSame: (activity: Whole): string =>
    `${named(activity)}已经是这样了，没有改动：${fullWhenText(activity.start)}，${activity.place}，${limits(activity.capacity, activity.deadline)}。`,
  changeFault: (activity: Whole, fault: keyof typeof changeFaults): string => `${named(activity)}没有改：${changeFaults[fault]}。`,
  seatsTaken: (activity: Whole & Seats): string =>
    `${named(activity)}没有改：已经报了${activity.taken}人，名额不能比这还少。可以先请几位取消报名。`,
  changeNotYours: (activity: Named): string => `${named(activity)}要由发起人、本界别召集人、联络员或机关来改，我没有改动。`,
  noneToChange: '没有找到您说的活动，没有改动。请带上编号再发一次，例如“/修改活动 A23 名额20”；发“/活动”可以看编号。',
  whichToChange: '要改哪一个活动？请带上编号再发一次，例如“/修改活动 A23 名额20”。',

  onlyChangers: '活动的时间、地点、名额、出席和纪要由召集人、联络员或机关来登记，我没有改动；有变化请告诉他们。',
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
  party: (name: string, activity: Named, count: number): string =>
    `${name}委员，${named(activity)}的报名改好了：${count > 1 ? `含随行共${count}人` : '只有您一位'}。`,
  noRoom: (name: string, activity: Named & Seats, count: number): string =>
    `${name}委员，${named(activity)}余下的名额不够，随行的没能加上；您的报名不变${extraSeats(count)}。`,
  handedOver: (name: string, activity: Named, to: string, count: number): string =>
    `${name}委员，已改为${to}委员参加${named(activity)}${extraSeats(count)}，您的报名取消了。`,
  handedOverAlreadyIn: (name: string, activity: Named, to: string): string =>
    `${name}委员，您的${named(activity)}报名取消了；${to}委员在名单里。`,
  handOverNoRoom: (activity: Named): string => `${named(activity)}余下的名额不够，没有改动。`,
  handOverTooLate: (activity: Named): string => `${named(activity)}现在不能换人了，请直接告诉活动召集人。`,
  onList: (name: string, activity: Named): string => `${name}委员在${named(activity)}的报名名单里，会私下告诉本人。`,
  othersNotYours: (names: readonly string[]): string => `${names.join('、')}委员不在您的界别，请本人报名，或请其界别召集人、联络员代报。`,
  tooManyOthers: (limit: number): string => `一个活动最多代报${limit}位委员，其余请本人报名，或请召集人、联络员代报。`,
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
    `${by}已代您报名${named(activity)}：${whenWhere(activity)}。不去的话，回复“不去了”就行。`,
  waitingForYou: (by: string, activity: Named): string =>
    `${by}已代您登记${named(activity)}的候补：${whenWhere(activity)}。有空位会再告诉您；不需要可发“取消报名 ${activity.id}”。`,
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
  /** Says the same whether there is anything to cancel or not. */
  cancelNotYours: (name: string): string => `${name}委员的报名要由本人、代报的人或召集人来管，这里不能查也不能改。`,

  attendanceHow: (activity: Named): string =>
    `${named(activity)}谁到了？例如“/出席 ${activity.id} 周岚、罗青禾，马亦言请假”，人都到齐了写“全到”。`,
  attendanceKept: (activity: Named, { members, people, onLeave, absent }: Came, names: readonly string[]): string => {
    const count = members === null ? names.length : members;
    const said = [
      count > 0 || people === null ? `到会委员${count}人${names.length > 0 ? `（${names.join('、')}）` : ''}` : null,
      onLeave.length > 0 ? `请假${onLeave.length}人` : null,
      absent.length > 0 ? `缺席${absent.length}人` : null,
      people === null ? null : `群众${people}人`,
    ].filter((each) => each !== null);
    return `已登记${named(activity)}：${said.join('，')}。${creditedSaid(activity, members, names.length)}`;
  },
  notYetHeld: (activity: Named): string =>
    `${named(activity)}还没到日子（${whenText(activity.start)}），办过以后再告诉我就行，这条没有记下。`,
  notHeld: (activity: Named): string => `${named(activity)}已经取消了，这条没有记下。`,
  minutesKept: (activity: Named, cut: boolean): string =>
    `纪要已存到${named(activity)}名下，不算联系记录。${cut ? '太长了，只存了前4000字。' : ''}`,

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
