import type { Context } from 'koa';

export interface CookieJar {
  get(ctx: Context): string | undefined;
  set(ctx: Context, value: string, lifetimeMs: number): void;
  clear(ctx: Context): void;
}

/**
 * One cookie of ours: out of reach for scripts, not sent along by other sites' forms. Behind TLS it is bound to this host
 * (`__Host-`), so that no neighbour under the same domain can plant one.
 */
export function cookie(name: string, { secure }: { secure: boolean }): CookieJar {
  const full = secure ? `__Host-${name}` : name;
  const options = { httpOnly: true, sameSite: 'lax', path: '/', secure, signed: false, overwrite: true } as const;
  const write = (ctx: Context, value: string, maxAge: number): void => {
    // TLS ends at the proxy: what koa sees of the connection says nothing.
    ctx.cookies.secure = secure;
    ctx.cookies.set(full, value, { ...options, maxAge });
  };
  return {
    get: (ctx) => ctx.cookies.get(full, { signed: false }),
    set: write,
    clear: (ctx) => write(ctx, '', 0),
  };
}
