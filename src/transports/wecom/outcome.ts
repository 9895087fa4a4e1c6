import type { SendOutcome } from '../../delivery/outgoing';
import { retryMs, unanswered } from '../outcome';
import type { CallResult } from './api';
import { codeEntry } from './error-codes';

/** What became of a send, from how its call ended. */
export function outcomeOf(result: CallResult): SendOutcome {
  if (result.kind === 'never' || result.kind === 'unknown') return unanswered(result);
  const { errcode = 0, msgid } = result.answer;
  if (errcode !== 0) return afterCode(errcode);
  return typeof msgid === 'string' ? { kind: 'sent', platformId: msgid } : { kind: 'sent' };
}

function afterCode(errcode: number): SendOutcome {
  const { reaction, advice, waitMs } = codeEntry(errcode);
  if (reaction === 'retry' || reaction === 'slow_down' || reaction === 'refresh_token')
    return { kind: 'later', code: String(errcode), afterMs: waitMs ?? retryMs };
  return { kind: 'refused', code: String(errcode), reason: advice };
}
