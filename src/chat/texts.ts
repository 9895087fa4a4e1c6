import { DateTime } from 'luxon';

/** Ends what the bot has asked, whatever it was; said to nothing else. */
export const dropWords = /^\/?\s*(?:取消|算了|不用了?|不补了?|先不[补填说]了?|不填了?)[吧了啦啊。.!！~～]*$/u;

/** Sentences that belong to no single feature. */
export const commonTexts = {
  received: '已收到，正在办理，稍后把结果告诉您。',
  storeUnavailable: '系统暂时忙不过来，刚才这条还没能确认存上。请过几分钟再发一次；如果其实存上了，我会提醒您重复，不会多算。',
  identityUnavailable: '暂时核对不了您的身份，这条没有记下，请过几分钟再发一次。',
  identityMissing: '暂时认不出您的账号，这条没有记下。请联系管理员：在钉钉开放平台发布应用，并把您放进应用的可见范围。',
  wordsOnly: '我只看得懂文字，这条没有记下。请打字再发一次，例如：“/记录 走访 昨天 红柳社区 12人 物业收费”。',
  quotaSpent: '本单位这个月的钉钉消息额度用完了，刚才这条没有收到。请告诉管理员；急事请直接联系界别联络员。',
  unexpected: '这条消息处理时出了差错，没有记下。我们已经知道了；急事请直接联系界别联络员。',
  notAllowed: '这件事需要召集人、联络员或机关工作人员来办，您可以请他们帮忙。',
  unknownSender: '您好！我还不认识您，所以这条没有记下。请联系委员工作委把您加入名册，之后直接发给我就行。',
  sentPrivately: '已单独发给您，请看与助手的私聊。',
  sendingPrivately: '结果只发给您本人，正在发送；过一会儿还没收到，请到与助手的私聊里再问一次。',
  secret: '这条像是涉密或内部内容，没有保存。请按保密规定走专门渠道。',
  tooFast: (waitMs: number): string =>
    `发得有点快，这条没有记下，请稍等${waitMs <= 60_000 ? '一' : Math.ceil(waitMs / 60_000)}分钟再发。（在那之前再发的，也都不会记下。）`,
  notYet: '这项功能还在准备中，这条没有记下。需要时请先联系界别联络员。',
  whichTitle: '您是要',
  whichMeant: ([one, other]: readonly [string, string]): string =>
    `这句我拿不准，先没有动：是“${one}”，还是“${other}”？请在原话前面加上“/${one}”或“/${other}”再发一次。`,
  notUnderstood: '没太听懂，这条没有记下。可以这样说：“/记录 走访 昨天 红柳社区 12人 物业收费”，或发“/帮助”看看我会做什么。',
  /** Ends what is too long for the messages one answer may take. */
  cutShort: '后面还有，一次发不下。想看后面的，请把范围说小一点再问一次，例如加上日期或月份。',
  /** By why a line means nothing: what deserves a sentence of its own. */
  unheard: {
    chatter: '不客气。需要记录、报名、查进度时随时叫我，发“/帮助”可以看用法。',
    template: '表里还空着，所以没有记下。填好再发就行，例如：“/记录 走访 昨天 红柳社区 12人 物业收费”。',
    plan: '等联系过了再告诉我就行，还没做的事先不记。',
    called_off: '好的，什么都没有动。',
    which_record: '要撤的是哪一条？请带上编号再发一次，例如“/撤回 R1024”。',
    whose_record: '替哪位委员记？请把姓名写在最前面，例如“/代记 周岚 走访 昨天 红柳社区 12人”。',
    not_mine: '这像是别人做的，没有记下。替他记，请发“/代记 姓名 …”；您也一起去了，请说“我和某某委员 …”。',
    notice: '这像是给大家的号召，没有当作联系记录。',
    unchanged: '好的，活动安排不变，我这里什么都没有改。',
  } as Readonly<Record<string, string>>,
  welcome:
    '您好，我是政协小助手。联系了群众，发一句话我就记好：“/记录 走访 昨天 红柳社区 12人 物业收费”。发“/进度”看本季度还差多少，发“/帮助”看全部用法。',
  /** For operators. */
  bodyNotServed: (id: string): string => `本程序没有为单位“${id}”服务，请核对 BODY_ID。`,
  nothing: '',
  /** Below a notification whose words were perhaps said before on the same day. */
  sentAt: (at: Date, zone: string): string => `（${DateTime.fromJSDate(at, { zone }).toFormat('M月d日HH:mm')}）`,
  help: (lines: readonly string[]): string =>
    ['我能帮您做这些（直接发就行，群里请先@我）：', ...lines.map((line) => `· ${line}`)].join('\n'),
  helpTitle: '我能帮您做的',
  more: { label: '更多', says: '/更多' },
  helpShort: (lines: readonly string[]): string =>
    ['最常用的（直接发就行，群里请先@我）：', ...lines.map((line) => `· ${line}`), '发“/更多”看其余的。'].join('\n'),
} as const;

/** What people say to be polite, and when nothing waits for their yes. */
export const smallTalkTexts = {
  picture: '不客气，有事随时叫我。',
  answers: [
    [
      /^(?:你|您|大家)好|^(?:早上?|上午|中午|下午|晚上)好|^早$|^在吗|^在不在|^hello$|^hi$/iu,
      '您好！联系了群众，发一句我就记好，例如“/记录 走访 昨天 红柳社区 12人 物业收费”。发“/帮助”看我会做什么。',
    ],
    [/^(?:谢谢|感谢|多谢|谢了|辛苦|麻烦(?:你|您)?了)/u, '不客气。需要记录、报名、查进度时随时叫我，发“/帮助”可以看用法。'],
    [/^(?:收到|好的?|嗯+|行|可以|知道了|明白|了解|ok|okay)(?:了|啦|的|吧|呢)?$/iu, '好的。'],
    [
      /^(?:确认|都?对|都?对的|没错|是的?|没问题|正确|属实)(?:了|啦|的|吧|呢)?$/u,
      '现在没有等您确认的事，什么都没有改。最近记下的，发“/我的记录”可以看。',
    ],
  ] as readonly (readonly [RegExp, string])[],
} as const;

const purposes: Readonly<Record<string, string>> = {
  private_reply: '对提问的单独答复',
  late_reply: '稍后补发的答复',
  group_notice: '发到工作群的通知',
};

/** What messages that belong to no single feature are called. */
export const commonPurpose = (purpose: string): string => purposes[purpose] ?? '消息';
