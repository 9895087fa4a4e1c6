import { isIP } from 'node:net';
import type { Context } from 'koa';

const ours = /^(?:127\.|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|::1$|f[cd])/i;

/** Where a browser is. Only a proxy that stands near may say so, and only of whom it has spoken with itself: the last in its list. */
export function visitorAddress(ctx: Context): string {
  const peer = (ctx.req.socket.remoteAddress ?? '').replace(/^::ffff:/i, '');
  const said = ctx.get('x-forwarded-for').split(',').at(-1)?.trim() ?? '';
  return ours.test(peer) && isIP(said) !== 0 ? said : peer;
}
