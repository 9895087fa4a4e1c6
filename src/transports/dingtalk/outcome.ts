import type { SendOutcome } from '../../delivery/outgoing';
import { AppError } from '../../foundation/errors';
import type { CallResult } from './api';
import { codeEntry } from './error-codes';

export const retryMs = 60_000;

/** What a code makes of a send: given up with advice, or later. */
export function afterCode(code: string): SendOutcome {
  const { reaction, advice, waitMs } = codeEntry(code);
  if (reaction === 'park' || reaction === 'alert') return { kind: 'refused', code, reason: advice };
  return { kind: 'later', code, afterMs: waitMs ?? retryMs };
}

/** The outcome of a call. `taken` looks into what the platform answered: HTTP 200 alone is not always success. */
export function outcomeOf(result: CallResult, taken: (answer: Record<string, unknown>) => SendOutcome): SendOutcome {
  if (result.kind === 'never') return { kind: 'later', code: result.code, afterMs: retryMs };
  if (result.kind === 'unknown') return { kind: 'unknown', code: result.code };
  return result.kind === 'refused' ? afterCode(result.code) : taken(result.answer);
}

/** Without a token nothing was sent. */
export async function withToken(call: () => Promise<SendOutcome>): Promise<SendOutcome> {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return error.reaction === 'alert'
      ? { kind: 'refused', code: error.code, reason: error.message }
      : { kind: 'later', code: error.code, afterMs: retryMs };
  }
}
