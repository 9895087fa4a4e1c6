import { createHmac } from 'node:crypto';
import Redis from 'ioredis';
import { startWeb } from '../../src/console/server';
import type { Answer, Incoming } from '../../src/delivery/incoming';
import type { Usage, UsageKind } from '../../src/delivery/usage';
import type { Clock } from '../../src/foundation/clock';
import { createLogger } from '../../src/foundation/logger';
import { createDingtalk, type DingtalkOptions } from '../../src/transports/dingtalk';
import { addressOf, freshPrefix } from './services';
import { unpaced } from './tempo';

export const clientId = 'dingappkey0000000001';
export const clientSecret = 'doorSecret-doorSecret-doorSecret';
export const corpId = 'dingCORP0001';
export const texts = {
  identityMissing: '认不出您',
  wordsOnly: '只看得懂文字',
  quotaSpent: '额度用完了',
  unavailable: '请再发一次',
  sentAt: () => '（此刻）',
};

export interface Door {
  url: string;
  received: Incoming[];
  /** How long the inbox was told to take at most. */
  allowed: (number | undefined)[];
  dingtalk: ReturnType<typeof createDingtalk>;
  redis: Redis;
  /** Answers of the inbox; replace it to see what happens. */
  answer: (incoming: Incoming) => Promise<Answer>;
  close(): Promise<void>;
}

export interface CountingUsage extends Usage {
  counted: Record<UsageKind, number>;
}

/** Counts in memory; tests/delivery proves the kept count. */
export function countingUsage(): CountingUsage {
  const counted = { calls: 0, pushes: 0 };
  return {
    counted,
    add: async (kind, times = 1) => void (counted[kind] += times),
    scarce: async () => false,
    month: async () => ({ month: '2026-09', used: counted, limits: { calls: 5_000, pushes: 3_000 } }),
  };
}

/** The DingTalk transport behind its real HTTP server, with an inbox that writes down what reaches it. */
export async function openDoor(clock: Clock, more: Partial<DingtalkOptions> = {}): Promise<Door> {
  const redis = more.redis ?? new Redis(addressOf('REDIS_URL'), { maxRetriesPerRequest: 1 });
  const logger = createLogger('silent');
  const inbox = {
    receive: async (incoming: Incoming, withinMs?: number): Promise<Answer> => {
      door.received.push(incoming);
      door.allowed.push(withinMs);
      return door.answer(incoming);
    },
  };
  const dingtalk = createDingtalk({
    body: 'yunchuan',
    corpId,
    clientId,
    clientSecret,
    robotCode: clientId,
    robotName: '政协小助手',
    apiBase: 'http://127.0.0.1:9',
    signIn: { loginBase: 'http://127.0.0.1:9', script: 'http://127.0.0.1:9/dingtalk.open.js' },
    sessionBase: 'https://oapi.dingtalk.com',
    inbox,
    redis,
    clock,
    logger,
    zone: 'Asia/Shanghai',
    limits: unpaced,
    prefix: freshPrefix(),
    cutShort: '后面还有',
    texts,
    groupWebhooks: new Map(),
    buttons: 'private',
    usage: countingUsage(),
    ...more,
  });
  const web = await startWeb({ host: '127.0.0.1', port: 0, routers: [dingtalk.router], ailing: async () => [], logger });
  const door: Door = {
    url: `http://127.0.0.1:${web.port}`,
    received: [],
    allowed: [],
    dingtalk,
    redis,
    answer: async () => ({ text: '已记录' }),
    async close() {
      await web.close();
      redis.disconnect();
    },
  };
  return door;
}

/** The headers DingTalk puts on a robot's callback; written here by itself, as a witness. */
export function signedHeaders(at: Date | string, secret = clientSecret): Record<string, string> {
  const timestamp = typeof at === 'string' ? at : String(at.getTime());
  const sign = createHmac('sha256', secret).update(`${timestamp}\n${secret}`).digest('base64');
  return { 'content-type': 'application/json; charset=utf-8', timestamp, sign };
}

/** A group message after the documented sample. */
export const robotJson = (more: object = {}): Record<string, unknown> => ({
  conversationId: 'cidGROUP==',
  atUsers: [{ dingtalkId: '$:LWCP_v1:$robot' }],
  chatbotCorpId: corpId,
  chatbotUserId: '$:LWCP_v1:$robot',
  msgId: 'msgONE==',
  senderNick: '周岚',
  isAdmin: false,
  senderStaffId: 'dt-zhoulan',
  senderCorpId: corpId,
  sessionWebhookExpiredTime: 1_790_000_000_000,
  createAt: 1_789_994_600_000,
  conversationType: '2',
  senderId: '$:LWCP_v1:$zhoulan',
  conversationTitle: '政协委员工作群',
  isInAtList: true,
  sessionWebhook: 'https://oapi.dingtalk.com/robot/sendBySession?session=abc',
  robotCode: clientId,
  msgtype: 'text',
  text: { content: ' /记录 走访' },
  ...more,
});

interface Heard {
  status: number;
  headers: Record<string, string>;
  text: string;
}

/** Posts as DingTalk does. */
export async function knock(url: string, body: string | object, headers: Record<string, string>): Promise<Heard> {
  const response = await fetch(`${url}/dingtalk/robot`, {
    method: 'POST',
    headers,
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const { date: _date, ...rest } = Object.fromEntries(response.headers);
  return { status: response.status, headers: rest, text: await response.text() };
}
