import { z } from 'zod';

/** What `doctor` and a refusal to start tell about a setting. */
interface SettingNote {
  meaning: string;
  /** Where the right value is found. */
  where: string;
  secret?: true;
}

const console_ = (page: string): string => `企业微信管理后台（work.weixin.qq.com）：${page}`;
const bot = '智能机器人 → 机器人 → API 模式 → 接收消息（URL 回调）';
const app = '应用管理 → 自建 → 应用';
const dingtalkConsole = (page: string): string => `钉钉开发者后台（open-dev.dingtalk.com）：${page}`;
const dingtalk = (page: string): string => dingtalkConsole(`应用开发 → 应用 → ${page}`);

/** Every setting, in the order in which `doctor` prints them. The demo needs none of them. */
export const settingNotes = {
  NODE_ENV: { meaning: '正式使用时填 production', where: '自定' },
  HOST: { meaning: '接收请求的地址', where: '自定；在反向代理后面填 127.0.0.1' },
  PORT: { meaning: '接收请求的端口', where: '自定；反向代理把 https://您的域名/wecom/… 转到这里' },
  WORKER_HEALTH_PORT: {
    meaning: 'worker 的健康检查端口（GET /healthz）',
    where: '自定；同一台机器开几个 worker 就各用一个',
  },
  PUBLIC_URL: {
    meaning: '浏览器访问本服务的地址，例如 https://lxq.example.gov.cn；不填就不能登录“我的履职”',
    where: '反向代理的地址；域名要填进企业微信应用的可信域名、钉钉的 登录与分享 → 回调域名',
  },
  LOG_LEVEL: { meaning: '日志级别：debug、info、warn 或 error', where: '自定' },
  MONGODB_URI: { meaning: 'MongoDB（4.4 以上）的地址，带数据库名', where: '问管 MongoDB 的同志' },
  REDIS_URL: { meaning: 'Redis（6.2 以上，noeviction，打开 AOF）的地址', where: '问管 Redis 的同志' },
  REDIS_PREFIX: { meaning: '几家共用 Redis 时键名的前缀；后面会自动加上 BODY_ID', where: '自定' },
  BODY_ID: { meaning: '组织的短代号，例如 yunchuan', where: '自定；定了就不要改' },
  TIME_ZONE: { meaning: '组织所在的时区', where: '一般就是 Asia/Shanghai' },
  CHAT_LIMIT_MESSAGES: { meaning: '一个人在一段时间里最多发几条给助手，再多的请他稍等', where: '自定；一般不用改' },
  CHAT_LIMIT_SECONDS: { meaning: '上面这段时间是几秒', where: '自定；一般不用改' },
  WECOM_API_BASE: { meaning: '企业微信接口的地址', where: 'https://qyapi.weixin.qq.com，或私有部署的地址' },
  WECOM_OPEN_BASE: { meaning: '企业微信内登录的地址', where: 'https://open.weixin.qq.com，或私有部署的地址' },
  WECOM_LOGIN_BASE: {
    meaning: '扫码登录的地址',
    where: 'https://login.work.weixin.qq.com，或私有部署的地址',
  },
  WECOM_CORP_ID: { meaning: '企业ID', where: console_('我的企业 → 企业信息 → 企业ID') },
  WECOM_BOT_ID: { meaning: '机器人的 aibotid', where: console_(bot) },
  WECOM_BOT_MENTIONS: {
    meaning: '大家 @ 机器人用的名字，几个用逗号分开，不带 @',
    where: console_('智能机器人 → 机器人 → 名称'),
  },
  WECOM_BOT_TOKEN: {
    meaning: '机器人回调的 Token；不和 WECOM_BOT_SECRET 一起填',
    where: console_(bot),
    secret: true,
  },
  WECOM_BOT_AES_KEY: {
    meaning: '机器人回调的 EncodingAESKey；不和 WECOM_BOT_SECRET 一起填',
    where: console_(bot),
    secret: true,
  },
  WECOM_BOT_SECRET: {
    meaning: '长连接的 Secret，没有公网地址时用；代替 WECOM_BOT_TOKEN 和 WECOM_BOT_AES_KEY',
    where: console_('智能机器人 → 机器人 → API 模式 → 长连接'),
    secret: true,
  },
  WECOM_BOT_SOCKET_URL: {
    meaning: '长连接的地址',
    where: 'wss://openws.work.weixin.qq.com，或私有部署的地址',
  },
  WECOM_GROUP_WEBHOOKS: {
    meaning: '群里消息推送的 key，用来往群里发和 @ 人：群编号|key，几个用空格分开',
    where: '企业微信客户端：群 → 群设置 → 消息推送 → 添加，地址最后就是 key',
    secret: true,
  },
  WECOM_APP_AGENT_ID: { meaning: '自建应用的 AgentId', where: console_(app) },
  WECOM_APP_SECRET: { meaning: '自建应用的 Secret', where: console_(`${app} → Secret → 查看`), secret: true },
  WECOM_APP_TOKEN: { meaning: '自建应用回调的 Token', where: console_(`${app} → 接收消息 → 设置API接收`), secret: true },
  WECOM_APP_AES_KEY: { meaning: '自建应用回调的 EncodingAESKey', where: console_(`${app} → 接收消息 → 设置API接收`), secret: true },
  WECOM_CONTACTS_TOKEN: {
    meaning: '通讯录同步回调的 Token：谁离职、改账号马上知道',
    where: console_('安全与管理 → 管理工具 → 通讯录同步 → 接收事件服务器'),
    secret: true,
  },
  WECOM_CONTACTS_AES_KEY: {
    meaning: '通讯录同步回调的 EncodingAESKey',
    where: console_('安全与管理 → 管理工具 → 通讯录同步 → 接收事件服务器'),
    secret: true,
  },
  DINGTALK_CLIENT_ID: { meaning: '企业内部应用的 Client ID（AppKey）', where: dingtalk('凭证与基础信息 → Client ID') },
  DINGTALK_CLIENT_SECRET: {
    meaning: '企业内部应用的 Client Secret（AppSecret）',
    where: dingtalk('凭证与基础信息 → Client Secret'),
    secret: true,
  },
  DINGTALK_CORP_ID: { meaning: '本单位的 CorpId', where: dingtalkConsole('首页 → CorpId') },
  DINGTALK_ROBOT_NAME: { meaning: '大家 @ 机器人用的名字，不带 @', where: dingtalk('机器人 → 机器人名称') },
  DINGTALK_ROBOT_CODE: {
    meaning: 'RobotCode；后台没有另写就和 Client ID 一样',
    where: dingtalk('机器人 → RobotCode'),
  },
  DINGTALK_MODE: {
    meaning: '消息怎么来：http（要公网 https 地址）或 stream（不要）',
    where: dingtalk('机器人 → 消息接收模式'),
  },
  DINGTALK_API_BASE: { meaning: '钉钉接口的地址', where: 'https://api.dingtalk.com，或私有部署的地址' },
  DINGTALK_SESSION_BASE: {
    meaning: '迟到的答复发往的地址',
    where: 'https://oapi.dingtalk.com，或私有部署的地址',
  },
  DINGTALK_LOGIN_BASE: { meaning: '跳转登录的地址', where: 'https://login.dingtalk.com，或私有部署的地址' },
  DINGTALK_JSAPI_URL: {
    meaning: '钉钉里的网页用来免登的脚本',
    where: 'https://open.dingtalk.com：JSAPI，dingtalk.open.js 的地址',
  },
  DINGTALK_AGENT_ID: {
    meaning: '应用的 AgentId：机器人不能单聊的委员改收工作通知',
    where: dingtalk('凭证与基础信息 → AgentId'),
  },
  DINGTALK_GROUP_WEBHOOKS: {
    meaning: '群机器人的地址，用来 @ 人：会话编号|https://…/robot/send?access_token=…|SEC…，几个用空格分开',
    where: '钉钉：群设置 → 机器人 → Webhook、加签',
    secret: true,
  },
  DINGTALK_CARD_BUTTONS: {
    meaning: '按钮在哪里显示：private、everywhere 或 none',
    where: '自定；在真实的群里试过按钮再填 everywhere（docs/dingtalk.md）',
  },
  DINGTALK_MONTHLY_CALLS: { meaning: '每月接口调用额度', where: dingtalkConsole('资源管理 → 用量管控') },
  DINGTALK_MONTHLY_PUSHES: { meaning: '每月 Webhook 和 Stream 消息额度', where: dingtalkConsole('资源管理 → 用量管控') },
  DINGTALK_EVENT_TOKEN: { meaning: 'HTTP 事件订阅的签名 token', where: dingtalk('事件订阅 → 签名 token'), secret: true },
  DINGTALK_EVENT_AES_KEY: { meaning: '事件订阅的加密 aes_key', where: dingtalk('事件订阅 → 加密 aes_key'), secret: true },
} as const satisfies Record<string, SettingNote>;

export type SettingName = keyof typeof settingNotes;

/** WeCom is on when all of these are given; a body that has DingTalk alone gives none. */
export const wecomSettings = [
  'WECOM_CORP_ID',
  'WECOM_BOT_ID',
  'WECOM_BOT_MENTIONS',
  'WECOM_APP_AGENT_ID',
  'WECOM_APP_SECRET',
  'WECOM_APP_TOKEN',
  'WECOM_APP_AES_KEY',
] as const satisfies readonly SettingName[];

/** DingTalk is on when all of these are given and off when none is; anything between is a mistake. */
export const dingtalkSettings = [
  'DINGTALK_CLIENT_ID',
  'DINGTALK_CLIENT_SECRET',
  'DINGTALK_CORP_ID',
  'DINGTALK_ROBOT_NAME',
] as const satisfies readonly SettingName[];

/** Both or none. */
export const wecomContactsSettings = ['WECOM_CONTACTS_TOKEN', 'WECOM_CONTACTS_AES_KEY'] as const satisfies readonly SettingName[];

/** Both or none. */
export const dingtalkEventSettings = ['DINGTALK_EVENT_TOKEN', 'DINGTALK_EVENT_AES_KEY'] as const satisfies readonly SettingName[];

const token = z.string().regex(/^[A-Za-z0-9]{1,32}$/, '应为 1 到 32 位字母和数字');
const aesKey = z.string().regex(/^[A-Za-z0-9]{43}$/, '应正好是 43 位字母和数字');
/** 'chatId|key' parted by spaces, as a map by chat; the whole address does for the key. */
const wecomWebhooks = z.string().transform((text, context) => {
  const groups = new Map<string, string>();
  for (const entry of text.split(/\s+/).filter((each) => each !== '')) {
    const [chat = '', given = ''] = entry.split('|');
    const key = URL.canParse(given) ? (new URL(given).searchParams.get('key') ?? '') : given;
    if (chat === '' || !/^[A-Za-z0-9-]{8,128}$/.test(key)) context.addIssue('应写成 群编号|key，几个之间用空格分开');
    groups.set(chat, key);
  }
  return groups;
});
/** 'conversationId|address|secret' parted by spaces, as a map by conversation. */
const groupWebhooks = z.string().transform((text, context) => {
  const entries = text.split(/\s+/).filter((entry) => entry !== '');
  const groups = new Map<string, { url: string; secret?: string }>();
  for (const entry of entries) {
    const [chat = '', url = '', secret = ''] = entry.split('|');
    const right = URL.canParse(url) && new URL(url).pathname === '/robot/send' && new URL(url).searchParams.has('access_token');
    if (chat === '' || !right || !/^(SEC[A-Za-z0-9]+)?$/.test(secret)) context.addIssue('应写成 会话编号|地址|SEC…，几个之间用空格分开');
    groups.set(chat, { url, ...(secret === '' ? {} : { secret }) });
  }
  return groups;
});
const zone = z.string().refine((name) => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}, '应为时区名，例如 Asia/Shanghai');

/** The settings as read from the environment. No secret has a default. */
export const settingsSchema = z.object({
  NODE_ENV: z.enum(['production', 'development', 'test']).default('development'),
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(8080),
  WORKER_HEALTH_PORT: z.coerce.number().int().min(0).max(65_535).default(8090),
  PUBLIC_URL: z.url({ protocol: /^https?$/, error: '应以 https:// 开头' }).optional(),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  MONGODB_URI: z
    .string()
    .regex(/^mongodb(\+srv)?:\/\/[^/]+\/[^?]+/, '应写成 mongodb://主机/数据库名')
    .optional(),
  REDIS_URL: z
    .string()
    .regex(/^rediss?:\/\//, '应以 redis:// 或 rediss:// 开头')
    .optional(),
  REDIS_PREFIX: z
    .string()
    .regex(/^[a-z0-9-]{1,32}$/, '应为小写字母、数字和连字符')
    .default('lxq'),
  BODY_ID: z.string().regex(/^[a-z0-9-]{2,32}$/, '应为小写字母、数字和连字符'),
  TIME_ZONE: zone.default('Asia/Shanghai'),
  CHAT_LIMIT_MESSAGES: z.coerce.number().int().min(1).default(30),
  CHAT_LIMIT_SECONDS: z.coerce.number().int().min(1).max(3_600).default(60),
  WECOM_API_BASE: z.url().default('https://qyapi.weixin.qq.com'),
  WECOM_OPEN_BASE: z.url().default('https://open.weixin.qq.com'),
  WECOM_LOGIN_BASE: z.url().default('https://login.work.weixin.qq.com'),
  WECOM_CORP_ID: z
    .string()
    .regex(/^[A-Za-z0-9_-]{4,64}$/, '应为企业ID，例如 ww 加 16 位字符')
    .optional(),
  WECOM_BOT_ID: z.string().min(1).max(128).optional(),
  WECOM_BOT_MENTIONS: z
    .string()
    .transform((names) =>
      names
        .split(/[,，]/)
        .map((name) => name.trim().replace(/^[@＠]/, ''))
        .filter((name) => name.length > 0),
    )
    .pipe(z.array(z.string().max(32)).min(1))
    .optional(),
  WECOM_BOT_TOKEN: token.optional(),
  WECOM_BOT_AES_KEY: aesKey.optional(),
  WECOM_BOT_SECRET: z.string().min(20, '太短，不会是企业微信的 Secret').max(128).optional(),
  WECOM_BOT_SOCKET_URL: z.url({ protocol: /^wss?$/, error: '应以 wss:// 开头' }).default('wss://openws.work.weixin.qq.com'),
  WECOM_GROUP_WEBHOOKS: wecomWebhooks.optional(),
  WECOM_APP_AGENT_ID: z
    .string()
    .regex(/^\d{1,10}$/, '应为数字，例如 1000002')
    .optional(),
  WECOM_APP_SECRET: z.string().min(20, '太短，不会是企业微信的 Secret').max(128).optional(),
  WECOM_APP_TOKEN: token.optional(),
  WECOM_APP_AES_KEY: aesKey.optional(),
  WECOM_CONTACTS_TOKEN: token.optional(),
  WECOM_CONTACTS_AES_KEY: aesKey.optional(),
  DINGTALK_CLIENT_ID: z
    .string()
    .regex(/^[A-Za-z0-9_-]{4,64}$/, '应为 Client ID，例如 ding 加 16 位字符')
    .optional(),
  DINGTALK_CLIENT_SECRET: z.string().min(20, '太短，不会是钉钉的 Secret').max(128).optional(),
  DINGTALK_CORP_ID: z
    .string()
    .regex(/^[A-Za-z0-9_-]{4,64}$/, '应为 CorpId，例如 ding 加 32 位字符')
    .optional(),
  DINGTALK_ROBOT_NAME: z
    .string()
    .transform((name) => name.trim().replace(/^[@＠]/, ''))
    .pipe(z.string().min(1).max(32))
    .optional(),
  DINGTALK_ROBOT_CODE: z
    .string()
    .regex(/^[A-Za-z0-9_-]{4,64}$/, '应为 RobotCode')
    .optional(),
  DINGTALK_MODE: z.enum(['http', 'stream']).default('http'),
  DINGTALK_API_BASE: z.url().default('https://api.dingtalk.com'),
  DINGTALK_SESSION_BASE: z.url().default('https://oapi.dingtalk.com'),
  DINGTALK_LOGIN_BASE: z.url().default('https://login.dingtalk.com'),
  DINGTALK_JSAPI_URL: z.url().default('https://g.alicdn.com/dingding/dingtalk-jsapi/3.0.25/dingtalk.open.js'),
  DINGTALK_AGENT_ID: z
    .string()
    .regex(/^\d{1,15}$/, '应为数字')
    .optional(),
  DINGTALK_GROUP_WEBHOOKS: groupWebhooks.optional(),
  DINGTALK_CARD_BUTTONS: z.enum(['private', 'everywhere', 'none']).default('private'),
  DINGTALK_MONTHLY_CALLS: z.coerce.number().int().min(1).default(5_000),
  DINGTALK_MONTHLY_PUSHES: z.coerce.number().int().min(1).default(3_000),
  DINGTALK_EVENT_TOKEN: z
    .string()
    .regex(/^[A-Za-z0-9]{3,32}$/, '应为 3 到 32 位字母和数字')
    .optional(),
  DINGTALK_EVENT_AES_KEY: aesKey.optional(),
});

export type Settings = Readonly<z.infer<typeof settingsSchema>>;

type WecomName = (typeof wecomSettings)[number];
type WecomSettings = { readonly [Name in WecomName]: NonNullable<Settings[Name]> };

/** WeCom's own settings, all there (config/load.ts sees to that); null for a body that has DingTalk alone. */
export function wecomIn(settings: Pick<Settings, WecomName>): WecomSettings | null {
  return wecomSettings.every((name) => settings[name] !== undefined) ? (settings as WecomSettings) : null;
}

/** The part of the settings that belongs to one body: its name, its zone, its ways to its members. */
export type BodySettings = Omit<Settings, 'NODE_ENV' | 'HOST' | 'PORT' | 'WORKER_HEALTH_PORT' | 'LOG_LEVEL' | 'MONGODB_URI' | 'REDIS_URL'>;
