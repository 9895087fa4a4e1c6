import Router from '@koa/router';
import type { Context } from 'koa';
import type { Sender } from '../../delivery/outgoing';
import { guarded } from '../guarded';
import { AccessToken } from './access-token';
import { AppCallback } from './app-callback';
import { BotCallback } from './bot-callback';
import { BotConversation } from './bot-conversation';
import type { WecomOptions } from './options';
import { wecomPacing } from './pacing';
import { WecomSender } from './sender';
import { UserIds } from './user-ids';

export type { WecomOptions } from './options';

export interface Wecom {
  /** /wecom/bot and /wecom/app, GET and POST. */
  router: Router;
  sender: Sender;
}

/** WeCom in and out for one body: the AI bot by callback, the self-built app beside it. */
export function createWecom(options: WecomOptions): Wecom {
  const tokens = new AccessToken(options);
  const router = new Router();
  const conversation = new BotConversation(options, new UserIds(options, tokens));
  const doors = { '/wecom/bot': new BotCallback(options, conversation), '/wecom/app': new AppCallback(options) };
  for (const [path, door] of Object.entries(doors)) {
    const answered = (ctx: Context, work: () => Promise<void>) => guarded(ctx, options.logger, work, () => askToTryAgain(ctx));
    router.get(path, (ctx) => answered(ctx, async () => door.check(ctx)));
    router.post(path, (ctx) => answered(ctx, () => door.receive(ctx)));
  }
  return { router, sender: new WecomSender(options, tokens, wecomPacing(options)) };
}

/** The platform should try again (wecom.md 8). */
function askToTryAgain(ctx: Context): void {
  ctx.status = 503;
  ctx.type = 'text/plain';
  ctx.body = 'try again';
}
