import type { Incoming, Said } from '../../delivery/incoming';
import { AppError } from '../../foundation/errors';
import { type BotMessage, toIncoming } from './bot-message';
import type { WecomOptions } from './options';
import type { UserIds } from './user-ids';

/** What the bot says to a callback, before it is put into the words of the way it came by. */
export type BotReply =
  | { to: 'enter_chat'; text: string }
  /** `incoming` is null when the message could not be taken in: then nothing is kept and nothing follows. */
  | { to: 'message'; said: Said; incoming: Incoming | null };

/** What the AI bot does with a callback, the same by HTTP and by long connection (wecom.md 3.4, 3.9, 4.2). */
export class BotConversation {
  constructor(
    private readonly options: WecomOptions,
    private readonly userIds: UserIds,
  ) {}

  /** Null when there is nothing to say. Throws FORGED for another bot's message. */
  async answer(message: BotMessage): Promise<BotReply | null> {
    const { body, bot, welcome, identityUnavailable, inbox, clock } = this.options;
    if (message.aibotid !== bot.botId) throw new AppError('FORGED', 'bot');
    if (message.event?.eventtype === 'enter_chat') return { to: 'enter_chat', text: welcome };
    if (message.msgtype === 'event' || message.msgtype === 'stream' || !message.from) return null;
    const sender = await this.plain(message.from.userid);
    if (sender === null) return { to: 'message', said: { text: identityUnavailable }, incoming: null };
    const incoming = toIncoming(message, body, sender, clock.now());
    const said = incoming && (await inbox.receive(incoming));
    return said && { to: 'message', said, incoming };
  }

  private plain(userId: string): Promise<string | null> {
    return this.userIds.plain(userId).catch((error: unknown) => {
      if (error instanceof AppError && error.code === 'IDENTITY_UNKNOWN') return null;
      throw error;
    });
  }
}
