import { AddressBook } from './address-book';
import { ApiCalls } from './api-calls';
import { AppCallbacks } from './app-callbacks';
import { AppChats } from './app-chats';
import { BotCallbacks } from './bot-callbacks';
import type { BotWay } from './bot-payload';
import { createBotSocket } from './bot-socket';
import { Cards } from './cards';
import { ChatLog } from './chat-log';
import { CompanyEvents } from './company-events';
import { Conversation } from './conversation';
import { FaultSwitches } from './faults';
import { GroupWebhooks } from './group-webhooks';
import { LateReplies } from './late-replies';
import type { LoopbackServer } from './loopback-server';
import { MediaFiles } from './media-files';
import { MessageSend } from './message-send';
import { OpenIds } from './open-ids';
import type { SimulatorOptions } from './options';
import { Personnel } from './personnel';
import { SignInCodes } from './sign-in-codes';
import { Tokens } from './tokens';
import { WebhookClient } from './webhook-client';
import { WecomSignInPages } from './wecom-sign-in';

/** Everything WeCom consists of, put together for one organisation. */
export function buildParts(options: SimulatorOptions, server: LoopbackServer) {
  const { clock, corpId, answerWithinMs = 5_000 } = options;
  const base = (): string => `http://127.0.0.1:${server.port}`;
  const fault = options.onFault ?? (() => undefined);
  const log = new ChatLog(clock);
  const userIds = (): string[] => options.people.map((person) => person.userId);
  const inRange = (): string[] => userIds().filter((userId) => !(options.outside ?? []).includes(userId));
  const tokens = new Tokens(clock, corpId, options.app.secret);
  const faults = new FaultSwitches({
    expireTokens: () => tokens.expireAll(),
    refuseConnections: () => refuse(server, () => socket.server.drop()),
    acceptConnections: () => server.open(),
  });
  const { webhook: address, retryDelayMs = 5_000, againWhen } = options;
  const target = typeof address === 'string' ? () => address : address;
  const webhook = new WebhookClient({ base: target, faults, answerWithinMs, retryDelayMs, againWhen });
  const openIds = new OpenIds(options.bot.botId, userIds);
  const lateReplies = new LateReplies(clock, log, base);
  const calls = new ApiCalls();
  const application = (): string => options.pages ?? (typeof address === 'string' ? address : address());
  const signIn = new WecomSignInPages(options, { codes: new SignInCodes(clock), application });
  const shared = { clock, log, webhook, fault };
  const cards = new Cards(log, clock);
  const ofBot = { ...shared, bot: options.bot, openIds, lateReplies, cards };
  const bot = new BotCallbacks({ ...ofBot, pollDelayMs: options.pollDelayMs ?? 1_000 });
  const socket = createBotSocket({ ...ofBot, faults, groups: options.groups, userIds, answerWithinMs, calls, files: () => files });
  const app = new AppCallbacks({ ...shared, app: options.app, corpId, cards });
  const events = new CompanyEvents({ ...shared, app, corpId, ...(options.contacts ? { contacts: options.contacts } : {}) });
  const [personnel, book] = [new Personnel({ people: options.people, groups: options.groups, events }), new AddressBook(options)];
  const sends = {
    messages: new MessageSend({ app: options.app, clock, log, userIds: inRange, cards, fault, hasMedia: (id) => files.has(id) }),
    chats: new AppChats({ clock, log, userIds: inRange, hasMedia: (id) => files.has(id) }),
    webhooks: new GroupWebhooks({ clock, log, groups: options.groups }),
  };
  const way: BotWay = options.bot.secret === undefined ? bot : socket.way;
  const files = new MediaFiles({ clock, base, bot: options.bot });
  const conversation = new Conversation(options, { bot: way, app, log, cards, files, base, fault });
  const waysIn = { bot, socket, way, app, conversation };
  return { ...shared, ...sends, ...waysIn, signIn, book, personnel, files, base, cards, tokens, faults, openIds, lateReplies, calls };
}

async function refuse(server: LoopbackServer, dropLong: () => void): Promise<void> {
  const closed = server.close();
  dropLong();
  await closed;
}
