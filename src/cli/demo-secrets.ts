import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const secret = (length: number): string => Array.from(randomBytes(length), (byte) => letters[byte % letters.length]).join('');

/** The demo's tenant: made up at the first start and kept beside the data, so that no secret stands in the source. */
export function demoEnvironment(folder: string): Record<string, string> {
  const file = join(folder, 'demo.json');
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
  const environment = {
    BODY_ID: 'yunchuan',
    WECOM_CORP_ID: `demo${secret(14)}`,
    WECOM_BOT_ID: `aib${secret(20)}`,
    WECOM_BOT_MENTIONS: '政协小助手,履职助手,联络小秘',
    WECOM_BOT_TOKEN: secret(24),
    WECOM_BOT_AES_KEY: secret(43),
    WECOM_APP_AGENT_ID: '1000002',
    WECOM_APP_SECRET: secret(43),
    WECOM_APP_TOKEN: secret(24),
    WECOM_APP_AES_KEY: secret(43),
    DINGTALK_CLIENT_ID: `ding${secret(16)}`,
    DINGTALK_CLIENT_SECRET: secret(64),
    DINGTALK_CORP_ID: `demo${secret(32)}`,
    DINGTALK_ROBOT_NAME: '政协小助手',
  };
  writeFileSync(file, JSON.stringify(environment, null, 2), { mode: 0o600 });
  return environment;
}
