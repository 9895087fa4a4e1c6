import type { Incoming, Said } from '../../delivery/incoming';
import { systemSteady } from '../../foundation/clock';
import { AppError } from '../../foundation/errors';
import { digest } from '../../foundation/ids';
import { inOne } from '../parts';
import { type BotMessage, fromWhere, isGroup, toIncoming, wordsOf } from './bot-message';
import type { WecomOptions } from './options';
import { asSaid, type Press, pressIn } from './press';
import { roomOf } from './rooms';
import { answeredCard, type TemplateCard } from './template-card';
import type { UserIds } from './user-ids';

/** WeCom waits 5 s; we answer by then in any weather. */
const usualMs = 3_000;
const welcomedSeconds = 180 * 86_400;

/** What the bot says to a callback, before it is put into the words of the way it came by. */
export type BotReply =
  | { to: 'enter_chat'; text: string }
  /** `incoming` is null when the message could not be taken in: then nothing is kept and nothing follows. */
  | { to: 'message'; said: Said; incoming: Incoming | null }
  /** The pressed card, showing the answer; in a group to the presser only. */
  | { to: 'press'; update: CardUpdate; incoming: Incoming | null };

/** The answer to a press: the card as the presser, or those named, shall see it now. */
interface CardUpdate {
  response_type: 'update_template_card';
  userids?: string[];
  template_card: TemplateCard;
}

/** What the AI bot does with a callback, the same by HTTP and by long connection. */
export class BotConversation {
  constructor(
    private readonly options: WecomOptions,
    private readonly userIds: UserIds,
  ) {}

  /** Null when there is nothing to say. Throws FORGED for another bot's message. */
  async answer(message: BotMessage): Promise<BotReply | null> {
    const { bot, identityUnavailable, wordsOnly, inbox, clock, cutShort } = this.options;
    if (message.aibotid !== bot.botId) throw new AppError('FORGED', 'bot');
    if (message.msgtype === 'event') return this.event(message);
    if (message.msgtype === 'stream' || !message.from) return null;
    if (wordsOf(message) === null) return { to: 'message', said: { text: wordsOnly }, incoming: null };
    const left = this.timeLeft();
    const sender = await this.plain(message.from.userid);
    if (sender === null) return { to: 'message', said: { text: identityUnavailable }, incoming: null };
    const incoming = toIncoming(message, this.options, sender, clock.now());
    const said = incoming && (await inbox.receive(incoming, left()));
    return said && { to: 'message', said: { ...said, text: inOne(said.text, roomOf('reply', cutShort)) }, incoming };
  }

  private async event(message: BotMessage): Promise<BotReply | null> {
    const { event } = message;
    if (event?.eventtype === 'enter_chat')
      return (await this.firstWelcome(message)) ? { to: 'enter_chat', text: this.options.welcome } : null;
    if (event?.eventtype === 'feedback_event' && event.feedback_event) await this.countFeedback(event.feedback_event.type);
    const press = pressIn(message);
    return press && this.pressed(press, message);
  }

  private async pressed(press: Press, message: BotMessage): Promise<BotReply | null> {
    const { body, identityUnavailable, inbox, clock } = this.options;
    const left = this.timeLeft();
    const sender = await this.plain(press.userId);
    const incoming = sender === null ? null : asSaid(press, fromWhere(message, body, sender, clock.now()));
    const said = incoming ? await inbox.receive(incoming, left()) : { text: identityUnavailable };
    const card = said && answeredCard(press.card, said, press.taskId);
    const userids = isGroup(message) ? { userids: [press.userId] } : {};
    return card && { to: 'press', update: { response_type: 'update_template_card', ...userids, template_card: card }, incoming };
  }

  /** Once per person, and again for a redelivery of the same event. Without Redis rather too often than never. */
  private async firstWelcome({ msgid, from }: BotMessage): Promise<boolean> {
    const { redis, prefix } = this.options;
    const key = `${prefix}:wecom:welcomed:${digest(from?.userid ?? '')}`;
    try {
      return (await redis.set(key, msgid, 'EX', welcomedSeconds, 'NX')) === 'OK' || (await redis.get(key)) === msgid;
    } catch {
      return true;
    }
  }

  /** How many answers people found right (1) or wrong (2): the kind only, never who or what. */
  private async countFeedback(type: number): Promise<void> {
    const { redis, prefix, logger } = this.options;
    const total = await redis.hincrby(`${prefix}:wecom:feedback`, String(type), 1).catch(() => null);
    logger.info({ feedback: type, total }, 'feedback on an answer of the bot');
  }

  /** The time to answer runs from the arrival: finding out who speaks takes its share of it. */
  private timeLeft(): () => number {
    const { steady = systemSteady, answerWithinMs = usualMs } = this.options;
    const arrived = steady();
    return () => Math.max(1, answerWithinMs - (steady() - arrived));
  }

  private plain(userId: string): Promise<string | null> {
    return this.userIds.plain(userId).catch((error: unknown) => {
      if (error instanceof AppError && error.code === 'IDENTITY_UNKNOWN') return null;
      throw error;
    });
  }
}
