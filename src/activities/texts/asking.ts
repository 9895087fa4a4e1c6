import { extraSeats } from './signing-up';
import { type Named, named, type Seats, whenText, whenWhere } from './words';

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

/** Which activity is meant, and what is told of it. */
export const askingTexts = {
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
  signUpCount: (
    activity: Named & { capacity: number | null },
    { members, taken, waiting }: { members: number; taken: number; waiting: number },
  ): string =>
    `${named(activity)}已报名委员${members}位${taken > members ? `，含随行共${taken}人` : ''}` +
    `${activity.capacity === null ? '' : `（名额${activity.capacity}人）`}${waiting > 0 ? `，候补${waiting}位` : ''}。`,
  signUpNames: (all: readonly { name: string; status: string; seats: number }[]): string => {
    const listed = (status: (each: string) => boolean): string =>
      all
        .filter((each) => status(each.status))
        .map(
          ({ name, status: is, seats: count }) =>
            `${name}${count > 1 ? `（带${count - 1}人）` : ''}${is === 'tentative' ? '（暂定）' : ''}`,
        )
        .join('、');
    const [inIt, waiting] = [listed((status) => status !== 'waitlisted'), listed((status) => status === 'waitlisted')];
    return [...(inIt ? [`报名：${inIt}`] : []), ...(waiting ? [`候补：${waiting}`] : [])].join('\n');
  },
  namesNotYours: '名单由召集人、联络员和机关来看。',
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
