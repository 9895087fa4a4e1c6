import type { SendOutcome } from '../../delivery/outgoing';
import { holdMs, retryMs, seenAddress, unanswered } from '../outcome';
import type { CallResult } from './api';
import { codeEntry } from './error-codes';

/** What a code makes of a send: given up with advice, or later. */
export function afterCode(code: string, words?: string): SendOutcome {
  const { reaction, advice, waitMs } = codeEntry(code);
  if (reaction === 'hold') return { kind: 'later', code, afterMs: holdMs, advice: advice + seenAddress(words) };
  if (reaction === 'park' || reaction === 'alert') return { kind: 'refused', code, reason: advice };
  return { kind: 'later', code, afterMs: waitMs ?? retryMs };
}

/** The outcome of a call. `taken` looks into what the platform answered: HTTP 200 alone is not always success. */
export function outcomeOf(result: CallResult, taken: (answer: Record<string, unknown>) => SendOutcome): SendOutcome {
  if (result.kind === 'never' || result.kind === 'unknown') return unanswered(result);
  return result.kind === 'refused' ? afterCode(result.code, result.words) : taken(result.answer);
}
