import { setTimeout as pause } from 'node:timers/promises';
import {
  type BotMessage,
  BotPayloads,
  type BotPress,
  type BotWay,
  type Payload,
  type PayloadParts,
  showAnswer,
  together,
  wordsOn,
} from './bot-payload';
import { type BotReply, type BotSituation, readBotReply } from './bot-reply';
import type { ShownCard } from './card';
import { type ChatLog, privateChat, type ShownMessage } from './chat-log';
import { type Keys, seal } from './envelope';
import type { Delivery } from './options';
import type { Attempt, WebhookClient } from './webhook-client';

interface BotParts extends PayloadParts {
  log: ChatLog;
  webhook: WebhookClient;
  fault: (line: string) => void;
  pollDelayMs: number;
}

/** How long WeCom polls an unfinished stream. */
const streamLifeMs = 6 * 60_000;

type Posted = { reply: BotReply } & Pick<Delivery, 'status' | 'attempts' | 'remark'>;

/** WeCom's side of the bot's callback URL: sends messages, checks and shows what comes back. */
export class BotCallbacks implements BotWay {
  private readonly keys: Keys;
  private readonly payloads: BotPayloads;
  private readonly sent = new Map<string, { message: BotMessage; payload: Payload; shown?: ShownMessage }>();
  private readonly streams = new Map<string, string>();

  constructor(private readonly parts: BotParts) {
    this.keys = { token: parts.bot.token, aesKey: parts.bot.aesKey, receiver: '' };
    this.payloads = new BotPayloads(parts);
  }

  async deliver(message: BotMessage, times = 1): Promise<Delivery> {
    const payload = this.payloads.message(message);
    this.sent.set(message.msgId, { message, payload });
    const all = await Promise.all(Array.from({ length: times }, () => this.deliverOnce(message.msgId)));
    return together(message.msgId, all);
  }

  async deliverAgain(msgId: string): Promise<Delivery> {
    return { msgId, ...(await this.deliverOnce(msgId)) };
  }

  async enterChat(userId: string): Promise<Delivery> {
    const payload = this.payloads.event('enter_chat', { userId, group: null });
    const { reply, ...result } = await this.post(payload, 'enter_chat');
    const answer = reply.kind === 'text' ? reply.content : null;
    if (answer !== null) this.parts.log.show({ chat: privateChat(userId), from: 'bot', text: answer, format: 'text' });
    return { msgId: String(payload['msgid']), ...result, answer, answers: [answer] };
  }

  async press(press: BotPress): Promise<Delivery> {
    const payload = this.payloads.press(press);
    const { reply, ...result } = await this.post(payload, 'template_card_event');
    const nothing: Delivery = { msgId: String(payload['msgid']), ...result, answer: null, answers: [null] };
    if (reply.kind !== 'update') return nothing;
    return this.tolerant(nothing, () => {
      const card = this.parts.cards.readUpdate(reply.card, press.card);
      if (reply.userIds && press.group === null) throw new Error('userids is for cards in groups');
      this.parts.cards.replace(press.shown, card, reply.userIds && this.payloads.plain(reply.userIds));
      return { ...nothing, answer: wordsOn(card), answers: [wordsOn(card)] };
    });
  }

  /** True when the application answers the console's check of the callback URL rightly. */
  async verifyUrl(): Promise<boolean> {
    const plaintext = '1616140317555161061';
    const { query, ciphertext } = seal(this.keys, plaintext, this.parts.clock.now());
    const answer = await this.parts.webhook.get(`/wecom/bot?${new URLSearchParams({ ...query, echostr: ciphertext }).toString()}`);
    return answer.status === 200 && answer.body === plaintext;
  }

  private async deliverOnce(msgId: string): Promise<Omit<Delivery, 'msgId'>> {
    const known = this.sent.get(msgId);
    if (!known) throw new Error(`no message ${msgId} was sent`);
    const { reply, ...result } = await this.post(known.payload, 'message');
    const nothing: Omit<Delivery, 'msgId'> = { ...result, answer: null, answers: [null] };
    if (reply.kind === 'card')
      return this.tolerant(nothing, () => {
        const card = this.parts.cards.read(reply.card, 'bot', msgId);
        known.shown = showAnswer(this.parts.log, known.message, { content: wordsOn(card), card }, known.shown);
        return { ...nothing, answer: wordsOn(card), answers: [wordsOn(card)] };
      });
    if (reply.kind !== 'stream') return nothing;
    if (!this.streamIsOurs(reply.id, msgId)) return { ...nothing, remark: 'not_shown' };
    const card = reply.card === undefined ? {} : this.cardBeside(reply.card, msgId);
    known.shown = showAnswer(this.parts.log, known.message, { content: reply.content, ...card }, known.shown);
    const answer = reply.finish ? reply.content : await this.poll(known, reply.id);
    return { ...result, answer, answers: [answer] };
  }

  // The words are shown also where the card is not.
  private cardBeside(value: unknown, msgId: string): { card?: ShownCard } {
    return this.tolerant<{ card?: ShownCard }>({}, () => ({ card: this.parts.cards.read(value, 'bot', msgId) }));
  }

  private tolerant<T extends object>(otherwise: T, work: () => T): T & Pick<Delivery, 'remark'> {
    try {
      return work();
    } catch (error) {
      this.parts.fault(`bot card not shown: ${error instanceof Error ? error.message : String(error)}`);
      return { ...otherwise, remark: 'not_shown' };
    }
  }

  // A stream id names one message of the client; a second message under it would overwrite the first.
  private streamIsOurs(streamId: string, msgId: string): boolean {
    const owner = this.streams.get(streamId) ?? msgId;
    this.streams.set(streamId, owner);
    if (owner !== msgId) this.parts.fault(`bot answer not shown: stream id ${streamId} was used for another message`);
    return owner === msgId;
  }

  /** Asks for news until the stream is finished or its six minutes are over; returns what is shown then. */
  private async poll(known: { message: BotMessage; shown?: ShownMessage }, streamId: string): Promise<string | null> {
    const { message } = known;
    const polls = Math.ceil(streamLifeMs / this.parts.pollDelayMs);
    for (let asked = 0; asked < polls && !this.parts.webhook.closed; asked += 1) {
      await pause(this.parts.pollDelayMs);
      const { reply } = await this.post(this.payloads.poll(message, streamId), 'poll');
      if (reply.kind !== 'stream') continue;
      known.shown = showAnswer(this.parts.log, message, { content: reply.content }, known.shown);
      if (reply.finish) return reply.content;
    }
    this.parts.fault(`stream ${streamId} was never finished`);
    return known.shown?.text ?? null;
  }

  private async post(payload: Payload, situation: BotSituation): Promise<Posted> {
    const retries = situation === 'template_card_event' ? 0 : undefined;
    const answer = await this.parts.webhook.deliver(() => this.sealed(payload), retries);
    const { status, attempts } = answer;
    const nothing = { reply: { kind: 'nothing' } as const, status, attempts };
    if (status === 0) return nothing;
    if (status !== 200) {
      this.parts.fault(`bot callback refused with HTTP ${status}`);
      return nothing;
    }
    try {
      return { reply: readBotReply(answer.body, this.keys, answer.nonce, situation), status, attempts };
    } catch (error) {
      this.parts.fault(`bot answer not shown: ${error instanceof Error ? error.message : String(error)}`);
      return { ...nothing, remark: 'not_shown' };
    }
  }

  private sealed(payload: Payload): Attempt {
    const { query, ciphertext } = seal(this.keys, JSON.stringify(payload), this.parts.clock.now());
    return {
      path: `/wecom/bot?${new URLSearchParams(query).toString()}`,
      body: JSON.stringify({ encrypt: ciphertext }),
      contentType: 'application/json',
      nonce: query.nonce,
    };
  }
}
