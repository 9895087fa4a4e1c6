import type { SendOutcome } from '../../delivery/outgoing';
import { holdMs, retryMs, seenAddress, unanswered } from '../outcome';
import type { CallResult } from './api';
import { codeEntry } from './error-codes';

/** What became of a send, from how its call ended. */
export function outcomeOf(result: CallResult): SendOutcome {
  if (result.kind === 'never' || result.kind === 'unknown') return unanswered(result);
  const { errcode = 0, errmsg, msgid } = result.answer;
  if (errcode !== 0) return afterCode(errcode, errmsg);
  return typeof msgid === 'string' ? { kind: 'sent', platformId: msgid } : { kind: 'sent' };
}

function afterCode(errcode: number, errmsg?: string): SendOutcome {
  const { reaction, advice, waitMs } = codeEntry(errcode);
  if (reaction === 'hold') return { kind: 'later', code: String(errcode), afterMs: holdMs, advice: advice + seenAddress(errmsg) };
  if (reaction === 'retry' || reaction === 'slow_down' || reaction === 'refresh_token')
    return { kind: 'later', code: String(errcode), afterMs: waitMs ?? retryMs };
  return { kind: 'refused', code: String(errcode), reason: advice };
}
