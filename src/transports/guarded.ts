import type { Context } from 'koa';
import { AppError } from '../foundation/errors';
import type { Logger } from '../foundation/logger';
import { refuse } from './body';

/**
 * Does the work of a callback and answers 200. Whatever cannot be trusted gets the one refusal; for any other fault
 * `unanswered` writes what this platform should be told (whether it tries again differs).
 */
export async function guarded(ctx: Context, logger: Logger, work: () => Promise<void>, unanswered: () => void): Promise<void> {
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
    unanswered();
  }
}
