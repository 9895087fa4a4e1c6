import type { AddressInfo } from 'node:net';
import Redis from 'ioredis';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Answer, Incoming } from '../../src/delivery/incoming';
import type { KnownChat, KnownChats } from '../../src/delivery/known-chats';
import { type Clock, type Steady, systemSteady } from '../../src/foundation/clock';
import { createLogger } from '../../src/foundation/logger';
import type { Limits } from '../../src/transports/pacing';
import { createWecom, type WecomOptions } from '../../src/transports/wecom';
import { addressOf, freshPrefix } from './services';
import { unpaced } from './tempo';
import { until } from './wait';
import { startWecomApi, type WecomApi } from './wecom-api';
import { botId, corpId } from './wecom-door';

export interface Frame {
  cmd: string;
  headers: { req_id: string };
  body: Record<string, unknown>;
}

/** The bare end of the wire: notes what comes, acknowledges what it is told to, sends whatever a test likes. */
interface WireEnd {
  url: string;
  frames: Frame[];
  of(cmd: string): Frame[];
  clients: Set<WebSocket>;
  /** The code an application's frame is acknowledged with; null: not at all. */
  ack: (frame: Frame) => number | null;
  send(data: object | string | Buffer): void;
  close(): Promise<void>;
}

export async function openWire(port = 0): Promise<WireEnd> {
  const server = new WebSocketServer({ port, host: '127.0.0.1' });
  await new Promise((resolve) => server.once('listening', resolve));
  const wire: WireEnd = {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    frames: [],
    of: (cmd) => wire.frames.filter((frame) => frame.cmd === cmd),
    clients: server.clients,
    ack: () => 0,
    send(data) {
      const text = typeof data === 'string' || Buffer.isBuffer(data) ? data : JSON.stringify(data);
      for (const client of server.clients) client.send(text);
    },
    async close() {
      for (const client of server.clients) client.terminate();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  server.on('connection', (client) => {
    client.on('error', () => undefined);
    client.on('message', (data: Buffer) => {
      const frame = JSON.parse(data.toString()) as Frame;
      wire.frames.push(frame);
      const errcode = wire.ack(frame);
      if (errcode !== null) client.send(JSON.stringify({ headers: frame.headers, errcode, errmsg: 'x' }));
    });
  });
  return wire;
}

/** A clock for leases and silences that also jumps when told. */
class JumpingSteady {
  private ahead = 0;
  readonly now: Steady = () => systemSteady() + this.ahead;

  jump(ms: number): void {
    this.ahead += ms;
  }
}

class ChatsInMemory implements KnownChats {
  readonly known = new Map<string, KnownChat>();
  seen = async (chat: KnownChat): Promise<void> => void this.known.set(chat.chatId, chat);
  find = async ({ chatId }: { chatId: string }): Promise<KnownChat | null> => this.known.get(chatId) ?? null;
  forget = async ({ chatId }: { chatId: string }): Promise<void> => void this.known.delete(chatId);
  ensureIndexes = async (): Promise<void> => undefined;
}

export interface SocketDoor {
  wire: WireEnd;
  steady: JumpingSteady;
  received: Incoming[];
  unsaid: Incoming[];
  chats: ChatsInMemory;
  logged: string[];
  wecom: ReturnType<typeof createWecom>;
  /** The scripted API beside the socket. */
  api: WecomApi;
  redis: Redis;
  prefix: string;
  /** Answers of the inbox; replace it to see what happens. */
  answer: (incoming: Incoming) => Promise<Answer>;
  /** A message of the platform under a frame id of its own. */
  deliver(reqId: string, more?: object): void;
  close(): Promise<void>;
}

/** The WeCom transport on the long connection to a bare wire, with an inbox that writes down what reaches it. */
export async function openSocketDoor(
  clock: Clock,
  more: {
    wire?: WireEnd;
    prefix?: string;
    redis?: Redis;
    leaseMs?: number;
    groupWebhooks?: ReadonlyMap<string, string>;
    road?: string;
    limits?: Limits;
  } = {},
): Promise<SocketDoor> {
  const wire = more.wire ?? (await openWire());
  const redis = more.redis ?? new Redis(addressOf('REDIS_URL'), { maxRetriesPerRequest: 1 });
  const api = await startWecomApi();
  api.script['/cgi-bin/batch/openuserid_to_userid'] = [
    { errcode: 0, userid_list: [{ open_userid: 'woENCRYPTED', userid: 'xuzhixia' }], invalid_open_userid_list: ['zhoulan'] },
  ];
  const prefix = more.prefix ?? freshPrefix();
  const steady = new JumpingSteady();
  const logged: string[] = [];
  const logger = createLogger('info', { write: (line: string) => void logged.push(line) });
  const chats = new ChatsInMemory();
  const options: WecomOptions = {
    body: 'yunchuan',
    corpId,
    apiBase: api.url,
    botNames: ['RobotA'],
    bot: {
      botId,
      secret: 'long-connection-secret',
      socketUrl: more.road ?? wire.url,
      chats,
      steady: steady.now,
      leaseMs: more.leaseMs ?? 3_600_000,
      tickMs: 20,
    },
    app: {
      token: 'appToken',
      aesKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
      agentId: '218',
      secret: 'secret-secret-secret-secret',
    },
    late: { unsaid: async (incoming) => void door.unsaid.push(incoming) },
    groupWebhooks: more.groupWebhooks ?? new Map(),
    changes: { receive: async () => undefined },
    signIn: { openBase: 'http://127.0.0.1:9', loginBase: 'http://127.0.0.1:9' },
    inbox: {
      receive: async (incoming) => {
        door.received.push(incoming);
        return door.answer(incoming);
      },
    },
    redis,
    clock,
    logger,
    zone: 'Asia/Shanghai',
    limits: more.limits ?? unpaced,
    prefix,
    welcome: '您好',
    identityUnavailable: '暂时核对不了您的身份',
    wordsOnly: '我只看得懂文字',
    cutShort: '后面还有',
  };
  const wecom = createWecom(options);
  const door: SocketDoor = {
    wire,
    steady,
    received: [],
    unsaid: [],
    chats,
    logged,
    wecom,
    api,
    redis,
    prefix,
    answer: async () => ({ text: '已记录' }),
    deliver: (reqId, body = {}) => wire.send(messageFrame(reqId, body)),
    async close() {
      await wecom.socket?.stop();
      await wire.close();
      await api.close();
      redis.disconnect();
    },
  };
  wecom.socket?.start();
  return door;
}

export const live = (door: SocketDoor): Promise<void> => until('the bot is connected', () => door.wecom.socket?.live === true);

export const messageFrame = (reqId: string, body: object = {}): object => ({
  cmd: 'aibot_msg_callback',
  headers: { req_id: reqId },
  body: {
    msgid: `msg-${reqId}`,
    aibotid: botId,
    chatid: 'wrCHAT',
    chattype: 'group',
    from: { userid: 'zhoulan' },
    msgtype: 'text',
    text: { content: '@RobotA /记录 走访' },
    ...body,
  },
});

export const eventFrame = (reqId: string, eventtype: string, more: object = {}): object => ({
  cmd: 'aibot_event_callback',
  headers: { req_id: reqId },
  body: {
    msgid: `event-${reqId}`,
    create_time: 1_700_000_000,
    aibotid: botId,
    chattype: 'single',
    from: { userid: 'zhoulan' },
    msgtype: 'event',
    event: { eventtype, [eventtype]: more },
  },
});
