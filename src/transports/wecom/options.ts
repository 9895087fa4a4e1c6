import type Redis from 'ioredis';
import type { Inbox } from '../../delivery/incoming';
import type { Clock } from '../../foundation/clock';
import type { Logger } from '../../foundation/logger';

export interface WecomOptions {
  /** The CPPCC body the bot and the app belong to. */
  body: string;
  corpId: string;
  /** https://qyapi.weixin.qq.com, a private deployment, or the simulator. */
  apiBase: string;
  bot: { token: string; aesKey: string; botId: string };
  app: { token: string; aesKey: string; agentId: string; secret: string };
  inbox: Inbox;
  /** Fail-fast connection: the shared token, pacing and id cache; everything goes on without it. */
  redis: Redis;
  clock: Clock;
  logger: Logger;
  zone: string;
  /** Prefix of every key in Redis. */
  prefix: string;
  /** Said when somebody opens the private chat. */
  welcome: string;
  /** Said when an encrypted id cannot be converted now; nothing is stored. */
  identityUnavailable: string;
}
