import type { CodeEntry } from '../code-entry';

const minute = 60_000;
const console_ = 'open-dev.dingtalk.com → 应用开发 → the app';
const secret = {
  reaction: 'alert',
  advice: `DINGTALK_CLIENT_ID or DINGTALK_CLIENT_SECRET is wrong: ${console_} → 凭证与基础信息.`,
} as const;
const token = { reaction: 'refresh_token', advice: 'The access token was refused; it is renewed once and the call repeated.' } as const;
const fast = { reaction: 'slow_down', waitMs: minute, advice: 'Sent too fast; sending goes on when a minute has passed.' } as const;
const calls = { reaction: 'slow_down', waitMs: 5_000, advice: 'Too many calls at once; sending goes on more slowly.' } as const;
const address = { reaction: 'hold', advice: `This server's address is not allowed: ${console_} → 安全设置 → 服务器出口IP.` } as const;
const right = {
  reaction: 'alert',
  advice: `The app lacks the permission 企业内机器人发送消息权限: ${console_} → 权限管理, then publish a version.`,
} as const;
const robot = {
  reaction: 'alert',
  advice: `The robot code does not belong to this app: ${console_} → 机器人; see DINGTALK_ROBOT_CODE.`,
} as const;
const stopped = { reaction: 'alert', advice: `The robot is stopped: ${console_} → 机器人, switch it on and publish a version.` } as const;
const range = { reaction: 'alert', advice: `The member is outside the visible range: ${console_} → 版本管理与发布 → 可见范围.` } as const;
const person = { reaction: 'park', advice: 'Unknown userid: correct the column 钉钉账号 of the roster.' } as const;
const ours = { reaction: 'park', advice: 'The message was refused as malformed: a fault of ours, please report.' } as const;
const refused = { reaction: 'park', advice: 'DingTalk refused the content. The row holds the key; tell the member another way.' } as const;
const session = { reaction: 'park', advice: 'The address of the answer has expired; the answer goes out in private.' } as const;
const busy = { reaction: 'retry', waitMs: minute, advice: 'DingTalk is busy; it is tried again.' } as const;
const quota = {
  reaction: 'alert',
  advice:
    'The monthly quota of the organisation is used up, or nearly: open-dev.dingtalk.com → 资源管理 → 用量管控, compare, buy more and enter it as DINGTALK_MONTHLY_CALLS and DINGTALK_MONTHLY_PUSHES, or wait for the next month.',
} as const;
const group = {
  reaction: 'park',
  advice: 'The group is gone or unknown: bind the group that is used now (/绑定), or correct its id in DINGTALK_GROUP_WEBHOOKS.',
} as const;
const elsewhere = {
  reaction: 'park',
  advice:
    'The robot is not in this group, or the group is of another organisation: group settings → 机器人 → add it (internal groups only).',
} as const;
const muted = {
  reaction: 'park',
  advice: 'The robot is muted in this group: group settings → 群管理 → 全员禁言, or the robot itself.',
} as const;
const webhook = {
  reaction: 'alert',
  advice:
    'The address of the group’s robot is wrong or withdrawn: group settings → 机器人 → the robot → copy it again into DINGTALK_GROUP_WEBHOOKS.',
} as const;
const security = {
  reaction: 'alert',
  advice:
    'The group’s robot refused our signature or address: group settings → 机器人 → the robot → 安全设置. 加签 belongs behind the address in DINGTALK_GROUP_WEBHOOKS; keywords cannot be used.',
} as const;
const notice = {
  reaction: 'park',
  advice: 'The work notification did not arrive: open-dev.dingtalk.com → 应用开发 → the app → 版本管理与发布 → 可见范围, and the userid.',
} as const;
const daily = { reaction: 'park', advice: 'The member has had all the work notifications that one app may send in a day.' } as const;

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
    advice: 'The member has no conversation with the robot yet: let them open it once from the contacts and send a word.',
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
  '1430004': { reaction: 'park', advice: 'The member is protected (高管模式): oa.dingtalk.com → 通讯录 → the member, switch it off.' },
  forbidden_user_id_list: daily,
  invalid_user_id_list: person,
  failed_user_id_list: notice,
  'session.expired': session,
  '300001': session,
  address: { reaction: 'park', advice: 'The address of the answer is not one of DingTalk; the answer goes out in private.' },
};

/** Where the gateway refuses and its code says nothing more. */
export const streamAdvice = `DingTalk refused the Stream connection. Check in ${console_}: a version is published (版本管理与发布), 机器人 → 消息接收模式 is Stream, Client ID and Client Secret are right, 安全设置 → 服务器出口IP.`;

/** The entry of a code; unknown codes are parked, visibly, rather than repeated blindly. */
export function codeEntry(code: string): CodeEntry {
  return table[code] ?? { reaction: 'park', advice: 'Unknown code: look it up in the DingTalk documentation.' };
}

export const quotaAdvice: string = quota.advice;
export const knownCodes: readonly string[] = Object.keys(table);
