import Koa from 'koa';
import { apiRouter } from './api';
import type { ApiCall } from './api-calls';
import type { LongConnection } from './bot-socket';
import { privateChat, type ShownMessage } from './chat-log';
import type { Sent } from './conversation';
import { assertDemoOnly } from './demo-only';
import type { FaultSwitches } from './faults';
import { LoopbackServer } from './loopback-server';
import type { Delivery, Pressed, Said, SaidToApp, SimulatorOptions } from './options';
import { PageRoutes } from './page-routes';
import type { PageStage } from './page-stage';
import { buildParts } from './parts';
import type { Personnel } from './personnel';

export type { ApiCall } from './api-calls';
export type { LongConnection } from './bot-socket';
export type { ShownMessage } from './chat-log';
export type { Sent } from './conversation';
export { assertDemoOnly } from './demo-only';
export type { FaultSwitches } from './faults';
export type { Delivery, Group, Person, Pressed, Said, SaidToApp, SimulatorOptions } from './options';
export type { SentMedia } from './sent-media';

/** WeCom as our application meets it: people who type, the API it calls, and what the client shows. */
export interface Simulator {
  /** Address of the chat page, without a path. */
  url: string;
  /** What stands for https://qyapi.weixin.qq.com. */
  apiBase: string;
  /** What stands for wss://openws.work.weixin.qq.com. */
  socketUrl: string;
  /** The bot's long connection, seen and disturbed from WeCom's side. */
  longConnection: LongConnection;
  /** Resolves when WeCom has given up or shown the whole answer. */
  say(said: Said): Promise<Delivery>;
  /** The platform delivers an earlier bot message once more. */
  deliverAgain(msgId: string): Promise<Delivery>;
  sayToApp(said: SaidToApp): Promise<Delivery>;
  /** A picture, a file, a recording, to the bot or the app. */
  send(sent: Sent): Promise<Delivery>;
  /** A person presses a button they see; resolves with what their card shows then, null when nothing new yet. */
  press(pressed: Pressed): Promise<Delivery>;
  /** The person opens the private chat; an event only the first time of the (UTC) day. */
  enterChat(userId: string): Promise<Delivery>;
  /** The console's check of both callback URLs. */
  verifyUrls(): Promise<{ bot: boolean; app: boolean }>;
  groupMessages(chatId: string): readonly ShownMessage[];
  /** The bot's and the app's private messages to one person, with the person's own, in order. */
  privateMessages(userId: string): readonly ShownMessage[];
  /** Who comes to the company, goes, or is called otherwise: told to the application as WeCom does. */
  personnel: Personnel;
  faults: FaultSwitches;
  /** What our application called, oldest first, secrets masked. */
  calls: readonly ApiCall[];
  close(): Promise<void>;
}

/** Starts WeCom's side on a loopback port. `beside`: another platform whose chats the same page shows. Throws Error for a corp id that could be real. */
export async function startSimulator(given: SimulatorOptions, beside?: PageStage): Promise<Simulator> {
  // People come and go; the caller's lists stay as they are.
  const options = { ...given, people: [...given.people], groups: given.groups.map((group) => ({ ...group })) };
  assertDemoOnly({ production: false, corpId: options.corpId });
  const koa = new Koa();
  koa.on('error', (error: Error) => options.onFault?.(`simulator: ${error.message}`));
  const server = new LoopbackServer(
    (request, response) => void handle(request, response),
    options.port ?? 0,
    (...asked) => parts.socket.server.upgrade(...asked),
  );
  const parts = buildParts(options, server);
  for (const router of [apiRouter(parts), parts.signIn.router(), parts.files.router()]) koa.use(router.routes());
  const page = options.page === false ? null : new PageRoutes(options, [stageOf(options, parts), ...(beside ? [beside] : [])], parts.fault);
  if (page) koa.use(page.router().routes());
  const handle = koa.callback();
  await server.open();
  const { log, conversation } = parts;
  const url = parts.base();
  return {
    url,
    apiBase: url,
    socketUrl: url.replace('http', 'ws'),
    longConnection: parts.socket.control,
    say: (said) => conversation.say(said),
    deliverAgain: (msgId) => parts.way.deliverAgain(msgId),
    sayToApp: (said) => conversation.sayToApp(said),
    send: (sent) => conversation.send(sent),
    press: (pressed) => conversation.press(pressed),
    enterChat: (userId) => conversation.enterChat(userId),
    verifyUrls: async () => ({ bot: await parts.bot.verifyUrl(), app: await parts.app.verifyUrl() }),
    groupMessages: (chatId) => log.messages(chatId),
    privateMessages: (userId) => log.messages(privateChat(userId)),
    personnel: parts.personnel,
    faults: parts.faults,
    calls: parts.calls.list,
    close: () => closed(parts, server, page),
  };
}

async function closed({ webhook, socket }: ReturnType<typeof buildParts>, server: LoopbackServer, page: PageRoutes | null): Promise<void> {
  page?.close();
  await webhook.close();
  socket.server.close();
  await server.close();
}

function stageOf({ people, groups, bot }: SimulatorOptions, { log, cards, conversation }: ReturnType<typeof buildParts>): PageStage {
  return {
    platform: 'wecom',
    people,
    groups,
    botName: bot.name,
    log,
    cards,
    say: (said) => conversation.say(said),
    press: (pressed) => conversation.press(pressed),
    enterChat: (userId) => conversation.enterChat(userId),
  };
}
