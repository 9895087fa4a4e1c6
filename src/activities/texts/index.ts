import { afterwardsTexts } from './afterwards';
import { askingTexts } from './asking';
import { changingTexts } from './changing';
import { openingTexts } from './opening';
import { signUpTexts } from './signing-up';

export { activityKindWords, amends, isYes } from './opening';
export { whenText } from './words';

/** Every sentence about activities. */
export const activityTexts = {
  purposes: { seatFreed: '候补转正通知', notice: '活动通知', changed: '活动变动通知' },
  help: {
    create: '/发起活动 名称 时间 地点 名额15 截止9月24日',
    signup: '/报名 A23（带人写“带2人”）',
    cancel: '/取消报名 A23',
    change: '/修改活动 A23 名额20，/出席 A23 谁到了，/纪要 A23 说了什么（召集人、联络员用）',
    query: '/活动 看近期活动，/活动 A23 看时间、地点、名额和我的报名',
  },
  ...openingTexts,
  ...changingTexts,
  ...signUpTexts,
  ...afterwardsTexts,
  ...askingTexts,
} as const;
