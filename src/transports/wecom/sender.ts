import type { Outgoing, Sender, SendOutcome } from '../../delivery/outgoing';
import { cleaned } from '../bytes';
import type { Pacing } from '../pacing';
import type { AccessToken } from './access-token';
import { call } from './api';
import { AppMessages } from './app-messages';
import type { WecomOptions } from './options';
import { outcomeOf } from './outcome';
import { plainWords } from './plain-words';
import type { ChatPush } from './socket/chat-push';

const replyLimit = 20_480;

/** The way out: a private message through the app, or the one late answer of a message (wecom.md 5.2, 3.8). */
export class WecomSender implements Sender {
  /** Half an hour short of the platform's memory (wecom.md 5.2). */
  readonly repeatSafeMs = 3.5 * 3_600_000;
  /** By the bot's long connection only (wecom.md 1). */
  readonly reachesGroups: boolean;
  readonly answersInChats: boolean;
  private readonly messages: AppMessages;

  constructor(
    private readonly options: WecomOptions,
    private readonly parts: { tokens: AccessToken; pacing: Pacing; push: ChatPush | null },
  ) {
    this.reachesGroups = this.answersInChats = parts.push !== null;
    this.messages = new AppMessages(options, parts);
  }

  async send(outgoing: Outgoing): Promise<SendOutcome> {
    if (cleaned(outgoing.text).trim() === '') return { kind: 'refused', code: '44004', reason: 'empty text' };
    const { to } = outgoing;
    if ('userId' in to) return this.messages.send(to.userId, outgoing);
    const outcome = await ('chatId' in to ? this.toChat(to.chatId, outgoing) : this.reply(to.lateReply, outgoing.text));
    return outcome.kind === 'refused' && to.orUserId ? this.messages.send(to.orUserId, { ...outgoing, format: 'text' }) : outcome;
  }

  private async toChat(chatId: string, outgoing: Outgoing): Promise<SendOutcome> {
    const { push } = this.parts;
    if (!push) return { kind: 'refused', code: 'no way to groups', reason: 'this way out reaches no groups' };
    return push.send(chatId, outgoing);
  }

  /** Words only: the address is good for one call, and a card alone would not say everything. */
  private async reply(address: string, text: string): Promise<SendOutcome> {
    const url = URL.canParse(address) ? new URL(address) : null;
    if (!url || url.host !== new URL(this.options.apiBase).host)
      return { kind: 'refused', code: 'address', reason: 'the reply address is not WeCom' };
    const body = { msgtype: 'markdown', markdown: { content: plainWords(text, replyLimit) } };
    return outcomeOf(await call(url, JSON.stringify(body)));
  }
}
