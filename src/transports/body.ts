import type { Context } from 'koa';
import rawBody from 'raw-body';
import { AppError } from '../foundation/errors';

const limit = '64kb';

/** The raw request body, at most 64 KB. Throws FORGED for anything larger or broken off. */
export async function readBody(ctx: Context): Promise<string> {
  try {
    return await rawBody(ctx.req, { limit, encoding: 'utf8', length: ctx.req.headers['content-length'] ?? null });
  } catch {
    throw new AppError('FORGED', 'body');
  }
}

/** The one refusal: the same status, headers and body whatever was wrong. */
export function refuse(ctx: Context): void {
  ctx.status = 403;
  ctx.type = 'text/plain';
  ctx.set('Connection', 'close');
  ctx.body = 'forbidden';
}

/** A single query parameter as text; repeated or absent ones are empty. */
export function parameter(ctx: Context, ...names: string[]): string {
  for (const name of names) {
    const value = ctx.query[name];
    if (typeof value === 'string') return value;
  }
  return '';
}
