import type { SendOutcome } from '../delivery/outgoing';
import { AppError } from '../foundation/errors';

/** When nothing better is known of a platform that could not be asked now. */
export const retryMs = 60_000;

/** While the operator has to mend something, it is looked at again so often. */
export const holdMs = 600_000;

/** The platform names the address it saw: 'not allow to access from your ip, from ip: 1.2.3.4'. */
export function seenAddress(words: string | undefined): string {
  const address = /(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])/.exec(words ?? '')?.[0];
  return address ? ` The address is ${address}.` : '';
}

/** Of a call that brought no answer: it never left, or nobody knows what became of it. */
export const unanswered = ({ kind, code }: { kind: 'never' | 'unknown'; code: string }): SendOutcome =>
  kind === 'never' ? { kind: 'later', code, afterMs: retryMs } : { kind: 'unknown', code };

/** Without a token nothing was sent: the outcome then says what to do about that. */
export async function withToken(work: () => Promise<SendOutcome>): Promise<SendOutcome> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return error.reaction === 'alert'
      ? { kind: 'later', code: error.code, afterMs: holdMs, advice: error.message }
      : { kind: 'later', code: error.code, afterMs: retryMs };
  }
}
