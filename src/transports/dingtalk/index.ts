import Router from '@koa/router';
import type { Context } from 'koa';
import type { Sender } from '../../delivery/outgoing';
import { AppError } from '../../foundation/errors';
import { refuse } from '../body';
import { AccessToken } from './access-token';
import type { DingtalkOptions } from './options';
import { dingtalkPacing } from './pacing';
import { plainText } from './plain-text';
import { RobotCallback } from './robot-callback';
import { DingtalkSender } from './sender';

export type { DingtalkOptions } from './options';

export interface Dingtalk {
  /** POST /dingtalk/robot. */
  router: Router;
  sender: Sender;
}

/** DingTalk in and out for one body: the robot of an internal app, by HTTP. */
export function createDingtalk(options: DingtalkOptions): Dingtalk {
  const callback = new RobotCallback(options);
  const router = new Router();
  router.post('/dingtalk/robot', (ctx) => guarded(ctx, options, () => callback.receive(ctx)));
  return { router, sender: new DingtalkSender(options, new AccessToken(options), dingtalkPacing(options)) };
}

/**
 * One identical refusal for whatever cannot be trusted. Nothing says that DingTalk repeats a message after an error
 * (dingtalk.md 1.5): whoever asked is told to try again instead.
 */
async function guarded(ctx: Context, { logger, texts }: DingtalkOptions, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const code = error instanceof AppError ? error.code : 'UNEXPECTED';
    if (code === 'FORGED' || code === 'MALFORMED') {
      logger.warn({ code, why: (error as Error).message, path: ctx.path }, 'a callback was refused');
      return refuse(ctx);
    }
    logger.error({ code, err: error, path: ctx.path }, 'a callback could not be answered');
    ctx.body = { msgtype: 'text', text: { content: plainText(texts.unavailable) } };
  }
  ctx.status = 200;
}
