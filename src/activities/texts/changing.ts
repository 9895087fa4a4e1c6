import { faults } from './opening';
import { fullWhenText, limits, type Named, named, type Seats, whenText, why } from './words';

/** What keeps a change from being made, beside the faults of an announcement. */
const changeFaults = {
  ...faults,
  cancelled_already: '它已经取消了，不能再改。要重新办，请再发起一次',
  over: '它已经办过了，不能再改',
  no_limit: '它本来就不限名额，要限就说一个总数，例如“名额20”',
} as const;

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

/** What becomes of an activity once it is announced. */
export const changingTexts = {
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
} as const;
