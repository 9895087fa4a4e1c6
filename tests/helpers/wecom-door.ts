import { encrypt, getSignature } from '@wecom/crypto';
import Redis from 'ioredis';
import { startWeb, type WebServer } from '../../src/console/server';
import type { ContactChange } from '../../src/delivery/contact-change';
import type { Answer, Incoming } from '../../src/delivery/incoming';
import type { Clock } from '../../src/foundation/clock';
import { createLogger } from '../../src/foundation/logger';
import { createWecom, type WecomOptions } from '../../src/transports/wecom';
import { addressOf, freshPrefix } from './services';
import { unpaced } from './tempo';

export const token = 'QDG6eK';
export const aesKey = 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C';
export const corpId = 'wx5823bf96d3bd56c7';
export const botId = 'AIBOTID';

export interface Door {
  web: WebServer;
  url: string;
  received: Incoming[];
  /** What was reported of accounts. */
  changed: ContactChange[];
  /** What the transport says did not reach its chat. */
  unsaid: Incoming[];
  wecom: ReturnType<typeof createWecom>;
  redis: Redis;
  /** Answers of the inbox; replace it to see what happens. */
  answer: (incoming: Incoming) => Promise<Answer>;
  close(): Promise<void>;
}

/** The WeCom transport behind its real HTTP server, with an inbox that writes down what reaches it. */
export async function openDoor(clock: Clock, more: Partial<WecomOptions> = {}): Promise<Door> {
  const redis = more.redis ?? new Redis(addressOf('REDIS_URL'), { maxRetriesPerRequest: 1 });
  const received: Incoming[] = [];
  const changed: ContactChange[] = [];
  const logger = createLogger('silent');
  const inbox = {
    receive: async (incoming: Incoming): Promise<Answer> => {
      received.push(incoming);
      return door.answer(incoming);
    },
  };
  const wecom = createWecom({
    body: 'yunchuan',
    corpId,
    apiBase: 'http://127.0.0.1:9',
    bot: { token, aesKey, botId },
    botNames: ['RobotA'],
    app: { token, aesKey, agentId: '218', secret: 'secret-secret-secret-secret' },
    changes: { receive: async (change) => void changed.push(change) },
    signIn: { openBase: 'http://127.0.0.1:9', loginBase: 'http://127.0.0.1:9' },
    inbox,
    redis,
    clock,
    logger,
    zone: 'Asia/Shanghai',
    limits: unpaced,
    prefix: freshPrefix(),
    groupWebhooks: new Map(),
    late: { unsaid: async (incoming) => void door.unsaid.push(incoming) },
    welcome: '您好',
    identityUnavailable: '暂时核对不了您的身份',
    wordsOnly: '我只看得懂文字',
    cutShort: '后面还有',
    ...more,
  });
  const web = await startWeb({ host: '127.0.0.1', port: 0, routers: [wecom.router], ailing: async () => [], logger });
  const door: Door = {
    web,
    url: `http://127.0.0.1:${web.port}`,
    received,
    changed,
    unsaid: [],
    wecom,
    redis,
    answer: async () => ({ text: '已记录' }),
    async close() {
      await web.close();
      redis.disconnect();
    },
  };
  return door;
}

export const secondsOf = (clock: Clock): string => String(Math.floor(clock.now().getTime() / 1000));

/** The signed query and the ciphertext of a message, as WeCom makes them. */
export function signed(message: string, options: { receiver?: string; timestamp: string; nonce?: string; key?: string; token?: string }) {
  const encrypted = encrypt(options.key ?? aesKey, message, options.receiver ?? '');
  const nonce = options.nonce ?? 'nonce1';
  const signature = getSignature(options.token ?? token, options.timestamp, nonce, encrypted);
  const query = new URLSearchParams({ msg_signature: signature, timestamp: options.timestamp, nonce });
  return { encrypted, query, signature };
}

export const botJson = (more: object = {}): string =>
  JSON.stringify({
    msgid: 'm1',
    aibotid: botId,
    chatid: 'wrCHAT',
    chattype: 'group',
    from: { userid: 'zhoulan' },
    msgtype: 'text',
    text: { content: '@RobotA /记录 走访' },
    ...more,
  });
