import type { Context, Next } from 'koa';
import type { Console } from './console-parts';
import { sendPage } from './frame';
import { TroublePage } from './sign-in-pages';
import { visitorAddress } from './visitor-address';

/** Answers one sentence instead of the page to whom asks for pages faster than anybody reads. */
export function unlessTooMany({ limits, jars, assets }: Console): (ctx: Context, next: Next) => Promise<void> {
  return async (ctx, next) => {
    const session = jars.session.get(ctx);
    const calm = limits.ofAddress.take(visitorAddress(ctx)) && (session === undefined || limits.ofSession.take(session));
    if (calm) return next();
    ctx.set('retry-after', '60');
    sendPage(ctx, TroublePage({ trouble: 'tooFast', style: assets.style.path }), { status: 429 });
  };
}
