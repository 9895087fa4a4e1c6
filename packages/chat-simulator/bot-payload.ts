import type { ShownCard } from './card';
import type { Cards, Pressable } from './cards';
import { type ChatLog, privateChat, type ShownMessage } from './chat-log';
import type { LateReplies } from './late-replies';
import type { OpenIds } from './open-ids';
import type { BotSettings, Delivery, SimulatorClock } from './options';
import { randomId } from './random-id';

/** A line somebody typed, already on the screen, on its way to the bot. */
export interface BotMessage {
  msgId: string;
  from: string;
  /** null: the private chat. */
  group: string | null;
  text: string;
  quote?: string;
  /** `msgtype` and its field, for what is no line. */
  media?: Payload;
}

/** One of the two ways in which WeCom hands what people do to the bot. */
export interface BotWay {
  /** Delivers a message; `times` > 1 is the platform delivering it that often at once. */
  deliver(message: BotMessage, times?: number): Promise<Delivery>;
  /** The platform delivers a message it has delivered before, unchanged but for what is new about every delivery. */
  deliverAgain(msgId: string): Promise<Delivery>;
  /** Somebody presses a button of one of the bot's cards: delivered once, never again. */
  press(press: BotPress): Promise<Delivery>;
  /** The first opening of the private chat that day; the caller knows which day it is. */
  enterChat(userId: string): Promise<Delivery>;
}

export interface BotPress extends Pressable {
  from: string;
  /** null: the private chat. */
  group: string | null;
}

export type Payload = Record<string, unknown>;

export interface PayloadParts {
  bot: BotSettings;
  clock: SimulatorClock;
  openIds: OpenIds;
  lateReplies: LateReplies;
  cards: Cards;
}

/** The JSON that WeCom sends to the bot, by callback and by long connection alike. */
export class BotPayloads {
  constructor(private readonly parts: PayloadParts) {}

  message(message: BotMessage): Payload {
    const { lateReplies, bot } = this.parts;
    return {
      msgid: message.msgId,
      ...this.sender(message.from, message.group),
      ...(bot.responseUrls === false ? {} : { response_url: lateReplies.addressFor(chatOf(message), message.text) }),
      ...(message.media ?? { msgtype: 'text', text: { content: message.text } }),
      ...(message.quote === undefined ? {} : { quote: { msgtype: 'text', text: { content: message.quote } } }),
    };
  }

  poll(message: BotMessage, streamId: string): Payload {
    return { msgid: randomId(), ...this.sender(message.from, message.group), msgtype: 'stream', stream: { id: streamId } };
  }

  event(eventType: string, who: { userId: string; group: string | null } | null, content: Payload = {}): Payload {
    const { bot, clock } = this.parts;
    return {
      msgid: randomId(),
      create_time: Math.floor(clock.now().getTime() / 1000),
      ...(who ? this.sender(who.userId, who.group) : { aibotid: bot.botId }),
      msgtype: 'event',
      event: { eventtype: eventType, [eventType]: content },
    };
  }

  press({ from, group, card, button, shown }: BotPress): Payload {
    const { lateReplies, bot } = this.parts;
    const told = { card_type: 'button_interaction', event_key: button.key, task_id: card.taskId, selected_items: {} };
    const address = bot.responseUrls === false ? {} : { response_url: lateReplies.addressFor(shown.chat, shown.text) };
    return { ...this.event('template_card_event', { userId: from, group }, told), ...address };
  }

  /** The people a list of ids names, as the bot knows them. */
  plain(ids: readonly string[]): string[] {
    const { bot, openIds } = this.parts;
    return bot.encryptedUserIds ? ids.flatMap((id) => openIds.toPlain(id) ?? []) : [...ids];
  }

  private sender(userId: string, group: string | null): Payload {
    const { bot, openIds } = this.parts;
    return {
      aibotid: bot.botId,
      ...(group === null ? { chattype: 'single' } : { chatid: group, chattype: 'group' }),
      from: { userid: bot.encryptedUserIds ? openIds.toOpen(userId) : userId },
    };
  }
}

export const chatOf = (message: Pick<BotMessage, 'group' | 'from'>): string => message.group ?? privateChat(message.from);

/** Shows the bot's answer to a message, or puts a newer text into the bubble it has. */
export function showAnswer(
  log: ChatLog,
  message: BotMessage,
  answer: { content: string; card?: ShownCard },
  shown?: ShownMessage,
): ShownMessage {
  const { content, card } = answer;
  if (!shown) {
    const quote = message.group === null ? {} : { quote: message.text };
    return log.show({ chat: chatOf(message), from: 'bot', text: content, format: 'markdown', ...quote, ...(card ? { card } : {}) });
  }
  if (shown.text !== content) log.replace(shown, content);
  return shown;
}

/** A card that stands alone: its words are the bubble's. */
export const wordsOn = ({ title, text }: ShownCard): string => text ?? title;

/** The results of several deliveries at once, as one. */
export function together(msgId: string, all: readonly Omit<Delivery, 'msgId'>[]): Delivery {
  const answers = all.map((one) => one.answer);
  const remark = all.find((one) => one.remark)?.remark;
  return {
    msgId,
    status: all[0]?.status ?? 0,
    answer: answers.find((answer) => answer !== null) ?? null,
    attempts: all.reduce((sum, one) => sum + one.attempts, 0),
    answers,
    ...(remark ? { remark } : {}),
  };
}
