import Router from '@koa/router';
import type { Context } from 'koa';
import type { Sender } from '../../delivery/outgoing';
import { AppError } from '../../foundation/errors';
import type { Logger } from '../../foundation/logger';
import { refuse } from '../body';
import { AccessToken } from './access-token';
import { AppCallback } from './app-callback';
import { BotCallback } from './bot-callback';
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
  const doors = { '/wecom/bot': new BotCallback(options, new UserIds(options, tokens)), '/wecom/app': new AppCallback(options) };
  for (const [path, door] of Object.entries(doors)) {
    router.get(path, (ctx) => guarded(ctx, options.logger, async () => door.check(ctx)));
    router.post(path, (ctx) => guarded(ctx, options.logger, () => door.receive(ctx)));
  }
  return { router, sender: new WecomSender(options, tokens, wecomPacing(options)) };
}

/** One identical refusal for whatever cannot be trusted; 503 only for what the platform should try again (wecom.md 8). */
async function guarded(ctx: Context, logger: Logger, work: () => Promise<void>): Promise<void> {
  try {
    await work();
    ctx.status = 200;
  } catch (error) {
    const code = error instanceof AppError ? error.code : 'UNEXPECTED';
    if (code === 'FORGED' || code === 'MALFORMED') {
      logger.warn({ code, why: (error as Error).message, path: ctx.path }, 'a callback was refused');
      return refuse(ctx);
    }
    logger.error({ code, err: error, path: ctx.path }, 'a callback could not be answered');
    ctx.status = 503;
    ctx.type = 'text/plain';
    ctx.body = 'try again';
  }
}
