import type { Outgoing, Sender, SendOutcome } from '../../delivery/outgoing';
import { cleaned } from '../bytes';
import type { Pacing } from '../pacing';
import { inOne, inParts } from '../parts';
import type { AccessToken } from './access-token';
import { call } from './api';
import { AppMessages } from './app-messages';
import { GroupWebhooks, mentionTail } from './group-webhooks';
import { mentionable } from './mentions';
import type { WecomOptions } from './options';
import { outcomeOf } from './outcome';
import { plainWords } from './plain-words';
import { limits, narrowest, roomOf, type WayOut } from './rooms';
import type { ChatPush } from './socket/chat-push';

interface ChatWay {
  readonly takes: WayOut;
  send(chatId: string, outgoing: Outgoing): Promise<SendOutcome>;
}

/**
 * The ways out. A person: the app in private. A message: its one address for a late answer. A group: its
 * webhook, else the bot's long connection, and that too where the webhook is refused.
 */
export class WecomSender implements Sender {
  /** Half an hour short of the platform's memory. */
  readonly repeatSafeMs = 3.5 * 3_600_000;
  readonly answersInChats: boolean;
  private readonly messages: AppMessages;
  private readonly webhooks: GroupWebhooks;

  constructor(
    private readonly options: WecomOptions,
    private readonly means: { tokens: AccessToken; pacing: Pacing; push: ChatPush | null },
  ) {
    this.answersInChats = means.push !== null;
    this.messages = new AppMessages(options, means);
    this.webhooks = new GroupWebhooks(options);
  }

  reachesGroup(chatId: string): boolean {
    return this.waysTo(chatId).length > 0;
  }

  /** An address for a late answer takes one message; of a group's ways the one that takes least counts. */
  parts({ to, text, mentions = [] }: Outgoing): string[] {
    const { cutShort } = this.options;
    if ('lateReply' in to) return [inOne(text, roomOf('reply', cutShort))];
    const ways = 'chatId' in to ? this.waysTo(to.chatId).map(({ takes }) => takes) : [];
    const way = narrowest(ways);
    const reserved = way === 'webhook' ? Buffer.byteLength(mentionTail(mentionable(mentions))) : 0;
    return inParts(text, roomOf(way, cutShort, reserved));
  }

  async send(outgoing: Outgoing): Promise<SendOutcome> {
    if (cleaned(outgoing.text).trim() === '') return { kind: 'refused', code: '44004', reason: 'empty text' };
    const { to } = outgoing;
    if ('userId' in to) return this.messages.send(to.userId, outgoing);
    const outcome = await ('chatId' in to ? this.toChat(to.chatId, outgoing) : this.reply(to.lateReply, outgoing.text));
    return outcome.kind === 'refused' && to.orUserId ? this.messages.send(to.orUserId, { ...outgoing, format: 'text' }) : outcome;
  }

  private async toChat(chatId: string, outgoing: Outgoing): Promise<SendOutcome> {
    let outcome: SendOutcome = { kind: 'refused', code: 'no way to groups', reason: 'bind a webhook to the group: WECOM_GROUP_WEBHOOKS' };
    for (const way of this.waysTo(chatId)) {
      outcome = await way.send(chatId, outgoing);
      if (outcome.kind !== 'refused') return outcome;
    }
    return outcome;
  }

  private waysTo(chatId: string): ChatWay[] {
    const { push } = this.means;
    return [...(this.webhooks.has(chatId) ? [this.webhooks] : []), ...(push ? [push] : [])];
  }

  /** Words only: the address is good for one call, and a card alone would not say everything. */
  private async reply(address: string, text: string): Promise<SendOutcome> {
    const url = URL.canParse(address) ? new URL(address) : null;
    if (!url || url.host !== new URL(this.options.apiBase).host)
      return { kind: 'refused', code: 'address', reason: 'the reply address is not WeCom' };
    const body = { msgtype: 'markdown', markdown: { content: plainWords(text, limits.reply.bytes) } };
    return outcomeOf(await call(url, JSON.stringify(body)));
  }
}
