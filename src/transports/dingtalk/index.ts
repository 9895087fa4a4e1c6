import Router from '@koa/router';
import type { Context } from 'koa';
import type { Sender } from '../../delivery/outgoing';
import { guarded } from '../guarded';
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
  router.post('/dingtalk/robot', (ctx) =>
    guarded(
      ctx,
      options.logger,
      () => callback.receive(ctx),
      () => tellToTryAgain(ctx, options.texts.unavailable),
    ),
  );
  return { router, sender: new DingtalkSender(options, new AccessToken(options), dingtalkPacing(options)) };
}

/** Nothing says that DingTalk repeats a message after an error (dingtalk.md 1.5): whoever asked is told instead. */
function tellToTryAgain(ctx: Context, text: string): void {
  ctx.body = { msgtype: 'text', text: { content: plainText(text) } };
  ctx.status = 200;
}
