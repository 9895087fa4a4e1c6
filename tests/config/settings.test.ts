import { describe, expect, it } from '@jest/globals';
import { isConfigured, loadSettings, printSettings } from '../../config/load';
import { secrets } from '../helpers/town';

const refusal = (environment: Record<string, string | undefined>): string => {
  try {
    loadSettings(environment);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('the settings were accepted');
};

describe('settings', () => {
  it('are read once, checked and frozen', () => {
    const settings = loadSettings({ ...secrets, PORT: '8123' });
    expect(settings.PORT).toBe(8123);
    expect(settings.WECOM_BOT_MENTIONS).toEqual(['政协小助手', '履职助手', '联络小秘']);
    expect(Object.isFrozen(settings)).toBe(true);
  });

  it('name what is missing and the console page where it is found', () => {
    const said = refusal({ ...secrets, WECOM_BOT_TOKEN: undefined });
    expect(said).toContain('WECOM_BOT_TOKEN is missing');
    expect(said).toContain('智能机器人');
    expect(said).toContain('1 setting is wrong');
  });

  it('say what is wrong with a value without quoting it', () => {
    const said = refusal({ ...secrets, WECOM_APP_AES_KEY: 'short-secret-value' });
    expect(said).toContain('WECOM_APP_AES_KEY must be exactly 43 letters and digits');
    expect(said).not.toContain('short-secret-value');
  });

  it('ask for a real MongoDB in production, and for nothing of the kind elsewhere', () => {
    expect(refusal({ ...secrets, NODE_ENV: 'production' })).toMatch(/1 setting is wrong:\n {2}MONGODB_URI is missing: .*built-in store/);
    expect(loadSettings({ ...secrets, NODE_ENV: 'production', MONGODB_URI: 'mongodb://db/lianxinqiao' }).NODE_ENV).toBe('production');
    expect(loadSettings(secrets).MONGODB_URI).toBeUndefined();
  });

  it('list every wrong value at once', () => {
    const said = refusal({});
    for (const name of ['BODY_ID', 'WECOM_CORP_ID', 'WECOM_BOT_TOKEN', 'WECOM_BOT_AES_KEY', 'WECOM_APP_SECRET'])
      expect(said).toContain(`${name} is missing`);
  });

  it('have no default for a secret', () => {
    const said = refusal(Object.fromEntries(Object.entries(secrets).filter(([name]) => !/TOKEN|KEY|SECRET/.test(name))));
    for (const name of Object.keys(secrets).filter((each) => /TOKEN|KEY|SECRET/.test(each))) expect(said).toContain(`${name} is missing`);
  });

  it('are printed without secrets and without passwords in addresses', () => {
    const lines = printSettings(
      loadSettings({ ...secrets, MONGODB_URI: 'mongodb://user:hidden@db.example/lxq', REDIS_URL: 'redis://:hidden@cache.example:6379' }),
    ).join('\n');
    for (const [name, value] of Object.entries(secrets)) if (/TOKEN|KEY|SECRET/.test(name)) expect(lines).not.toContain(value);
    expect(lines).not.toContain('hidden');
    expect(lines).toContain('mongodb://***@db.example/lxq');
    expect(lines).toContain('demoTOWN0001');
  });

  it('make the demo step aside as soon as one WeCom setting is given', () => {
    expect(isConfigured({})).toBe(false);
    expect(isConfigured({ WECOM_CORP_ID: 'ww1234' })).toBe(true);
    expect(isConfigured({ NODE_ENV: 'production' })).toBe(true);
  });
});
