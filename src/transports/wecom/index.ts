import Router from '@koa/router';
import type { Context } from 'koa';
import type { Sender } from '../../delivery/outgoing';
import { guarded } from '../guarded';
import type { SignInWay } from '../sign-in-way';
import { AccessToken } from './access-token';
import { AppCallback } from './app-callback';
import { AppPresses } from './app-press';
import { BotCallback } from './bot-callback';
import { BotConversation } from './bot-conversation';
import { ContactsCallback } from './contacts-callback';
import { WecomDirectory } from './directory';
import type { WecomOptions } from './options';
import { wecomPacing } from './pacing';
import { WecomSender } from './sender';
import { WecomSignIn } from './sign-in';
import { createBotSocket } from './socket';
import type { BotSocket } from './socket/bot-socket';
import { UserIds } from './user-ids';

export type { WecomOptions } from './options';

export interface Wecom {
  /** /wecom/app, /wecom/bot when the bot comes by callback, /wecom/contacts when the contact-sync helper is set up; GET and POST. */
  router: Router;
  sender: Sender;
  directory: WecomDirectory;
  signIn: SignInWay;
  /** The bot's long connection, to be started and stopped; null when it comes by callback. */
  socket: BotSocket | null;
}

/** WeCom in and out for one body: the AI bot by callback or by long connection, the self-built app beside it. */
export function createWecom(options: WecomOptions): Wecom {
  const tokens = new AccessToken(options);
  const router = new Router();
  const conversation = new BotConversation(options, new UserIds(options, tokens));
  const { bot } = options;
  const long = 'secret' in bot ? createBotSocket(options, bot, conversation) : null;
  const doors = {
    ...('token' in bot ? { '/wecom/bot': new BotCallback(options, bot, conversation) } : {}),
    '/wecom/app': new AppCallback(options, new AppPresses(options, tokens)),
    ...(options.contacts ? { '/wecom/contacts': new ContactsCallback(options, options.contacts) } : {}),
  };
  for (const [path, door] of Object.entries(doors)) {
    const answered = (ctx: Context, work: () => Promise<void>) => guarded(ctx, options.logger, work, () => askToTryAgain(ctx));
    router.get(path, (ctx) => answered(ctx, async () => door.check(ctx)));
    router.post(path, (ctx) => answered(ctx, () => door.receive(ctx)));
  }
  const sender = new WecomSender(options, { tokens, pacing: wecomPacing(options), push: long?.push ?? null });
  const directory = new WecomDirectory(options, tokens);
  return {
    router,
    sender,
    directory,
    signIn: new WecomSignIn(options, options.signIn, tokens),
    socket: long?.socket ?? null,
  };
}

/** The platform should try again. */
function askToTryAgain(ctx: Context): void {
  ctx.status = 503;
  ctx.type = 'text/plain';
  ctx.body = 'try again';
}
