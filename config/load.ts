import { existsSync } from 'node:fs';
import { z } from 'zod';
import { AppError } from '../src/foundation/errors';
import {
  dingtalkEventSettings,
  dingtalkSettings,
  type SettingName,
  type Settings,
  settingNotes,
  settingsSchema,
  wecomContactsSettings,
  wecomSettings,
} from './schema';

/** The environment a setting is read from; handed in so that tests and the demo need no real one. */
type Environment = Readonly<Record<string, string | undefined>>;

/** Adds to the environment what stands in `.env` of the present folder; what the environment has already wins. */
export function readEnvFile(file = '.env'): void {
  if (existsSync(file)) process.loadEnvFile(file);
}

/**
 * The only reader of the environment: checked, frozen settings. Throws SETTINGS_WRONG with one line per setting: its
 * name, what is wrong, and where the right value is found. Values are never quoted: they may be secrets.
 */
export function loadSettings(environment: Environment = process.env): Settings {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  // What no setting says in words of its own is said in Chinese too.
  const read = settingsSchema.safeParse(given, { error: z.locales.zhCN().localeError });
  const wrong: Missing = (read.error?.issues ?? []).map((issue) => {
    const name = String(issue.path[0]) as SettingName;
    return { name, what: given[name] === undefined ? '没有填' : issue.message };
  });
  wrong.unshift(...missingInProduction(given));
  const wecom = wantsWecom(given) ? [...missingForWecom(given), ...wrongForBot(given)] : [];
  wrong.push(...wecom, ...missingForDingtalk(given), ...halfGiven(given));
  if (read.success && wrong.length === 0) return Object.freeze(read.data);
  const lines = wrong.map(({ name, what }) => {
    const note = settingNotes[name];
    return `  ${name} ${what}。这一项是：${note.meaning}；在这里找：${note.where}`;
  });
  throw new AppError('SETTINGS_WRONG', `启动不了，有 ${lines.length} 项设置不对：\n${lines.join('\n')}`);
}

type Missing = { name: SettingName; what: string }[];

function missingInProduction(given: Environment): Missing {
  if (given['NODE_ENV'] !== 'production' || given['MONGODB_URI'] !== undefined) return [];
  const what = '没有填：NODE_ENV=production 时不用内置数据库，它只有一份数据';
  return [{ name: 'MONGODB_URI', what }];
}

/** Where WeCom is reached says nothing about who is reached there. */
const isBase = (name: string): boolean => /_(BASE|SOCKET_URL)$/.test(name);
const givenOf = (given: Environment, platform: string): boolean =>
  Object.keys(settingNotes).some((name) => name.startsWith(platform) && !isBase(name) && given[name] !== undefined);

/** One platform is enough; with none named it is WeCom that is missing. */
const wantsWecom = (given: Environment): boolean => givenOf(given, 'WECOM_') || !givenOf(given, 'DINGTALK_');

function missingForWecom(given: Environment): Missing {
  const missing = wecomSettings.filter((name) => given[name] === undefined);
  const what = givenOf(given, 'WECOM_') && givenOf(given, 'DINGTALK_') ? '没有填（企业微信的设置要么全填，要么全不填）' : '没有填';
  return missing.map((name) => ({ name, what }));
}

const callbackSettings = ['WECOM_BOT_TOKEN', 'WECOM_BOT_AES_KEY'] as const satisfies readonly SettingName[];

/** The console makes a bot one of two kinds: URL callback or long connection. */
function wrongForBot(given: Environment): Missing {
  const both = callbackSettings.filter((name) => given[name] !== undefined);
  if (given['WECOM_BOT_SECRET'] === undefined) {
    const missing = callbackSettings.filter((name) => given[name] === undefined);
    return missing.map((name) => ({ name, what: '没有填（机器人用长连接的话，只填 WECOM_BOT_SECRET）' }));
  }
  return both.map((name) => ({
    name,
    what: '不能和 WECOM_BOT_SECRET 一起填：一个机器人要么用 URL 回调，要么用长连接',
  }));
}

function missingForDingtalk(given: Environment): Missing {
  const missing = givenOf(given, 'DINGTALK_') ? dingtalkSettings.filter((name) => given[name] === undefined) : [];
  return missing.map((name) => ({ name, what: '没有填（钉钉的设置要么全填，要么全不填）' }));
}

/** Callbacks of events need a token and a key. */
function halfGiven(given: Environment): Missing {
  return [wecomContactsSettings, dingtalkEventSettings].flatMap((pair) => {
    const missing = pair.filter((name) => given[name] === undefined);
    return missing.length === pair.length ? [] : missing.map((name) => ({ name, what: '没有填（接收事件的两项要么都填，要么都不填）' }));
  });
}

/** Settings as lines for people: secrets only as their length. */
export function printSettings(settings: Settings): string[] {
  return (Object.keys(settingNotes) as SettingName[]).map((name) => {
    const value = settings[name];
    const secret = 'secret' in settingNotes[name] || /_U(RI|RL)$/.test(name);
    if (value instanceof Map) return `${name.padEnd(22)} ***（${value.size} 个群）`;
    const shown = value === undefined ? '（没有填）' : secret ? masked(name, String(value)) : String(value);
    return `${name.padEnd(22)} ${shown}`;
  });
}

// An address may carry a password: show everything but the credentials.
function masked(name: string, value: string): string {
  return /_U(RI|RL)$/.test(name) ? value.replace(/\/\/[^@/]*@/, '//***@') : `***（${value.length} 个字符）`;
}

/** True when the environment is configured for a real tenant: then there is no demo. */
export function isConfigured(environment: Environment = process.env): boolean {
  const ofTenant = Object.keys(settingNotes).filter((name) => /^(WECOM|DINGTALK)_/.test(name));
  return ofTenant.some((name) => environment[name]) || environment['NODE_ENV'] === 'production';
}
