import { createHmac } from 'node:crypto';
import { decrypt, encrypt, getSignature } from '@wecom/crypto';
import type Redis from 'ioredis';
import type { Connection } from 'mongoose';
import { type Settings, wecomIn } from '../../config/schema';
import type { MonthlyUse } from '../delivery/usage';
import type { WorkingDays } from '../foundation/working-days';
import { doctorTexts as texts } from './doctor-texts';
import { type Finding, note, ok, wrong } from './finding';

export type { Finding } from './finding';

const warnSkewMs = 2_000;

function skew(name: string, theirs: number, before: number, after: number): Finding {
  const off = Math.max(0, before - theirs, theirs - after);
  const line = texts.skew(name, off);
  return off > warnSkewMs ? wrong(`${line}；${texts.skewed}`) : ok(line);
}

/** Version, clock, and whether a majority-and-journal write comes back confirmed. */
export async function checkMongodb(connection: Connection): Promise<Finding[]> {
  const db = connection.getClient().db();
  const status = await db.command({ serverStatus: 1 });
  const before = Date.now();
  const hello = await db.command({ hello: 1 });
  const found = [
    ok(texts.version(String(status['version']))),
    skew('MongoDB', hello['localTime'] instanceof Date ? hello['localTime'].getTime() : Number.NaN, before, Date.now()),
  ];
  const echo = await db.command({ insert: 'doctor', documents: [{ at: new Date() }], writeConcern: { w: 'majority', j: true } });
  await db.command({ delete: 'doctor', deletes: [{ q: {}, limit: 0 }] });
  const confirmed = echo['ok'] === 1 && echo['n'] === 1 && echo['writeConcernError'] === undefined;
  return [...found, confirmed ? ok(texts.confirmed) : wrong(texts.unconfirmed)];
}

export async function checkRedis(redis: Redis): Promise<Finding[]> {
  const before = Date.now();
  const [seconds, micros] = await redis.time();
  const found = [skew('Redis', Number(seconds) * 1000 + Math.floor(Number(micros) / 1000), before, Date.now())];
  const info = await redis.info('memory');
  const policy = /maxmemory_policy:(\S+)/.exec(info)?.[1] ?? 'unknown';
  const eviction = (policy === 'noeviction' ? ok : wrong)(texts.eviction(policy));
  const persistent = /aof_enabled:1/.test(await redis.info('persistence'));
  return [...found, eviction, (persistent ? ok : note)(texts.appendOnly(persistent))];
}

export function checkCalendar(calendar: WorkingDays, today: string): Finding[] {
  const year = Number(today.slice(0, 4));
  return [year, year + 1].map((each) => {
    if (calendar.isKnownYear(each)) return ok(texts.holidaysKnown(each));
    return (each === year ? wrong : note)(texts.holidaysMissing(each, each === year));
  });
}

export function checkKeys(settings: Settings): Finding[] {
  const { WECOM_BOT_AES_KEY, WECOM_APP_AES_KEY } = settings;
  return Object.entries({ WECOM_BOT_AES_KEY, WECOM_APP_AES_KEY }).flatMap(([name, key]) => {
    if (key === undefined) return [];
    const bytes = Buffer.from(`${key}=`, 'base64').length;
    return bytes === 32 ? ok(texts.keyRight(name)) : wrong(texts.keyWrong(name, bytes));
  });
}

/** Plays WeCom's URL check against our own two paths: the signed question must come back as its plaintext. */
export async function checkCallbacks(settings: Settings, port: number): Promise<Finding[]> {
  const own = wecomIn(settings);
  if (!own) return [note(texts.wecomOff)];
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
      return (right ? ok : wrong)(texts.wecomCallback(path, right));
    }),
  );
}

/** What can be seen of DingTalk without calling it: the secret's form, and that our path takes its signature and no other. */
export async function checkDingtalk(settings: Settings, port: number): Promise<Finding[]> {
  const { DINGTALK_CLIENT_ID: clientId, DINGTALK_CLIENT_SECRET: secret } = settings;
  if (!clientId || !secret) return [note(texts.dingtalkOff)];
  const length = secret.length === 64 ? ok(texts.secretUsual) : note(texts.secretUnusual(secret.length));
  if (settings.DINGTALK_MODE === 'stream') return [length, note(texts.byStream)];
  const path = '/dingtalk/robot';
  const status = async (key: string): Promise<string> => {
    const timestamp = String(Date.now());
    const sign = createHmac('sha256', key).update(`${timestamp}\n${key}`).digest('base64');
    const response = await fetch(`http://${settings.HOST}:${port}${path}`, { method: 'POST', headers: { timestamp, sign } });
    return `${response.status} ${await response.text()}`;
  };
  const right = (await status(secret)) === '200 {"msgtype":"empty"}' && (await status(`${secret}x`)).startsWith('403');
  return [length, (right ? ok : wrong)(texts.robotCallback(path, right))];
}

/** What the month has been charged for by our own count; other apps of the organisation come on top. */
export function checkUsage({ month, used, limits }: MonthlyUse): Finding[] {
  return (['calls', 'pushes'] as const).map((kind) => {
    const share = Math.floor((used[kind] * 100) / limits[kind]);
    const line = texts.used({ month, kind, used: used[kind], limit: limits[kind], share });
    if (share >= 95) return wrong(`${line}；${texts.usedUp}`);
    return share >= 80 ? note(`${line}；${texts.usedMuch}`) : ok(line);
  });
}

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
  if (rows.length === 0) return ok(texts.allArrived);
  const codes = [...new Set(rows.map(({ state, outcome }) => `${state} ${outcome ?? ''}`.trim()))];
  return note(texts.mayBeLost(rows.length, codes));
}
