import { AppError } from '../../foundation/errors';
import type { CallResult } from './api';
import type { AppCalls } from './app-calls';

const wantsRecipients = /^invalidParameter\.userIds\./;

/**
 * Whether the robot may write to people, asked by a message to nobody: a platform that misses only the recipients grants the
 * rest. Nothing is sent; the month's plan is charged one call.
 */
export async function probeRobot(
  calls: AppCalls,
  robotCode: string,
): Promise<{ kind: 'granted' } | { kind: 'refused' | 'unclear'; code: string; words: string }> {
  const asked = { robotCode, userIds: [], msgKey: 'sampleText', msgParam: JSON.stringify({ content: '-' }) };
  const result = await attempt(() => calls.modern('/v1.0/robot/oToMessages/batchSend', asked));
  if (result.kind === 'refused' && wantsRecipients.test(result.code)) return { kind: 'granted' };
  if (result.kind === 'refused') return { kind: 'refused', code: result.code, words: result.words ?? '' };
  return { kind: 'unclear', code: result.kind === 'done' ? 'done' : result.code, words: '' };
}

async function attempt(work: () => Promise<CallResult>): Promise<CallResult> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AppError) return { kind: 'never', code: error.message };
    throw error;
  }
}
