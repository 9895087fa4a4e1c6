import { existsSync } from 'node:fs';
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
  const read = settingsSchema.safeParse(given);
  const wrong: Missing = (read.error?.issues ?? []).map((issue) => {
    const name = String(issue.path[0]) as SettingName;
    return { name, what: given[name] === undefined ? 'is missing' : issue.message };
  });
  wrong.unshift(...missingInProduction(given));
  const wecom = wantsWecom(given) ? [...missingForWecom(given), ...wrongForBot(given)] : [];
  wrong.push(...wecom, ...missingForDingtalk(given), ...halfGiven(given));
  if (read.success && wrong.length === 0) return Object.freeze(read.data);
  const lines = wrong.map(({ name, what }) => {
    const note = settingNotes[name];
    return `  ${name} ${what}. It is the ${note.meaning}; found in: ${note.where}`;
  });
  throw new AppError(
    'SETTINGS_WRONG',
    `cannot start, ${lines.length} setting${lines.length > 1 ? 's are' : ' is'} wrong:\n${lines.join('\n')}`,
  );
}

type Missing = { name: SettingName; what: string }[];

function missingInProduction(given: Environment): Missing {
  if (given['NODE_ENV'] !== 'production' || given['MONGODB_URI'] !== undefined) return [];
  const what = 'is missing: with NODE_ENV=production the built-in store is not used, it keeps no copies of the data';
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
  const what =
    givenOf(given, 'WECOM_') && givenOf(given, 'DINGTALK_') ? 'is missing (WeCom needs all of its settings, or none)' : 'is missing';
  return missing.map((name) => ({ name, what }));
}

const callbackSettings = ['WECOM_BOT_TOKEN', 'WECOM_BOT_AES_KEY'] as const satisfies readonly SettingName[];

/** The console makes a bot one of two kinds: URL callback or long connection. */
function wrongForBot(given: Environment): Missing {
  const both = callbackSettings.filter((name) => given[name] !== undefined);
  if (given['WECOM_BOT_SECRET'] === undefined) {
    const missing = callbackSettings.filter((name) => given[name] === undefined);
    return missing.map((name) => ({ name, what: 'is missing (or give WECOM_BOT_SECRET alone, if the bot uses 长连接)' }));
  }
  return both.map((name) => ({
    name,
    what: 'must not be given beside WECOM_BOT_SECRET: WeCom runs a bot by URL callback or by 长连接, never both',
  }));
}

function missingForDingtalk(given: Environment): Missing {
  const missing = givenOf(given, 'DINGTALK_') ? dingtalkSettings.filter((name) => given[name] === undefined) : [];
  return missing.map((name) => ({ name, what: 'is missing (DingTalk needs all of its settings, or none)' }));
}

/** Callbacks of events need a token and a key. */
function halfGiven(given: Environment): Missing {
  return [wecomContactsSettings, dingtalkEventSettings].flatMap((pair) => {
    const missing = pair.filter((name) => given[name] === undefined);
    return missing.length === pair.length
      ? []
      : missing.map((name) => ({ name, what: 'is missing (events need both of their settings, or none)' }));
  });
}

/** Settings as lines for people: secrets only as their length. */
export function printSettings(settings: Settings): string[] {
  return (Object.keys(settingNotes) as SettingName[]).map((name) => {
    const value = settings[name];
    const secret = 'secret' in settingNotes[name] || /_U(RI|RL)$/.test(name);
    if (value instanceof Map) return `${name.padEnd(22)} *** (${value.size} groups)`;
    const shown = value === undefined ? '(not set)' : secret ? masked(name, String(value)) : String(value);
    return `${name.padEnd(22)} ${shown}`;
  });
}

// An address may carry a password: show everything but the credentials.
function masked(name: string, value: string): string {
  return /_U(RI|RL)$/.test(name) ? value.replace(/\/\/[^@/]*@/, '//***@') : `*** (${value.length} characters)`;
}

/** True when the environment is configured for a real tenant: then there is no demo. */
export function isConfigured(environment: Environment = process.env): boolean {
  const ofTenant = Object.keys(settingNotes).filter((name) => /^(WECOM|DINGTALK)_/.test(name));
  return ofTenant.some((name) => environment[name]) || environment['NODE_ENV'] === 'production';
}
