import { z } from 'zod';

/** What `doctor` and a refusal to start tell about a setting. */
interface SettingNote {
  meaning: string;
  /** Where the right value is found. */
  where: string;
  secret?: true;
}

const console_ = (page: string): string => `WeCom admin console (work.weixin.qq.com): ${page}`;
const bot = '智能机器人 → the bot → API 模式 → 接收消息 (URL 回调)';
const app = '应用管理 → 自建 → the app';
const dingtalkConsole = (page: string): string => `DingTalk developer console (open-dev.dingtalk.com): ${page}`;
const dingtalk = (page: string): string => dingtalkConsole(`应用开发 → the app → ${page}`);

/** Every setting, in the order in which `doctor` prints them. The demo needs none of them. */
export const settingNotes = {
  NODE_ENV: { meaning: 'production for a real deployment', where: 'your choice' },
  HOST: { meaning: 'address to listen on', where: 'your choice; 127.0.0.1 behind a reverse proxy' },
  PORT: { meaning: 'port of the callbacks', where: 'your choice; the proxy sends https://your-host/wecom/… here' },
  WORKER_HEALTH_PORT: {
    meaning: 'worker 的健康检查端口（GET /healthz）',
    where: '自定；同一台机器开几个 worker 就各用一个',
  },
  PUBLIC_URL: {
    meaning: 'address at which browsers reach this server, e.g. https://lxq.example.gov.cn; without it nobody can sign in to 我的履职',
    where: 'your reverse proxy; its host is the app’s 可信域名 in WeCom and stands in 登录与分享 → 回调域名 in DingTalk',
  },
  LOG_LEVEL: { meaning: 'debug, info, warn or error', where: 'your choice' },
  MONGODB_URI: { meaning: 'MongoDB 4.4 or newer, with the database in its path', where: 'whoever runs your MongoDB' },
  REDIS_URL: { meaning: 'Redis 6.2 or newer, noeviction, AOF on', where: 'whoever runs your Redis' },
  REDIS_PREFIX: { meaning: 'prefix of every key, when a Redis is shared; BODY_ID follows it by itself', where: 'your choice' },
  BODY_ID: { meaning: 'short id of the CPPCC body, e.g. yunchuan', where: 'your choice; never change it afterwards' },
  TIME_ZONE: { meaning: 'IANA zone of the organisation', where: 'Asia/Shanghai unless you know better' },
  WECOM_API_BASE: { meaning: 'base address of the WeCom API', where: 'https://qyapi.weixin.qq.com, or your private deployment' },
  WECOM_OPEN_BASE: { meaning: 'host of the sign-in inside WeCom', where: 'https://open.weixin.qq.com, or your private deployment' },
  WECOM_LOGIN_BASE: {
    meaning: 'host of the sign-in by scanning a code',
    where: 'https://login.work.weixin.qq.com, or your private deployment',
  },
  WECOM_CORP_ID: { meaning: '企业ID', where: console_('我的企业 → 企业信息 → 企业ID') },
  WECOM_BOT_ID: { meaning: 'aibotid of the bot', where: console_(bot) },
  WECOM_BOT_MENTIONS: {
    meaning: 'display names people @-mention, comma separated, without @',
    where: console_('智能机器人 → the bot → name'),
  },
  WECOM_BOT_TOKEN: {
    meaning: 'Token of the bot callback, letters and digits, at most 32; not together with WECOM_BOT_SECRET',
    where: console_(bot),
    secret: true,
  },
  WECOM_BOT_AES_KEY: {
    meaning: 'EncodingAESKey of the bot callback, 43 letters and digits; not together with WECOM_BOT_SECRET',
    where: console_(bot),
    secret: true,
  },
  WECOM_BOT_SECRET: {
    meaning: 'Secret of the long connection, for a server without a public address; instead of WECOM_BOT_TOKEN and WECOM_BOT_AES_KEY',
    where: console_('智能机器人 → the bot → API 模式 → 长连接'),
    secret: true,
  },
  WECOM_BOT_SOCKET_URL: {
    meaning: 'address of the long connection',
    where: 'wss://openws.work.weixin.qq.com, or your private deployment',
  },
  WECOM_GROUP_WEBHOOKS: {
    meaning: 'keys of 消息推送 of groups, to write there and @-mention people: chatId|key, parted by spaces',
    where: 'WeCom client: the group → 群设置 → 消息推送 → 添加; the key stands at the end of its address',
    secret: true,
  },
  WECOM_APP_AGENT_ID: { meaning: 'AgentId of the companion app', where: console_(app) },
  WECOM_APP_SECRET: { meaning: 'Secret of the companion app', where: console_(`${app} → Secret → 查看`), secret: true },
  WECOM_APP_TOKEN: { meaning: 'Token of the app callback', where: console_(`${app} → 接收消息 → 设置API接收`), secret: true },
  WECOM_APP_AES_KEY: { meaning: 'EncodingAESKey of the app callback', where: console_(`${app} → 接收消息 → 设置API接收`), secret: true },
  WECOM_CONTACTS_TOKEN: {
    meaning: 'Token of the contact-sync helper’s callback: tells at once who left or got another userid',
    where: console_('安全与管理 → 管理工具 → 通讯录同步 → 接收事件服务器'),
    secret: true,
  },
  WECOM_CONTACTS_AES_KEY: {
    meaning: 'EncodingAESKey of the contact-sync helper’s callback',
    where: console_('安全与管理 → 管理工具 → 通讯录同步 → 接收事件服务器'),
    secret: true,
  },
  DINGTALK_CLIENT_ID: { meaning: 'Client ID (AppKey) of the internal app', where: dingtalk('凭证与基础信息 → Client ID') },
  DINGTALK_CLIENT_SECRET: {
    meaning: 'Client Secret (AppSecret) of the internal app',
    where: dingtalk('凭证与基础信息 → Client Secret'),
    secret: true,
  },
  DINGTALK_CORP_ID: { meaning: 'CorpId of the organisation', where: 'DingTalk developer console (open-dev.dingtalk.com): 首页 → CorpId' },
  DINGTALK_ROBOT_NAME: { meaning: 'name people @-mention, without @', where: dingtalk('机器人 → 机器人名称') },
  DINGTALK_ROBOT_CODE: {
    meaning: 'RobotCode; the Client ID unless the console shows another',
    where: dingtalk('机器人 → RobotCode'),
  },
  DINGTALK_MODE: {
    meaning: 'how messages come: http (needs a public https address) or stream (needs none)',
    where: dingtalk('机器人 → 消息接收模式'),
  },
  DINGTALK_API_BASE: { meaning: 'base address of the DingTalk API', where: 'https://api.dingtalk.com, or your private deployment' },
  DINGTALK_SESSION_BASE: {
    meaning: 'host of the addresses to which late answers go',
    where: 'https://oapi.dingtalk.com, or your private deployment',
  },
  DINGTALK_LOGIN_BASE: { meaning: 'host of the sign-in by redirect', where: 'https://login.dingtalk.com, or your private deployment' },
  DINGTALK_JSAPI_URL: {
    meaning: 'script by which a page inside DingTalk learns who sits before it',
    where: 'https://open.dingtalk.com: JSAPI, the address of dingtalk.open.js',
  },
  DINGTALK_AGENT_ID: {
    meaning: 'AgentId of the app: work notifications for members the robot may not write to',
    where: dingtalk('凭证与基础信息 → AgentId'),
  },
  DINGTALK_GROUP_WEBHOOKS: {
    meaning: 'robot addresses of groups, for @-mentions: conversationId|https://…/robot/send?access_token=…|SEC…, parted by spaces',
    where: 'DingTalk: group settings → 机器人 → the robot → Webhook, 加签',
    secret: true,
  },
  DINGTALK_CARD_BUTTONS: {
    meaning: 'where buttons are shown: private, everywhere or none',
    where: 'your choice; everywhere only after a button was tried in a real group (docs/dingtalk.md)',
  },
  DINGTALK_MONTHLY_CALLS: { meaning: 'API calls a month of the organisation’s plan', where: dingtalkConsole('资源管理 → 用量管控') },
  DINGTALK_MONTHLY_PUSHES: { meaning: 'Webhook and Stream messages a month of the plan', where: dingtalkConsole('资源管理 → 用量管控') },
  DINGTALK_EVENT_TOKEN: { meaning: 'token of the event subscription by HTTP', where: dingtalk('事件订阅 → 签名 token'), secret: true },
  DINGTALK_EVENT_AES_KEY: { meaning: 'aes_key of the event subscription', where: dingtalk('事件订阅 → 加密 aes_key'), secret: true },
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

const token = z.string().regex(/^[A-Za-z0-9]{1,32}$/, 'must be 1 to 32 letters and digits');
const aesKey = z.string().regex(/^[A-Za-z0-9]{43}$/, 'must be exactly 43 letters and digits');
/** 'chatId|key' parted by spaces, as a map by chat; the whole address does for the key. */
const wecomWebhooks = z.string().transform((text, context) => {
  const groups = new Map<string, string>();
  for (const entry of text.split(/\s+/).filter((each) => each !== '')) {
    const [chat = '', given = ''] = entry.split('|');
    const key = URL.canParse(given) ? (new URL(given).searchParams.get('key') ?? '') : given;
    if (chat === '' || !/^[A-Za-z0-9-]{8,128}$/.test(key)) context.addIssue('must be chatId|key, parted by spaces');
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
    if (chat === '' || !right || !/^(SEC[A-Za-z0-9]+)?$/.test(secret))
      context.addIssue('must be conversationId|address|SEC…, parted by spaces');
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
}, 'must be an IANA time zone such as Asia/Shanghai');

/** The settings as read from the environment. No secret has a default. */
export const settingsSchema = z.object({
  NODE_ENV: z.enum(['production', 'development', 'test']).default('development'),
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(8080),
  WORKER_HEALTH_PORT: z.coerce.number().int().min(0).max(65_535).default(8090),
  PUBLIC_URL: z.url({ protocol: /^https?$/, error: 'must begin with https://' }).optional(),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  MONGODB_URI: z
    .string()
    .regex(/^mongodb(\+srv)?:\/\/[^/]+\/[^?]+/, 'must be mongodb://host/database')
    .optional(),
  REDIS_URL: z
    .string()
    .regex(/^rediss?:\/\//, 'must begin with redis:// or rediss://')
    .optional(),
  REDIS_PREFIX: z
    .string()
    .regex(/^[a-z0-9-]{1,32}$/, 'must be lower-case letters, digits and hyphens')
    .default('lxq'),
  BODY_ID: z.string().regex(/^[a-z0-9-]{2,32}$/, 'must be lower-case letters, digits and hyphens'),
  TIME_ZONE: zone.default('Asia/Shanghai'),
  WECOM_API_BASE: z.url().default('https://qyapi.weixin.qq.com'),
  WECOM_OPEN_BASE: z.url().default('https://open.weixin.qq.com'),
  WECOM_LOGIN_BASE: z.url().default('https://login.work.weixin.qq.com'),
  WECOM_CORP_ID: z
    .string()
    .regex(/^[A-Za-z0-9_-]{4,64}$/, 'must be the corp id, e.g. ww followed by 16 characters')
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
  WECOM_BOT_SECRET: z.string().min(20, 'is shorter than any WeCom secret').max(128).optional(),
  WECOM_BOT_SOCKET_URL: z.url({ protocol: /^wss?$/, error: 'must begin with wss://' }).default('wss://openws.work.weixin.qq.com'),
  WECOM_GROUP_WEBHOOKS: wecomWebhooks.optional(),
  WECOM_APP_AGENT_ID: z
    .string()
    .regex(/^\d{1,10}$/, 'must be a number such as 1000002')
    .optional(),
  WECOM_APP_SECRET: z.string().min(20, 'is shorter than any WeCom secret').max(128).optional(),
  WECOM_APP_TOKEN: token.optional(),
  WECOM_APP_AES_KEY: aesKey.optional(),
  WECOM_CONTACTS_TOKEN: token.optional(),
  WECOM_CONTACTS_AES_KEY: aesKey.optional(),
  DINGTALK_CLIENT_ID: z
    .string()
    .regex(/^[A-Za-z0-9_-]{4,64}$/, 'must be the Client ID, e.g. ding followed by 16 characters')
    .optional(),
  DINGTALK_CLIENT_SECRET: z.string().min(20, 'is shorter than any DingTalk secret').max(128).optional(),
  DINGTALK_CORP_ID: z
    .string()
    .regex(/^[A-Za-z0-9_-]{4,64}$/, 'must be the CorpId, e.g. ding followed by 32 characters')
    .optional(),
  DINGTALK_ROBOT_NAME: z
    .string()
    .transform((name) => name.trim().replace(/^[@＠]/, ''))
    .pipe(z.string().min(1).max(32))
    .optional(),
  DINGTALK_ROBOT_CODE: z
    .string()
    .regex(/^[A-Za-z0-9_-]{4,64}$/, 'must be the RobotCode')
    .optional(),
  DINGTALK_MODE: z.enum(['http', 'stream']).default('http'),
  DINGTALK_API_BASE: z.url().default('https://api.dingtalk.com'),
  DINGTALK_SESSION_BASE: z.url().default('https://oapi.dingtalk.com'),
  DINGTALK_LOGIN_BASE: z.url().default('https://login.dingtalk.com'),
  DINGTALK_JSAPI_URL: z.url().default('https://g.alicdn.com/dingding/dingtalk-jsapi/3.0.25/dingtalk.open.js'),
  DINGTALK_AGENT_ID: z
    .string()
    .regex(/^\d{1,15}$/, 'must be a number')
    .optional(),
  DINGTALK_GROUP_WEBHOOKS: groupWebhooks.optional(),
  DINGTALK_CARD_BUTTONS: z.enum(['private', 'everywhere', 'none']).default('private'),
  DINGTALK_MONTHLY_CALLS: z.coerce.number().int().min(1).default(5_000),
  DINGTALK_MONTHLY_PUSHES: z.coerce.number().int().min(1).default(3_000),
  DINGTALK_EVENT_TOKEN: z
    .string()
    .regex(/^[A-Za-z0-9]{3,32}$/, 'must be 3 to 32 letters and digits')
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
