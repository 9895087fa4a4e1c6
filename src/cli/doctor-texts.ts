import type { Platform } from '../organisation/member';

const names: Record<Platform, string> = { wecom: '企业微信', dingtalk: '钉钉' };
const rangePages: Record<Platform, string> = {
  wecom: '企业微信管理后台 → 应用管理 → 自建 → 应用 → 可见范围',
  dingtalk: 'open-dev.dingtalk.com → 应用开发 → 应用 → 版本管理与发布 → 可见范围，以及 权限管理 → 通讯录权限范围',
};
const kinds = { calls: '接口调用', pushes: 'Webhook 和 Stream 消息' } as const;

/** What `doctor` says. Codes, names of settings and commands stay as they are. */
export const doctorTexts = {
  settings: '现在用的设置（密码不显示）',
  checks: '检查结果',
  verdicts: { ok: '正常', note: '提示', wrong: '不对' },
  result: (faults: number): string => (faults === 0 ? '全部正常' : `有 ${faults} 项要处理`),
  connection: (to: string): string => `与 ${to} 的连接`,
  noRoster: '还没有导入名册：npm run build && node dist/src/main.js import-roster …',
  indexes: (made: number): string => (made > 0 ? `缺 ${made} 个索引，现在已经建好` : '索引都在'),

  skew: (name: string, ms: number): string => `${name}：与本机时钟相差 ${ms} 毫秒`,
  skewed: '请校准时钟（NTP），发送和额度都靠它',
  version: (version: string): string => `MongoDB 版本 ${version}`,
  confirmed: 'MongoDB：多数派确认、落日志的写入能得到确认',
  unconfirmed: 'MongoDB 不确认多数派写入，请使用副本集',
  eviction: (policy: string): string =>
    policy === 'noeviction'
      ? 'Redis：maxmemory-policy 是 noeviction'
      : `Redis：maxmemory-policy 是 ${policy}，请改成 noeviction，否则后台任务会丢`,
  appendOnly: (on: boolean): string => (on ? 'Redis：AOF 已打开' : 'Redis：AOF 没有打开，崩溃之后提醒可能晚一点，不会丢'),
  holidaysKnown: (year: number): string => `${year} 年的节假日安排已有`,
  holidaysMissing: (year: number, published: boolean): string =>
    `没有 ${year} 年的节假日安排：${published ? '' : '公布之后，'}请把国务院的通知写进 config/holidays/${year}.yaml`,
  keyRight: (name: string): string => `${name}：43 个字符，32 字节`,
  keyWrong: (name: string, bytes: number): string => `${name}：解出来是 ${bytes} 字节，应为 32 字节，请重新复制`,
  wecomOff: '没有用企业微信：它的设置一项都没有填',
  dingtalkOff: '没有用钉钉：它的设置一项都没有填',
  wecomCallback: (path: string, right: boolean): string =>
    right ? `回调 ${path} 通过了 URL 验证；在企业微信管理后台填 https://您的域名${path}` : `回调 ${path} 没有通过 URL 验证`,
  robotCallback: (path: string, right: boolean): string =>
    right ? `回调 ${path} 只认钉钉的签名；在钉钉开发者后台把 https://您的域名${path} 填成“消息接收地址”` : `回调 ${path} 的应答不对`,
  eventsCallback: (path: string, right: boolean): string =>
    right ? `回调 ${path} 通过了后台的测试；把 https://您的域名${path} 填到 事件订阅 → HTTP 推送` : `回调 ${path} 没有通过后台的测试`,
  byStream:
    '钉钉消息走 Stream：在钉钉开发者后台把“消息接收模式”设成 Stream；本机要能连上 api.dingtalk.com 和 wss-open-connection.dingtalk.com 的 443 端口',
  secretUsual: 'DINGTALK_CLIENT_SECRET：64 个字符',
  secretUnusual: (length: number): string => `DINGTALK_CLIENT_SECRET：${length} 个字符，一般是 64 个；消息被拒绝的话，请重新复制`,
  used: ({
    month,
    kind,
    used,
    limit,
    share,
  }: {
    month: string;
    kind: keyof typeof kinds;
    used: number;
    limit: number;
    share: number;
  }): string => `钉钉 ${month} 的${kinds[kind]}：我们自己数到 ${used} 次，额度 ${limit} 次（${share}%）；请对照 资源管理 → 用量管控`,
  usedUp: '请加购，并填进 DINGTALK_MONTHLY_CALLS 和 DINGTALK_MONTHLY_PUSHES',
  usedMuch: '没有人等着的消息会合在一起发',
  allArrived: '最近 30 天的消息都送到了',
  mayBeLost: (count: number, codes: readonly string[]): string =>
    `最近 30 天有 ${count} 条消息不能确定送到（${codes.join('、')}），见网页 /undelivered`,

  token: (agentId: string): string => `企业微信：凭证有效，Secret 和 AgentId ${agentId} 属于同一个应用`,
  appOff: '企业微信：应用被停用：应用管理 → 自建 → 应用 → 启用',
  trusted: (host: string): string => `企业微信：${host} 是应用的可信域名`,
  untrusted: (domain: string, host: string): string =>
    `企业微信：可信域名是“${domain}”，PUBLIC_URL 里是 ${host}：应用管理 → 应用 → 网页授权及JS-SDK → 可信域名`,
  socketUntried: (botId: string, url: string): string =>
    `企业微信：机器人 ${botId} 用长连接连 ${url}；这里不试，因为第二个连接会把正在用的挤掉。后台要选 智能机器人 → 机器人 → API 模式 → 长连接`,
  callbackUntried: '企业微信：外面能不能连到回调地址，从这里看不出来：在后台那两页点“保存”，企业微信当场会试',
  botIdUntried: '企业微信：WECOM_BOT_ID 对不对问不到；别的机器人发来的消息会被拒绝，日志里记 FORGED',
  robotWrites: '钉钉：机器人可以给人发消息（用一条不发给任何人的消息问过）',
  robotUnasked: (code: string): string => `钉钉：机器人能不能给人发消息没有问到（${code}）`,
  modeUntried: '钉钉：“消息接收模式”是 Stream 还是 HTTP 问不到，也不多开一个连接去试：应用开发 → 应用 → 机器人',
  range: (platform: Platform, people: number, departments: number): string =>
    `${names[platform]}：可见范围里有 ${departments} 个部门、${people} 人`,
  emptyRange: (platform: Platform): string => `谁也用不了这个应用，请放宽：${rangePages[platform]}`,
  noAccounts: (platform: Platform): string => `${names[platform]}：名册里一个账号也没有`,
  accountsReached: (platform: Platform, listed: number): string => `${names[platform]}：名册里的 ${listed} 个账号都够得着`,
  accountsMissed: (platform: Platform, faults: number, listed: number, parts: readonly string[]): string =>
    `${names[platform]}：名册里 ${listed} 个账号有 ${faults} 个够不着：${parts.join('；')}`,
  missed: (platform: Platform, kind: 'unknown' | 'outside' | 'unasked', shown: string): string =>
    ({
      unknown: `${names[platform]}没有这个账号，请改名册，${shown}`,
      outside: `不在可见范围里，请在 ${rangePages[platform]} 放宽，${shown}`,
      unasked: `不在可见范围里，人太多没有一一去问，${shown}`,
    })[kind],
  shown: (count: number, some: readonly string[]): string => `${count} 个：${some.join('、')}${count > some.length ? ' ……' : ''}`,
  platform: names,
  noAnswer: '没有应答，请检查网络、代理和接口地址',
  noBook: '应用没有读通讯录的权限：open-dev.dingtalk.com → 应用开发 → 应用 → 权限管理 → 通讯录管理，然后发布版本',
  seenAddress: (address: string): string => `平台看到的地址是 ${address}`,
  lacks: (permissions: readonly string[]): string => `还要权限 ${permissions.join('、')}`,
} as const;
