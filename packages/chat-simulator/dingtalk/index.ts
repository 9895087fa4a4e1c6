import Koa from 'koa';
import { privateChat, type ShownMessage } from '../chat-log';
import { assertDemoOnly } from '../demo-only';
import type { FaultSwitches } from '../faults';
import { LoopbackServer } from '../loopback-server';
import type { Delivery, Pressed, Said } from '../options';
import type { PageStage } from '../page-stage';
import { apiRouter } from './api';
import type { DingtalkCall } from './api-calls';
import type { SentToRobot } from './conversation';
import type { Gateway } from './gateway';
import type { DingtalkSimulatorOptions } from './options';
import { buildParts } from './parts';
import type { Personnel } from './personnel';
import type { StreamEvent } from './stream-robot';

export type { SentMedia } from '../sent-media';
export type { DingtalkCall } from './api-calls';
export type { SentToRobot } from './conversation';
export type { DingtalkSimulatorOptions } from './options';
export type { StreamEvent } from './stream-robot';

/** DingTalk as our application meets it: people who type, the API it calls, the gateway of Stream mode, what the client shows. */
export interface DingtalkSimulator {
  /** What stands for https://api.dingtalk.com and https://oapi.dingtalk.com. */
  apiBase: string;
  /** Resolves when DingTalk has shown the answer (HTTP mode) or has its ack (Stream mode: the answer follows by itself). */
  say(said: Said): Promise<Delivery>;
  /** A person sends a picture, a file or a recording; nothing is delivered of what a robot does not get in groups. */
  send(sent: SentToRobot): Promise<Delivery>;
  /** A person presses a button they see: its line is said in their name. */
  press(pressed: Pressed): Promise<Delivery>;
  /** The platform delivers an earlier message once more; in Stream mode under a new frame id. */
  deliverAgain(msgId: string): Promise<Delivery>;
  /** Pushes an event over Stream, or posts it where HTTP is subscribed to; resolves with the status of its ack, null without one. */
  event(event: StreamEvent): Promise<string | null>;
  /** What the organisation's administrator does; the application is told of each change. */
  personnel: Personnel;
  /** What the console does when the address of the events is saved; false without one. */
  checkEventUrl(): Promise<boolean>;
  /** What the console shows under 用量管控: used up in this month. */
  usage(): { calls: number; pushes: number };
  /** Stream mode, seen and disturbed from DingTalk's side. */
  stream: Pick<Gateway, 'live' | 'open' | 'asked' | 'push' | 'ping' | 'disconnect' | 'raw' | 'drop' | 'silence'>;
  groupMessages(chatId: string): readonly ShownMessage[];
  /** The robot's messages to one person, with the person's own, in order. */
  privateMessages(userId: string): readonly ShownMessage[];
  faults: FaultSwitches;
  /** For the chat page of the other simulator (its `beside`). */
  onPage: PageStage;
  /** What our application called, oldest first, secrets masked. */
  calls: readonly DingtalkCall[];
  close(): Promise<void>;
}

/** Starts DingTalk's side on a loopback port. Throws Error for a corp id that could be real. */
export async function startDingtalkSimulator(options: DingtalkSimulatorOptions): Promise<DingtalkSimulator> {
  assertDemoOnly({ production: false, corpId: options.corpId });
  const koa = new Koa();
  koa.on('error', (error: Error) => options.onFault?.(`simulator: ${error.message}`));
  const server = new LoopbackServer(
    (request, response) => void handle(request, response),
    options.port ?? 0,
    (...asked) => parts.gateway.upgrade(...asked),
  );
  const parts = buildParts(options, server);
  koa.use(apiRouter(parts).routes()).use(parts.signIn.router().routes());
  const handle = koa.callback();
  await server.open();
  const { conversation, way, stream, http, gateway, log, posts } = parts;
  return {
    apiBase: parts.base(),
    say: (said) => conversation.say(said),
    send: (sent) => conversation.send(sent),
    press: (pressed) => conversation.press(pressed),
    deliverAgain: (msgId) => way.deliverAgain(msgId),
    event: (event) => (posts ?? stream).event(event),
    checkEventUrl: async () => (await posts?.checkUrl()) ?? false,
    personnel: parts.personnel,
    usage: () => ({ ...parts.quota.now() }),
    stream: gateway,
    groupMessages: (chatId) => log.messages(chatId),
    privateMessages: (userId) => log.messages(privateChat(userId)),
    faults: parts.faults,
    onPage: stageOf(options, parts),
    calls: parts.calls.list,
    close: async () => {
      stream.close();
      posts?.close();
      gateway.close();
      await http.close();
      await server.close();
    },
  };
}

function stageOf({ robotName }: DingtalkSimulatorOptions, parts: ReturnType<typeof buildParts>): PageStage {
  const { log, cards, conversation, people, groups } = parts;
  return {
    platform: 'dingtalk',
    people,
    groups,
    botName: robotName,
    log,
    cards,
    say: (said) => conversation.say(said),
    press: (pressed) => conversation.press(pressed),
  };
}
