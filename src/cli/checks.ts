import { createHmac } from 'node:crypto';
import { decrypt, encrypt, getSignature } from '@wecom/crypto';
import type Redis from 'ioredis';
import type { Connection } from 'mongoose';
import { type Settings, wecomIn } from '../../config/schema';
import type { MonthlyUse } from '../delivery/usage';
import type { WorkingDays } from '../foundation/working-days';
import { type Finding, note, ok, wrong } from './finding';

export type { Finding } from './finding';

const warnSkewMs = 2_000;

function skew(name: string, theirs: number, before: number, after: number): Finding {
  const off = Math.max(0, before - theirs, theirs - after);
  const line = `${name}: clock differs by ${off} ms`;
  return off > warnSkewMs ? wrong(`${line}; synchronise the clocks (NTP), sends and quotas depend on them`) : ok(line);
}

/** Version, clock, and whether a majority-and-journal write comes back confirmed. */
export async function checkMongodb(connection: Connection): Promise<Finding[]> {
  const db = connection.getClient().db();
  const status = await db.command({ serverStatus: 1 });
  const before = Date.now();
  const hello = await db.command({ hello: 1 });
  const found = [
    ok(`MongoDB ${String(status['version'])}`),
    skew('MongoDB', hello['localTime'] instanceof Date ? hello['localTime'].getTime() : Number.NaN, before, Date.now()),
  ];
  const echo = await db.command({ insert: 'doctor', documents: [{ at: new Date() }], writeConcern: { w: 'majority', j: true } });
  await db.command({ delete: 'doctor', deletes: [{ q: {}, limit: 0 }] });
  const confirmed = echo['ok'] === 1 && echo['n'] === 1 && echo['writeConcernError'] === undefined;
  found.push(
    confirmed
      ? ok('MongoDB: a majority write with journal is confirmed')
      : wrong('MongoDB does not confirm majority writes; use a replica set'),
  );
  return found;
}

export async function checkRedis(redis: Redis): Promise<Finding[]> {
  const before = Date.now();
  const [seconds, micros] = await redis.time();
  const found = [skew('Redis', Number(seconds) * 1000 + Math.floor(Number(micros) / 1000), before, Date.now())];
  const info = await redis.info('memory');
  const policy = /maxmemory_policy:(\S+)/.exec(info)?.[1] ?? 'unknown';
  found.push(
    policy === 'noeviction'
      ? ok('Redis: maxmemory-policy is noeviction')
      : wrong(`Redis: maxmemory-policy is ${policy}; set it to noeviction, or jobs are lost`),
  );
  const persistence = /aof_enabled:1/.test(await redis.info('persistence'));
  found.push(
    persistence
      ? ok('Redis: append-only file is on')
      : note('Redis: append-only file is off; after a crash reminders may be late, never lost'),
  );
  return found;
}

export function checkCalendar(calendar: WorkingDays, today: string): Finding[] {
  const year = Number(today.slice(0, 4));
  return [year, year + 1].map((each) => {
    if (calendar.isKnownYear(each)) return ok(`holiday calendar of ${each} is known`);
    const line = `holiday calendar of ${each} is not known: put the State Council's list into config/holidays/${each}.yaml`;
    return each === year ? wrong(line) : note(`${line} when it is published`);
  });
}

export function checkKeys(settings: Settings): Finding[] {
  const { WECOM_BOT_AES_KEY, WECOM_APP_AES_KEY } = settings;
  return Object.entries({ WECOM_BOT_AES_KEY, WECOM_APP_AES_KEY }).flatMap(([name, key]) => {
    if (key === undefined) return [];
    const bytes = Buffer.from(`${key}=`, 'base64').length;
    return bytes === 32 ? ok(`${name}: 43 characters, 32 bytes`) : wrong(`${name}: decodes to ${bytes} bytes instead of 32; copy it again`);
  });
}

/** Plays WeCom's URL check against our own two paths: the signed question must come back as its plaintext. */
export async function checkCallbacks(settings: Settings, port: number): Promise<Finding[]> {
  const own = wecomIn(settings);
  if (!own) return [note('WeCom is off: none of its settings is given')];
  const { WECOM_BOT_TOKEN: token, WECOM_BOT_AES_KEY: aesKey } = settings;
  const doors = [
    ...(token && aesKey ? [{ path: '/wecom/bot', token, aesKey, receiver: '' }] : []),
    { path: '/wecom/app', token: own.WECOM_APP_TOKEN, aesKey: own.WECOM_APP_AES_KEY, receiver: own.WECOM_CORP_ID },
  ];
  return Promise.all(
    doors.map(async ({ path, token, aesKey, receiver }) => {
      const echostr = encrypt(aesKey, '4711', receiver);
      const timestamp = String(Math.floor(Date.now() / 1000));
      const query = new URLSearchParams({
        msg_signature: getSignature(token, timestamp, 'doctor', echostr),
        timestamp,
        nonce: 'doctor',
        echostr,
      });
      const response = await fetch(`http://${settings.HOST}:${port}${path}?${query.toString()}`);
      const right = response.status === 200 && (await response.text()) === '4711' && decrypt(aesKey, echostr).message === '4711';
      return right
        ? ok(`callback ${path} answers the URL check; enter https://your-host${path} in the WeCom console`)
        : wrong(`callback ${path} does not answer the URL check`);
    }),
  );
}

/** What can be seen of DingTalk without calling it: the secret's form, and that our path takes its signature and no other. */
export async function checkDingtalk(settings: Settings, port: number): Promise<Finding[]> {
  const { DINGTALK_CLIENT_ID: clientId, DINGTALK_CLIENT_SECRET: secret } = settings;
  if (!clientId || !secret) return [note('DingTalk is off: none of its settings is given')];
  const length = secret.length === 64 ? ok('DINGTALK_CLIENT_SECRET: 64 characters') : note(usualSecret(secret.length));
  if (settings.DINGTALK_MODE === 'stream') return [length, note(byStream)];
  const path = '/dingtalk/robot';
  const status = async (key: string): Promise<string> => {
    const timestamp = String(Date.now());
    const sign = createHmac('sha256', key).update(`${timestamp}\n${key}`).digest('base64');
    const response = await fetch(`http://${settings.HOST}:${port}${path}`, { method: 'POST', headers: { timestamp, sign } });
    return `${response.status} ${await response.text()}`;
  };
  const right = (await status(secret)) === '200 {"msgtype":"empty"}' && (await status(`${secret}x`)).startsWith('403');
  return [
    length,
    right
      ? ok(
          `callback ${path} takes DingTalk's signature and no other; enter https://your-host${path} as 消息接收地址 in the DingTalk console`,
        )
      : wrong(`callback ${path} does not answer as it should`),
  ];
}

const byStream =
  'DingTalk comes by Stream: set 消息接收模式 to Stream in the DingTalk console; this server must reach api.dingtalk.com and wss-open-connection.dingtalk.com on port 443';

/** What the month has been charged for by our own count; other apps of the organisation come on top. */
export function checkUsage({ month, used, limits }: MonthlyUse): Finding[] {
  return (['calls', 'pushes'] as const).map((kind) => {
    const share = Math.floor((used[kind] * 100) / limits[kind]);
    const line = `DingTalk in ${month}: ${used[kind]} of ${limits[kind]} ${kind} (${share} %) by our own count; compare with 资源管理 → 用量管控`;
    if (share >= 95) return wrong(`${line}; buy more, and enter it as DINGTALK_MONTHLY_CALLS and DINGTALK_MONTHLY_PUSHES`);
    return share >= 80 ? note(`${line}; messages nobody waits for go out together`) : ok(line);
  });
}

const usualSecret = (length: number): string =>
  `DINGTALK_CLIENT_SECRET: ${length} characters instead of the usual 64; if messages are refused, copy it again`;

/** Every index as 'collection.name'. */
export async function indexNames(connection: Connection): Promise<Set<string>> {
  const db = connection.getClient().db();
  const names = new Set<string>();
  for (const { name } of await db.listCollections().toArray()) {
    for (const index of await db.collection(name).indexes()) names.add(`${name}.${String(index.name)}`);
  }
  return names;
}

/** What may not have arrived lately; the page for the office lists it. */
export function checkDelivered(rows: readonly { state: string; outcome?: string }[]): Finding {
  if (rows.length === 0) return ok('every message of the last 30 days arrived');
  const codes = [...new Set(rows.map(({ state, outcome }) => `${state} ${outcome ?? ''}`.trim()))];
  return note(
    `${rows.length} messages of the last 30 days did not certainly arrive (${codes.join(', ')}): the page /undelivered lists them`,
  );
}
