import { DateTime } from 'luxon';

/** Every sentence of the console's pages. */
export const consoleTexts = {
  lang: 'zh-CN',
  product: '连心桥',
  signIn: {
    title: '登录',
    hint: '请用您在工作群里的账号登录，不用记密码。',
    wecom: '用企业微信登录',
    dingtalk: '用钉钉登录',
    again: '重新登录',
    waiting: '正在登录，请稍候……',
    byHand: '没有反应？点这里登录',
  },
  trouble: {
    expired: { title: '登录没有完成', text: '这次登录已经过期，或者不是从这台设备开始的。请再登录一次。' },
    cancelled: { title: '还没有登录', text: '您刚才没有同意登录。需要时再点一次就行。' },
    unknown: { title: '名册里还没有您', text: '我还不认识您的账号，所以看不到履职情况。请联系委员工作委把您加入名册，之后再来。' },
    unavailable: { title: '暂时登录不了', text: '平台这会儿没有应答，不是您操作的问题。请过几分钟再试。' },
    tooMany: { title: '登录试得太多了', text: '从您这里登录没有成功的次数太多，请过十分钟再试。' },
    tooFast: { title: '请慢一点', text: '这一分钟里打开页面的次数太多了，请过一分钟再刷新。' },
    off: { title: '这里没有这个登录方式', text: '请回到登录页，换一种方式登录。' },
  },
  me: {
    title: '我的履职',
    asOf: (now: Date, zone: string): string => `截至${DateTime.fromJSDate(now, { zone }).toFormat('M月d日 H:mm')}`,
    member: (name: string, sector: string | null): string => (sector ? `${name}委员 · ${sector}` : `${name}同志`),
    signOut: '退出登录',
    onlyYou: '这一页只有您自己能看到。',
  },
  navigation: '可以看的页面',
  denied: { title: '这一页您看不了', text: '这一页不对您开放。需要时请找机关工作人员帮忙。', back: '回到我的履职' },
  notDone: { back: '返回上一页' },
  file: {
    none: '还没有选文件，或者没有传完整。请选好文件再上传一次。',
    too_big: '文件超过 5 MB，没有收下。请只留要用的那一张表再传。',
  },
} as const;
