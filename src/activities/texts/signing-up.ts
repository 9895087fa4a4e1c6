import { type Named, named, type Seats, whenWhere, why } from './words';

const refusals = {
  closed: '报名已经截止，如仍想参加，请直接联系活动召集人',
  running: '活动正在进行，现在不能报名了',
  ended: '活动已经结束',
  postponed: '活动已延期，新的时间确定后再请您报名',
  cancelled: '活动已取消，不用再报名',
} as const;

const full = (count: number): string => (count > 1 ? `余下的名额不够${count}人` : '名额已满');
export const extraSeats = (count: number): string => (count > 1 ? `（含随行共${count}人）` : '');

/** Seats taken, given back and waited for. */
export const signUpTexts = {
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
  excused: (name: string, activity: Named, organiserHears: boolean): string =>
    `${name}委员，已为您请假，${named(activity)}的报名取消了${organiserHears ? '，会告诉发起活动的人' : ''}。`,
  leaveTaken: (name: string, activity: Named, reason: string | null): string =>
    `${name}委员请假，不参加${named(activity)}了${why(reason)}。`,
  notInForLeave: (name: string, activity: Named): string => `${name}委员没有报名${named(activity)}，不用请假。`,
  nothingToLeave: '您近期没有报名活动，不用请假。这个季度的任务有困难，请发“/延期 原因”。',
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
} as const;
