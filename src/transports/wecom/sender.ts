import type { Outgoing, Sender, SendOutcome } from '../../delivery/outgoing';
import { AppError } from '../../foundation/errors';
import { cleaned } from '../bytes';
import type { Pacing } from '../pacing';
import type { AccessToken } from './access-token';
import { type ApiAnswer, type CallResult, call } from './api';
import { callAsApp } from './app-api';
import { codeEntry } from './error-codes';
import type { WecomOptions } from './options';
import { plainWords } from './plain-words';
import type { ChatPush } from './socket/chat-push';

const appLimit = 2_048;
const replyLimit = 20_480;
/** The longest memory of the platform's duplicate check (wecom.md 5.2). */
const duplicateSeconds = 14_400;
const retryMs = 60_000;

/** The way out: a private message through the app, or the one late answer of a message (wecom.md 5.2, 3.8). */
export class WecomSender implements Sender {
  /** Half an hour short of the platform's memory (wecom.md 5.2). */
  readonly repeatSafeMs = 3.5 * 3_600_000;
  /** By the bot's long connection only (wecom.md 1). */
  readonly reachesGroups: boolean;
  readonly answersInChats: boolean;

  constructor(
    private readonly options: WecomOptions,
    private readonly parts: { tokens: AccessToken; pacing: Pacing; push: ChatPush | null },
  ) {
    this.reachesGroups = this.answersInChats = parts.push !== null;
  }

  async send(outgoing: Outgoing): Promise<SendOutcome> {
    if (cleaned(outgoing.text).trim() === '') return { kind: 'refused', code: '44004', reason: 'empty text' };
    const { to } = outgoing;
    if ('chatId' in to) return this.toChat(to, outgoing);
    if ('userId' in to) return this.message(to.userId, outgoing);
    const outcome = await this.reply(to.lateReply, outgoing.text);
    return outcome.kind === 'refused' && to.orUserId ? this.message(to.orUserId, { ...outgoing, format: 'text' }) : outcome;
  }

  private async toChat(to: { chatId: string; orUserId?: string }, outgoing: Outgoing): Promise<SendOutcome> {
    const { push } = this.parts;
    if (!push) return { kind: 'refused', code: 'no way to groups', reason: 'this way out reaches no groups' };
    const outcome = await push.send(to.chatId, outgoing);
    return outcome.kind === 'refused' && to.orUserId ? this.message(to.orUserId, { ...outgoing, format: 'text' }) : outcome;
  }

  private async message(userId: string, { format, text, asked }: Outgoing): Promise<SendOutcome> {
    const { clock, app, apiBase } = this.options;
    const quiet = asked ? 0 : this.parts.pacing.quietMinute(clock.now());
    if (quiet > 0) return { kind: 'later', code: 'quiet minute', afterMs: quiet };
    const wait = await this.parts.pacing.waitFor(`${app.agentId}:${userId.toLowerCase()}`);
    if (wait > 0) return { kind: 'later', code: 'member pace', afterMs: wait };
    const body = {
      touser: userId,
      msgtype: format,
      agentid: Number(app.agentId),
      [format]: { content: plainWords(text, appLimit) },
      enable_duplicate_check: 1,
      duplicate_check_interval: duplicateSeconds,
    };
    try {
      return outcomeOf(await callAsApp(this.parts.tokens, apiBase, '/cgi-bin/message/send', JSON.stringify(body)), userId);
    } catch (error) {
      // Without a token nothing was sent.
      if (error instanceof AppError)
        return error.reaction === 'alert'
          ? { kind: 'refused', code: error.code, reason: error.message }
          : { kind: 'later', code: error.code, afterMs: retryMs };
      throw error;
    }
  }

  private async reply(address: string, text: string): Promise<SendOutcome> {
    const url = URL.canParse(address) ? new URL(address) : null;
    if (!url || url.host !== new URL(this.options.apiBase).host)
      return { kind: 'refused', code: 'address', reason: 'the reply address is not WeCom' };
    const body = { msgtype: 'markdown', markdown: { content: plainWords(text, replyLimit) } };
    return outcomeOf(await call(url, JSON.stringify(body)), null);
  }
}

function outcomeOf(result: CallResult, userId: string | null): SendOutcome {
  if (result.kind === 'never') return { kind: 'later', code: result.code, afterMs: retryMs };
  if (result.kind === 'unknown') return { kind: 'unknown', code: result.code };
  const { errcode = 0 } = result.answer;
  if (errcode !== 0) return afterCode(errcode);
  const missed = userId !== null && missedRecipient(result.answer, userId);
  if (missed) return { kind: 'refused', code: missed, reason: 'the member cannot be reached through the app' };
  const { msgid } = result.answer;
  return typeof msgid === 'string' ? { kind: 'sent', platformId: msgid } : { kind: 'sent' };
}

function afterCode(errcode: number): SendOutcome {
  const { reaction, advice, waitMs } = codeEntry(errcode);
  if (reaction === 'retry' || reaction === 'slow_down' || reaction === 'refresh_token')
    return { kind: 'later', code: String(errcode), afterMs: waitMs ?? retryMs };
  return { kind: 'refused', code: String(errcode), reason: advice };
}

// errcode is 0 also when nobody was reached; the lists come back in lower case (wecom.md 5.2, 7.19).
function missedRecipient(answer: ApiAnswer, userId: string): string | null {
  for (const list of ['invaliduser', 'unlicenseduser'] as const) {
    const value = answer[list];
    if (typeof value === 'string' && value.toLowerCase().split('|').includes(userId.toLowerCase())) return list;
  }
  return null;
}
