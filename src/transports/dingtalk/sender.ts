import type { Outgoing, Sender, SendOutcome } from '../../delivery/outgoing';
import { AppError } from '../../foundation/errors';
import type { Pacing } from '../pacing';
import type { AccessToken } from './access-token';
import { type CallResult, callAsApp, callOld } from './api';
import { codeEntry } from './error-codes';
import type { DingtalkOptions } from './options';
import { plainText } from './plain-text';
import { sessionAddress } from './session-address';

const path = '/v1.0/robot/oToMessages/batchSend';
const retryMs = 60_000;

/**
 * The way out: a private message through the robot, or the answer to a session (dingtalk.md 3.1, 3.3). Always plain text,
 * whatever format was meant for: markup would let members' words act as links.
 */
export class DingtalkSender implements Sender {
  /** batchSend has no check for duplicates: an unknown outcome stays unknown. */
  readonly repeatSafeMs = 0;

  constructor(
    private readonly options: DingtalkOptions,
    private readonly tokens: AccessToken,
    private readonly pacing: Pacing,
  ) {}

  async send({ to, text, asked }: Outgoing): Promise<SendOutcome> {
    const content = plainText(text);
    if (content.trim() === '') return afterCode('empty text');
    if ('chatId' in to) return { kind: 'refused', code: 'no way to groups', reason: 'this way out reaches no groups' };
    if ('userId' in to) return this.message(to.userId, content, asked ?? false);
    const outcome = await this.reply(to.lateReply, content);
    return outcome.kind === 'refused' && to.orUserId ? this.message(to.orUserId, content, true) : outcome;
  }

  private async message(userId: string, content: string, asked: boolean): Promise<SendOutcome> {
    if (userId.startsWith('$:')) return afterCode('encrypted id');
    const { clock, apiBase, robotCode, clientId } = this.options;
    const quiet = asked ? 0 : this.pacing.quietMinute(clock.now());
    if (quiet > 0) return { kind: 'later', code: 'quiet minute', afterMs: quiet };
    const wait = await this.pacing.waitFor(clientId);
    if (wait > 0) return { kind: 'later', code: 'app pace', afterMs: wait };
    const body = { robotCode, userIds: [userId], msgKey: 'sampleText', msgParam: JSON.stringify({ content }) };
    try {
      return outcomeOf(await callAsApp(this.tokens, new URL(path, apiBase), JSON.stringify(body)), userId);
    } catch (error) {
      // Without a token nothing was sent.
      if (!(error instanceof AppError)) throw error;
      return error.reaction === 'alert'
        ? { kind: 'refused', code: error.code, reason: error.message }
        : { kind: 'later', code: error.code, afterMs: retryMs };
    }
  }

  private async reply(address: string, content: string): Promise<SendOutcome> {
    const url = sessionAddress(address, this.options);
    if (!url) return afterCode('address');
    return outcomeOf(await callOld(url, JSON.stringify({ msgtype: 'text', text: { content } })), null);
  }
}

function outcomeOf(result: CallResult, userId: string | null): SendOutcome {
  if (result.kind === 'never') return { kind: 'later', code: result.code, afterMs: retryMs };
  if (result.kind === 'unknown') return { kind: 'unknown', code: result.code };
  if (result.kind === 'refused') return afterCode(result.code);
  const missed = userId !== null && missedRecipient(result.answer, userId);
  if (missed) return afterCode(missed);
  const { processQueryKey } = result.answer;
  return typeof processQueryKey === 'string' ? { kind: 'sent', platformId: processQueryKey } : { kind: 'sent' };
}

function afterCode(code: string): SendOutcome {
  const { reaction, advice, waitMs } = codeEntry(code);
  if (reaction === 'park' || reaction === 'alert') return { kind: 'refused', code, reason: advice };
  return { kind: 'later', code, afterMs: waitMs ?? retryMs };
}

// HTTP 200 does not mean that everybody got it (dingtalk.md 3.3).
function missedRecipient(answer: Record<string, unknown>, userId: string): string | null {
  const lists = ['invalidStaffIdList', 'flowControlledStaffIdList'] as const;
  return lists.find((list) => Array.isArray(answer[list]) && (answer[list] as unknown[]).includes(userId)) ?? null;
}
