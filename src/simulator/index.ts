import Koa from 'koa';
import { apiRouter } from './api';
import { type ApiCall, ApiCalls } from './api-calls';
import { AppCallbacks } from './app-callbacks';
import { BotCallbacks } from './bot-callbacks';
import { ChatLog, privateChat, type ShownMessage } from './chat-log';
import { Conversation } from './conversation';
import { assertDemoOnly } from './demo-only';
import { FaultSwitches } from './faults';
import { LateReplies } from './late-replies';
import { LoopbackServer } from './loopback-server';
import { MessageSend } from './message-send';
import { OpenIds } from './open-ids';
import type { Delivery, Said, SaidToApp, SimulatorOptions } from './options';
import { PageRoutes } from './page-routes';
import { Tokens } from './tokens';
import { WebhookClient } from './webhook-client';

export type { ApiCall } from './api-calls';
export type { ShownMessage } from './chat-log';
export { assertDemoOnly } from './demo-only';
export type { FaultSwitches } from './faults';
export type { Delivery, Group, Person, Said, SaidToApp, SimulatorOptions } from './options';

/** WeCom as our application meets it: people who type, the API it calls, and what the client shows. */
export interface Simulator {
  /** Address of the chat page, without a path. */
  url: string;
  /** What stands for https://qyapi.weixin.qq.com. */
  apiBase: string;
  /** Resolves when WeCom has given up or shown the whole answer. */
  say(said: Said): Promise<Delivery>;
  /** The platform delivers an earlier bot message once more. */
  deliverAgain(msgId: string): Promise<Delivery>;
  sayToApp(said: SaidToApp): Promise<Delivery>;
  /** The person opens the private chat; an event only the first time of the (UTC) day. */
  enterChat(userId: string): Promise<Delivery>;
  /** The console's check of both callback URLs. */
  verifyUrls(): Promise<{ bot: boolean; app: boolean }>;
  groupMessages(chatId: string): readonly ShownMessage[];
  /** The bot's and the app's private messages to one person, with the person's own, in order. */
  privateMessages(userId: string): readonly ShownMessage[];
  faults: FaultSwitches;
  /** What our application called, oldest first, secrets masked. */
  calls: readonly ApiCall[];
  close(): Promise<void>;
}

/** Starts WeCom's side on a loopback port. Throws Error for a corp id that could be real. */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  assertDemoOnly({ production: false, corpId: options.corpId });
  const koa = new Koa();
  koa.on('error', (error: Error) => options.onFault?.(`simulator: ${error.message}`));
  const server = new LoopbackServer((request, response) => void handle(request, response), options.port ?? 0);
  const parts = buildParts(options, server);
  koa.use(apiRouter(parts).routes());
  const page = options.page === false ? null : new PageRoutes(options, parts);
  if (page) koa.use(page.router().routes());
  const handle = koa.callback();
  await server.open();
  const { log, conversation, webhook } = parts;
  const url = parts.base();
  return {
    url,
    apiBase: url,
    say: (said) => conversation.say(said),
    deliverAgain: (msgId) => parts.bot.deliverAgain(msgId),
    sayToApp: (said) => conversation.sayToApp(said),
    enterChat: (userId) => conversation.enterChat(userId),
    verifyUrls: async () => ({ bot: await parts.bot.verifyUrl(), app: await parts.app.verifyUrl() }),
    groupMessages: (chatId) => log.messages(chatId),
    privateMessages: (userId) => log.messages(privateChat(userId)),
    faults: parts.faults,
    calls: parts.calls.list,
    close: async () => {
      page?.close();
      await webhook.close();
      await server.close();
    },
  };
}

function buildParts(options: SimulatorOptions, server: LoopbackServer) {
  const { clock, corpId } = options;
  const base = (): string => `http://127.0.0.1:${server.port}`;
  const fault = options.onFault ?? (() => undefined);
  const log = new ChatLog(clock);
  const userIds = options.people.map((person) => person.userId);
  const tokens = new Tokens(clock, corpId, options.app.secret);
  const faults = new FaultSwitches({
    expireTokens: () => tokens.expireAll(),
    refuseConnections: () => server.close(),
    acceptConnections: () => server.open(),
  });
  const webhook = new WebhookClient({
    base: typeof options.webhook === 'string' ? () => options.webhook as string : options.webhook,
    faults,
    answerWithinMs: options.answerWithinMs ?? 5_000,
    retryDelayMs: options.retryDelayMs ?? 5_000,
  });
  const openIds = new OpenIds(options.bot.botId, userIds);
  const lateReplies = new LateReplies(clock, log, base);
  const shared = { clock, log, webhook, fault };
  const bot = new BotCallbacks({ ...shared, bot: options.bot, openIds, lateReplies, pollDelayMs: options.pollDelayMs ?? 1_000 });
  const app = new AppCallbacks({ ...shared, app: options.app, corpId });
  const messages = new MessageSend({ app: options.app, clock, log, userIds, fault });
  const conversation = new Conversation(options, { bot, app, log, fault });
  return { ...shared, base, tokens, faults, openIds, lateReplies, bot, app, messages, conversation, calls: new ApiCalls() };
}
