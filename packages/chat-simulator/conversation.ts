import type { AppCallbacks } from './app-callbacks';
import type { BotWay } from './bot-payload';
import type { Cards } from './cards';
import { type ChatLog, privateChat } from './chat-log';
import type { MediaFiles } from './media-files';
import type { Delivery, Group, Pressed, Said, SaidToApp, SimulatorOptions } from './options';
import { pageTexts } from './page-texts';
import { randomId } from './random-id';
import type { SentMedia } from './sent-media';
import { forApp, forBot, reachesBot } from './sent-to-wecom';

/** How many lines of one person WeCom lets wait for the bot. */
const interactionsAtOnce = 3;

/** Something that is no line: to the bot, or with the chat 'app' to the self-built app. */
export interface Sent extends Pick<Said, 'from' | 'chat' | 'msgId'> {
  media: SentMedia;
  /** Words beside a picture; in a group they must mention the bot. */
  text?: string;
}

/** What people do in the client: type, quote, mention; and which of it WeCom hands to the bot. */
export class Conversation {
  private readonly running = new Map<string, number>();
  private readonly greeted = new Set<string>();

  constructor(
    private readonly options: SimulatorOptions,
    private readonly parts: {
      bot: BotWay;
      app: AppCallbacks;
      log: ChatLog;
      cards: Cards;
      files: MediaFiles;
      base: () => string;
      fault: (line: string) => void;
    },
  ) {}

  /** Shows the line, and delivers it when it is for the bot: any line in private, a mention in a group. */
  async say(said: Said): Promise<Delivery> {
    this.mustKnow(said.from);
    const group = said.chat === 'private' ? null : this.groupFor(said);
    const text = group && said.mention !== false && !this.mentionsBot(said.text) ? `@${this.options.bot.name} ${said.text}` : said.text;
    const quote = said.quote === undefined ? {} : { quote: said.quote };
    this.parts.log.show({ chat: group?.chatId ?? privateChat(said.from), from: said.from, text, format: 'text', ...quote });
    const message = { msgId: said.msgId ?? randomId(), from: said.from, group: group?.chatId ?? null, text, ...quote };
    if (group && !this.mentionsBot(text)) return undelivered(message.msgId);
    return this.withinThree(said.from, message.msgId, () => this.parts.bot.deliver(message, said.times ?? 1));
  }

  /** Sends a picture, a file or a recording; words beside a picture go with it as one message. */
  async send({ from, chat, media, text = '', msgId = randomId() }: Sent): Promise<Delivery> {
    this.mustKnow(from);
    const { app, bot, files, log, base } = this.parts;
    const shown = `${text}${pageTexts.sent(media.kind)}`;
    if (chat === 'app') {
      const fields = forApp(media, files, base());
      return fields ? app.send({ from, text: shown }, fields) : undelivered(msgId);
    }
    const group = chat === 'private' ? null : this.groupFor({ from, chat });
    log.show({ chat: group?.chatId ?? privateChat(from), from, text: shown, format: 'text' });
    if (!reachesBot(media, text, group !== null) || (group && !this.mentionsBot(text))) return undelivered(msgId);
    const message = { msgId, from, group: group?.chatId ?? null, text, media: forBot(media, text, files) };
    return this.withinThree(from, msgId, () => bot.deliver(message));
  }

  /** Presses a button the person sees. Throws Error when there is none of that label. */
  async press({ from, chat, label, messageId }: Pressed): Promise<Delivery> {
    this.mustKnow(from);
    const group = chat === 'private' ? null : this.groupFor({ from, chat });
    const found = this.parts.cards.find(group?.chatId ?? privateChat(from), from, label, messageId);
    if (!found) throw new Error(`${from} sees no button ${label}`);
    if (found.card.owner === 'app') return this.parts.app.press(from, found);
    return this.withinThree(from, '', () => this.parts.bot.press({ ...found, from, group: group?.chatId ?? null }));
  }

  /** A line typed in the self-built app's own conversation. */
  async sayToApp(said: SaidToApp): Promise<Delivery> {
    this.mustKnow(said.from);
    return this.parts.app.say(said);
  }

  /** Opening the private chat: an event the first time of the day, nothing after that. */
  async enterChat(userId: string): Promise<Delivery> {
    this.mustKnow(userId);
    const day = `${userId} ${this.options.clock.now().toISOString().slice(0, 10)}`;
    if (this.greeted.has(day)) return undelivered('');
    this.greeted.add(day);
    return this.parts.bot.enterChat(userId);
  }

  private mentionsBot(text: string): boolean {
    const { name, alsoNamed = [] } = this.options.bot;
    return [name, ...alsoNamed].some((one) => text.includes(`@${one}`) || text.includes(`＠${one}`));
  }

  private groupFor(said: Pick<Said, 'from' | 'chat'>): Group {
    const group = this.options.groups.find((one) => one.chatId === said.chat);
    if (!group) throw new Error(`there is no chat ${said.chat}`);
    if (!group.members.includes(said.from)) throw new Error(`${said.from} is not in ${group.name}`);
    return group;
  }

  private mustKnow(userId: string): void {
    if (!this.options.people.some((person) => person.userId === userId)) throw new Error(`there is nobody called ${userId}`);
  }

  private async withinThree(userId: string, msgId: string, deliver: () => Promise<Delivery>): Promise<Delivery> {
    const running = this.running.get(userId) ?? 0;
    if (running >= interactionsAtOnce) {
      this.parts.fault(`not delivered: ${userId} already has ${interactionsAtOnce} interactions in progress`);
      return { ...undelivered(msgId), remark: 'too_many' };
    }
    this.running.set(userId, running + 1);
    try {
      return await deliver();
    } finally {
      this.running.set(userId, (this.running.get(userId) ?? 1) - 1);
    }
  }
}

const undelivered = (msgId: string): Delivery => ({ msgId, status: 0, answer: null, attempts: 0, answers: [] });
