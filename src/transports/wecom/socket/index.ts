import { digest } from '../../../foundation/ids';
import type { BotConversation } from '../bot-conversation';
import type { BotBySocket, WecomOptions } from '../options';
import { chatPacing } from '../pacing';
import { BotSocket } from './bot-socket';
import { SocketCallbacks } from './callbacks';
import { ChatPush } from './chat-push';
import { Lease } from './lease';

const defaultLeaseMs = 10_000;
const defaultTickMs = 250;

/** The bot's long connection with its answers, and the way to speak unasked. Connects nowhere until `start`. */
export function createBotSocket(options: WecomOptions, bot: BotBySocket, conversation: BotConversation) {
  const { redis, prefix, logger, clock } = options;
  const { botId, secret, socketUrl, steady, chats } = bot;
  const leaseMs = bot.leaseMs ?? defaultLeaseMs;
  const pacing = chatPacing(options);
  const callbacks = new SocketCallbacks(options, bot, { conversation, pacing });
  const socket = new BotSocket({
    url: socketUrl,
    botId,
    secret,
    lease: new Lease(redis, `${prefix}:wecom:socket:${digest(botId)}`, leaseMs),
    leaseMs,
    tickMs: bot.tickMs ?? defaultTickMs,
    steady,
    logger,
    handle: (frame, respond) => callbacks.handle(frame, respond),
  });
  const push = new ChatPush({ ask: (command, body) => socket.ask(command, body), chats, pacing, now: () => clock.now() });
  return { socket, push };
}
