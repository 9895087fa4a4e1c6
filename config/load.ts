import { AppError } from '../src/foundation/errors';
import { type SettingName, type Settings, settingNotes, settingsSchema } from './schema';

/** The environment a setting is read from; handed in so that tests and the demo need no real one. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The only reader of the environment: checked, frozen settings. Throws SETTINGS_WRONG with one line per setting: its
 * name, what is wrong, and where the right value is found. Values are never quoted: they may be secrets.
 */
export function loadSettings(environment: Environment = process.env): Settings {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const read = settingsSchema.safeParse(given);
  const storeMissing = given['NODE_ENV'] === 'production' && given['MONGODB_URI'] === undefined;
  if (read.success && !storeMissing) return Object.freeze(read.data);
  const wrong = (read.error?.issues ?? []).map((issue) => {
    const name = String(issue.path[0]) as SettingName;
    const what = given[name] === undefined ? 'is missing' : issue.message;
    const note = settingNotes[name];
    return `  ${name} ${what}. It is the ${note.meaning}; found in: ${note.where}`;
  });
  const lines = storeMissing ? [inProduction, ...wrong] : wrong;
  throw new AppError(
    'SETTINGS_WRONG',
    `cannot start, ${lines.length} setting${lines.length > 1 ? 's are' : ' is'} wrong:\n${lines.join('\n')}`,
  );
}

const inProduction = `  MONGODB_URI is missing: with NODE_ENV=production the built-in store is not used, it keeps no copies of the data. It is the ${settingNotes.MONGODB_URI.meaning}; found in: ${settingNotes.MONGODB_URI.where}`;

/** Settings as lines for people: secrets only as their length. */
export function printSettings(settings: Settings): string[] {
  return (Object.keys(settingNotes) as SettingName[]).map((name) => {
    const value = settings[name];
    const secret = 'secret' in settingNotes[name] || /_U(RI|RL)$/.test(name);
    const shown = value === undefined ? '(not set)' : secret ? masked(name, String(value)) : String(value);
    return `${name.padEnd(20)} ${shown}`;
  });
}

// An address may carry a password: show everything but the credentials.
function masked(name: string, value: string): string {
  return /_U(RI|RL)$/.test(name) ? value.replace(/\/\/[^@/]*@/, '//***@') : `*** (${value.length} characters)`;
}

/** True when the environment is configured for a real WeCom tenant: then there is no demo. */
export function isConfigured(environment: Environment = process.env): boolean {
  return (
    Object.keys(settingNotes).some((name) => name.startsWith('WECOM_') && environment[name]) || environment['NODE_ENV'] === 'production'
  );
}
