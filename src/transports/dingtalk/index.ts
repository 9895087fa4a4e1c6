import Router from '@koa/router';
import type { Context } from 'koa';
import type { Sender } from '../../delivery/outgoing';
import { guarded } from '../guarded';
import type { LongConnection } from '../long-connection';
import type { SignInWay } from '../sign-in-way';
import { AccessToken } from './access-token';
import { AppCalls } from './app-calls';
import { DingtalkDirectory } from './directory';
import { EventCallback } from './event-callback';
import type { DingtalkOptions } from './options';
import { plainText } from './plain-text';
import { RobotCallback } from './robot-callback';
import { probeRobot } from './robot-probe';
import { DingtalkSender } from './sender';
import { DingtalkSignIn } from './sign-in';
import { createStream } from './stream';

export type { DingtalkOptions } from './options';

export interface Dingtalk {
  /** POST /dingtalk/robot in HTTP mode, and /dingtalk/events where events are subscribed to. */
  router: Router;
  sender: Sender;
  /** Stream mode; null in HTTP mode. */
  stream: LongConnection | null;
  directory: DingtalkDirectory;
  signIn: SignInWay;
  /** Whether the robot may write to people; sends nothing. */
  probeRobot(): ReturnType<typeof probeRobot>;
}

/** DingTalk in and out for one body: the robot of an internal app, by HTTP or by Stream. */
export function createDingtalk(options: DingtalkOptions): Dingtalk {
  const router = new Router();
  if (!options.stream) openRobotCallback(router, options);
  if (options.events) {
    const events = new EventCallback(options, options.events);
    router.post('/dingtalk/events', (ctx) =>
      guarded(
        ctx,
        options.logger,
        () => events.receive(ctx),
        () => askToTryAgain(ctx),
      ),
    );
  }
  const tokens = new AccessToken(options);
  const directory = new DingtalkDirectory(options, tokens);
  return {
    router,
    sender: new DingtalkSender(options, tokens),
    stream: options.stream ? createStream(options, options.stream) : null,
    directory,
    signIn: new DingtalkSignIn(options, options.signIn, tokens),
    probeRobot: () => probeRobot(new AppCalls(options, tokens), options.robotCode),
  };
}

function openRobotCallback(router: Router, options: DingtalkOptions): void {
  const callback = new RobotCallback(options);
  router.post('/dingtalk/robot', (ctx) =>
    guarded(
      ctx,
      options.logger,
      () => callback.receive(ctx),
      () => tellToTryAgain(ctx, options.texts.unavailable),
    ),
  );
}

/** Nothing says that DingTalk repeats a message after an error: whoever asked is told instead. */
function tellToTryAgain(ctx: Context, text: string): void {
  ctx.body = { msgtype: 'text', text: { content: plainText(text) } };
  ctx.status = 200;
}

/** Anything but an encrypted 'success' makes the platform repeat an event after 10 s and 30 s. */
function askToTryAgain(ctx: Context): void {
  ctx.status = 503;
  ctx.body = 'try again';
}
