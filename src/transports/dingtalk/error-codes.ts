import type { CodeEntry } from '../code-entry';

const minute = 60_000;
const console_ = 'open-dev.dingtalk.com → 应用开发 → 应用';
const secret = {
  reaction: 'alert',
  advice: `DINGTALK_CLIENT_ID 或 DINGTALK_CLIENT_SECRET 不对：${console_} → 凭证与基础信息。`,
} as const;
const token = { reaction: 'refresh_token', advice: '凭证被拒绝，会重新取一次再调用。' } as const;
const fast = { reaction: 'slow_down', waitMs: minute, advice: '发得太快，过一分钟接着发。' } as const;
const calls = { reaction: 'slow_down', waitMs: 5_000, advice: '一下子调用太多，放慢了接着发。' } as const;
const address = { reaction: 'hold', advice: `这台服务器的地址不在名单里：${console_} → 安全设置 → 服务器出口IP。` } as const;
const right = {
  reaction: 'alert',
  advice: `应用缺“企业内机器人发送消息权限”：${console_} → 权限管理，然后发布版本。`,
} as const;
const robot = {
  reaction: 'alert',
  advice: `RobotCode 不是这个应用的：${console_} → 机器人；见 DINGTALK_ROBOT_CODE。`,
} as const;
const stopped = { reaction: 'alert', advice: `机器人被停用：${console_} → 机器人，打开后发布版本。` } as const;
const range = { reaction: 'alert', advice: `这位委员不在可见范围里：${console_} → 版本管理与发布 → 可见范围。` } as const;
const person = { reaction: 'park', advice: '没有这个 userid：请改名册里的“钉钉账号”一列。' } as const;
const ours = { reaction: 'park', advice: '消息格式被拒绝：是程序的错，请告诉开发人员。' } as const;
const refused = { reaction: 'park', advice: '钉钉拒绝了内容，编号记在那一行；请用别的办法告诉这位委员。' } as const;
const session = { reaction: 'park', advice: '答复的地址过期了，改发私聊。' } as const;
const busy = { reaction: 'retry', waitMs: minute, advice: '钉钉正忙，会自动再试。' } as const;
const quota = {
  reaction: 'alert',
  advice:
    '本单位这个月的额度用完了，或快用完了：请对照 open-dev.dingtalk.com → 资源管理 → 用量管控，加购后填进 DINGTALK_MONTHLY_CALLS 和 DINGTALK_MONTHLY_PUSHES，或等下个月。',
} as const;
const group = {
  reaction: 'park',
  advice: '群解散了或不认识：请绑定现在用的群（/绑定），或改 DINGTALK_GROUP_WEBHOOKS 里的编号。',
} as const;
const elsewhere = {
  reaction: 'park',
  advice: '机器人不在这个群里，或是别的单位的群：群设置 → 机器人 → 添加（只限内部群）。',
} as const;
const muted = {
  reaction: 'park',
  advice: '机器人在这个群里被禁言：群设置 → 群管理 → 全员禁言，或单独禁了机器人。',
} as const;
const webhook = {
  reaction: 'alert',
  advice: '群机器人的地址不对或失效了：群设置 → 机器人，重新复制到 DINGTALK_GROUP_WEBHOOKS。',
} as const;
const security = {
  reaction: 'alert',
  advice: '群机器人不认我们的签名或地址：群设置 → 机器人 → 安全设置。“加签”的密钥写在 DINGTALK_GROUP_WEBHOOKS 里地址的后面；不能用关键词。',
} as const;
const notice = {
  reaction: 'park',
  advice: '工作通知没有送到：请核对 userid，以及 open-dev.dingtalk.com → 应用开发 → 应用 → 版本管理与发布 → 可见范围。',
} as const;
const daily = { reaction: 'park', advice: '这位委员今天收到的工作通知已到一个应用的上限。' } as const;

/** What a DingTalk code makes us do, and what the operator should look at. Both API families. */
const table: Record<string, CodeEntry> = {
  invalidClientIdOrSecret: secret,
  '40001': secret,
  '40089': secret,
  InvalidAuthentication: token,
  'invalidParameter.token.invalid': token,
  'token.notExisted': token,
  '40014': token,
  '42001': token,
  'http 401': token,
  'send.too.fast': fast,
  'send.byToken.tooFast': fast,
  'too.many.group': fast,
  'too.many.people': fast,
  flowControlledStaffIdList: fast,
  '410100': fast,
  '130101': fast,
  'http 429': fast,
  'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi': calls,
  'Forbidden.AccessDenied.QpsLimitForApi': calls,
  '90018': calls,
  '90002': calls,
  '-1': busy,
  '143103': fast,
  '143104': fast,
  '143203': fast,
  '143204': fast,
  '1430003': fast,
  'system.error': busy,
  'resource.unavailable': busy,
  'Forbidden.AccessDenied.ApiCountLimitForOrg': quota,
  '90020': quota,
  '20001': quota,
  'Forbidden.AccessDenied.IpNotInWhiteList': address,
  'ip.not.match': address,
  '60020': address,
  'Forbidden.AccessDenied.AccessTokenPermissionDenied': right,
  '60011': right,
  unauthorized: right,
  'auth.error': right,
  'chatbotId.notAllow.sendOTO': right,
  'invalidParameter.robotCode.empty': robot,
  'invalidParameter.robotCode.auth': robot,
  'invalidParameter.robotCode.invalid': robot,
  // Spelt so by the platform.
  'invalidParameter.robotCode.notExsit': robot,
  'invalidParameter.robotCode.coolApp': robot,
  'bot.stopped': stopped,
  '400102': stopped,
  'robot.oto.notExist': {
    reaction: 'park',
    advice: '这位委员还没有和机器人聊过：请他在通讯录里点开机器人，发一个字。',
  },
  invalidStaffIdList: person,
  'staffId.notExisted': person,
  'encrypted id': person,
  '33012': person,
  '60121': person,
  '50002': range,
  'invalidParameter.userIds.empty': ours,
  'invalidParameter.userIds.overMax': ours,
  'invalidParameter.msgKey.empty': ours,
  'invalidParameter.msgKey.invalid': ours,
  'invalidParameter.msgParam.invalid': ours,
  'invalidParameter.msgParam.tooLong': ours,
  'empty text': ours,
  '40035': ours,
  '43004': ours,
  '400105': ours,
  '460101': ours,
  'contain.unsafe.url': refused,
  'contain.notAllowed.text': refused,
  'contain.notAllowed.content': refused,
  '430101': refused,
  '430102': refused,
  '430104': refused,
  'contain.notAllowed.picture': refused,
  '430103': refused,
  '1430002': refused,
  'invalid.openConversationId': group,
  'miss.openConversationId': group,
  'group.disbanded': group,
  '400013': group,
  'conversation.org.notMatch': elsewhere,
  'resource.not.found': elsewhere,
  '400106': elsewhere,
  'bot.forbidden.sendMessage': muted,
  'only.groupAdmin.canAtAll': muted,
  'template.stopped': ours,
  'template.not.existed': ours,
  '1430000': ours,
  '1430001': ours,
  '400101': webhook,
  '300005': webhook,
  '310000': security,
  '143105': daily,
  '143205': daily,
  '1430004': { reaction: 'park', advice: '这位委员开了高管模式：oa.dingtalk.com → 通讯录 → 成员，关掉。' },
  forbidden_user_id_list: daily,
  invalid_user_id_list: person,
  failed_user_id_list: notice,
  'session.expired': session,
  '300001': session,
  address: { reaction: 'park', advice: '答复的地址不是钉钉的，改发私聊。' },
};

/** Where the gateway refuses and its code says nothing more. */
export const streamAdvice = `钉钉拒绝了 Stream 连接。请在 ${console_} 核对：已经发布版本（版本管理与发布），机器人 → 消息接收模式 是 Stream，Client ID 和 Client Secret 没有填错，安全设置 → 服务器出口IP。`;

/** The entry of a code; unknown codes are parked, visibly, rather than repeated blindly. */
export function codeEntry(code: string): CodeEntry {
  return table[code] ?? { reaction: 'park', advice: '没见过的代码：请查钉钉的文档。' };
}

export const quotaAdvice: string = quota.advice;
export const knownCodes: readonly string[] = Object.keys(table);
