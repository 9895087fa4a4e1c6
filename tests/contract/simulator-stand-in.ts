import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { decrypt, encrypt, getSignature } from '@wecom/crypto';
import { type Simulator, type SimulatorOptions, startSimulator } from '../../packages/chat-simulator';
import type { PageStage } from '../../packages/chat-simulator/page-stage';

/** Keys of the official vectors: two different ones, so that a mix-up shows. */
export const botKeys = { token: 'QDG6eK', aesKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C' };
export const appKeys = { token: 'anotherToken', aesKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG' };
export const corpId = 'demo-corp';
export const secret = 'demo-secret';

type Message = Record<string, unknown> & { msgid: string; msgtype: string };

/** What a webhook gets to see of one bot callback, and how it answers. */
export interface Arrived {
  message: Message;
  nonce: string;
  timestamp: string;
  signature: string;
}

/** Status and body to answer with; 'hang' keeps the connection open without an answer. */
type Answer = { status: number; body: string } | 'hang';

/** A reply as our application should send it, with any part made wrong on request. */
export function sealedReply(
  nonce: string,
  plaintext: unknown,
  wrong: Partial<Record<'signature' | 'nonce' | 'receiver' | 'aesKey', string>> = {},
): string {
  const timestamp = 1_790_000_000;
  const used = wrong.nonce ?? nonce;
  const text = typeof plaintext === 'string' ? plaintext : JSON.stringify(plaintext);
  const ciphertext = encrypt(wrong.aesKey ?? botKeys.aesKey, text, wrong.receiver ?? '');
  const msgsignature = wrong.signature ?? getSignature(botKeys.token, timestamp, used, ciphertext);
  return JSON.stringify({ encrypt: ciphertext, msgsignature, timestamp, nonce: used });
}

export const stream = (content: string, id = 's1', finish = true): unknown => ({ msgtype: 'stream', stream: { id, finish, content } });

export const ok = (body = ''): Answer => ({ status: 200, body });

/** A webhook that checks nothing and answers what the test says; the simulator is the thing under test. */
class StandInWebhook {
  readonly arrived: Arrived[] = [];
  readonly appXml: string[] = [];
  onBot: (arrived: Arrived) => Answer | Promise<Answer> = () => ok();
  onApp: (xml: string) => Answer = () => ok();
  private readonly server: Server = createServer((request, response) => void this.serve(request, response));

  async start(): Promise<string> {
    await new Promise<void>((resolve) => {
      this.server.listen(0, '127.0.0.1', resolve);
    });
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => {
      this.server.close(resolve);
    });
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '', 'http://webhook');
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString();
    const answer = url.pathname === '/wecom/bot' ? await this.bot(url, body) : this.app(url, body);
    if (answer === 'hang') return;
    response.writeHead(answer.status).end(answer.body);
  }

  private bot(url: URL, body: string): Answer | Promise<Answer> {
    const query = url.searchParams;
    const echo = query.get('echostr');
    if (echo !== null) return ok(decrypt(botKeys.aesKey, echo).message);
    const ciphertext = (JSON.parse(body) as { encrypt: string }).encrypt;
    const [timestamp, nonce, signature] = [query.get('timestamp') ?? '', query.get('nonce') ?? '', query.get('msg_signature') ?? ''];
    if (signature !== getSignature(botKeys.token, timestamp, nonce, ciphertext)) return { status: 403, body: '' };
    const { message, id } = decrypt(botKeys.aesKey, ciphertext);
    if (id !== '') return { status: 403, body: '' };
    const arrived = { message: JSON.parse(message) as Message, nonce, timestamp, signature };
    this.arrived.push(arrived);
    return this.onBot(arrived);
  }

  private app(url: URL, body: string): Answer {
    const query = url.searchParams;
    const echo = query.get('echostr');
    if (echo !== null) return ok(decrypt(appKeys.aesKey, echo).message);
    const ciphertext = /<Encrypt><!\[CDATA\[(.*?)\]\]>/.exec(body)?.[1] ?? '';
    if (query.get('msg_signature') !== getSignature(appKeys.token, query.get('timestamp') ?? '', query.get('nonce') ?? '', ciphertext))
      return { status: 403, body: '' };
    const { message, id } = decrypt(appKeys.aesKey, ciphertext);
    if (id !== corpId) return { status: 403, body: '' };
    this.appXml.push(message);
    return this.onApp(message);
  }
}

/** A clock the test moves by hand. */
export class HandClock {
  constructor(private instant = new Date('2026-09-18T02:24:00Z')) {}

  now(): Date {
    return this.instant;
  }

  moveTo(instant: Date): void {
    this.instant = instant;
  }

  pass(milliseconds: number): void {
    this.instant = new Date(this.instant.getTime() + milliseconds);
  }
}

export interface Scene {
  webhook: StandInWebhook;
  clock: HandClock;
  faults: string[];
  simulator: Simulator;
}

export const people = [
  { userId: 'ZhouLan', name: '周岚', note: '教育界' },
  { userId: 'HanLiZhou', name: '韩立舟', note: '经济界 召集人', featured: true },
  { userId: 'XuZhiXia', name: '许知夏', note: '医药卫生界' },
];
export const groups = [{ chatId: 'wrGroupA', name: '教育界别群', members: ['ZhouLan', 'HanLiZhou'] }];

/** A simulator in front of a stand-in; retries come at once. */
export async function startScene(options: Partial<SimulatorOptions> = {}, beside?: PageStage): Promise<Scene> {
  const [webhook, clock, faults] = [new StandInWebhook(), new HandClock(), [] as string[]];
  const address = await webhook.start();
  const wecom = {
    clock,
    corpId,
    webhook: address,
    bot: { ...botKeys, botId: 'demo-bot', name: '政协小助手' },
    app: { ...appKeys, agentId: 1000002, secret },
    people,
    groups,
    onFault: (line: string) => faults.push(line),
    retryDelayMs: 1,
    pollDelayMs: 5,
    ...options,
  };
  const simulator = await startSimulator(wecom, beside);
  return { webhook, clock, faults, simulator };
}

export async function endScene(scene: Scene): Promise<void> {
  await scene.simulator.close();
  await scene.webhook.stop();
}
