import type { KnownChat, KnownChats } from '../../../delivery/known-chats';
import type { Outgoing, SendOutcome } from '../../../delivery/outgoing';
import { retryMs } from '../../outcome';
import type { Pacing } from '../../pacing';
import { codeEntry } from '../error-codes';
import { plainWords } from '../plain-words';
import { limits } from '../rooms';
import { taskIdOf, templateCard } from '../template-card';
import type { Command } from './frames';
import type { AckOutcome } from './pending-acks';

/** Until another process leads or this one is connected again. */
const awayMs = 5_000;
/** Not in this chat (any more): somebody must speak to the bot there first. */
const lost = new Set([93_001, 93_006, 93_008]);

interface ChatPushParts {
  ask: (command: Command, body: object) => Promise<AckOutcome>;
  chats: KnownChats;
  pacing: Pacing;
  now: () => Date;
}

/** Speaks unasked in a chat where somebody has spoken to the bot. An unknown outcome is never repeated. */
export class ChatPush {
  readonly takes = 'push' as const;

  constructor(private readonly parts: ChatPushParts) {}

  async send(chatId: string, outgoing: Outgoing): Promise<SendOutcome> {
    const { body, platform, text, asked } = outgoing;
    const { chats, pacing, ask, now } = this.parts;
    const chat = await chats.find({ body, platform, chatId });
    if (!chat) return { kind: 'refused', code: 'unknown chat', reason: codeEntry(93_006).advice };
    const quiet = asked ? 0 : pacing.quietMinute(now());
    if (quiet > 0) return { kind: 'later', code: 'quiet minute', afterMs: quiet };
    const wait = await pacing.waitFor(chat.address);
    if (wait > 0) return { kind: 'later', code: 'chat pace', afterMs: wait };
    const markdown = { msgtype: 'markdown', markdown: { content: plainWords(text, limits.push.bytes) } };
    const outcome = await this.outcomeOf(await ask('aibot_send_msg', pushed(chat, markdown)), chat);
    if (outcome.kind === 'sent') await this.sendButtons(chat, outgoing);
    return outcome;
  }

  /** The words have arrived and say everything: buttons that do not are not worth a repetition. */
  private async sendButtons(chat: KnownChat, { card, key }: Outgoing): Promise<void> {
    const buttons = card && key ? templateCard(card, taskIdOf('push', key)) : null;
    if (!buttons || (await this.parts.pacing.waitFor(chat.address)) > 0) return;
    await this.parts.ask('aibot_send_msg', pushed(chat, { msgtype: 'template_card', template_card: buttons }));
  }

  private async outcomeOf(outcome: AckOutcome, chat: KnownChat): Promise<SendOutcome> {
    if (outcome.kind === 'never') return { kind: 'later', code: outcome.code, afterMs: awayMs };
    if (outcome.kind === 'unknown') return outcome;
    const { errcode } = outcome;
    if (errcode === 0) return { kind: 'sent' };
    if (lost.has(errcode)) await this.parts.chats.forget(chat);
    const { reaction, advice, waitMs } = codeEntry(errcode);
    if (reaction === 'retry' || reaction === 'slow_down') return { kind: 'later', code: String(errcode), afterMs: waitMs ?? retryMs };
    return { kind: 'refused', code: String(errcode), reason: advice };
  }
}

// Of the kinds only markdown is for words; there is no way to mention people.
const pushed = ({ address, kind }: KnownChat, content: object): object => ({
  chatid: address,
  chat_type: kind === 'group' ? 2 : 1,
  ...content,
});
