import { setTimeout as pause } from 'node:timers/promises';
import { randomId } from '../foundation/ids';
import { type BotReply, type BotSituation, readBotReply } from './bot-reply';
import { type ChatLog, privateChat, type ShownMessage } from './chat-log';
import { type Keys, seal } from './envelope';
import type { LateReplies } from './late-replies';
import type { OpenIds } from './open-ids';
import type { BotSettings, Delivery, SimulatorClock } from './options';
import type { Attempt, WebhookClient } from './webhook-client';

/** A line somebody typed, already on the screen, on its way to the bot. */
export interface BotMessage {
  msgId: string;
  from: string;
  /** null: the private chat. */
  group: string | null;
  text: string;
  quote?: string;
}

export interface BotParts {
  bot: BotSettings;
  clock: SimulatorClock;
  log: ChatLog;
  openIds: OpenIds;
  webhook: WebhookClient;
  lateReplies: LateReplies;
  fault: (line: string) => void;
  pollDelayMs: number;
}

/** wecom.md 3.6 */
const streamLifeMs = 6 * 60_000;

type Payload = Record<string, unknown>;
type Posted = { reply: BotReply } & Pick<Delivery, 'status' | 'attempts' | 'remark'>;

/** WeCom's side of the bot's callback URL: sends messages, checks and shows what comes back. */
export class BotCallbacks {
  private readonly keys: Keys;
  private readonly sent = new Map<string, { message: BotMessage; payload: Payload; shown?: ShownMessage }>();
  private readonly streams = new Map<string, string>();

  constructor(private readonly parts: BotParts) {
    this.keys = { token: parts.bot.token, aesKey: parts.bot.aesKey, receiver: '' };
  }

  /** Delivers a message; `times` > 1 is the platform delivering it that often at once, each with its own envelope. */
  async deliver(message: BotMessage, times = 1): Promise<Delivery> {
    const payload = this.payloadOf(message);
    this.sent.set(message.msgId, { message, payload });
    const all = await Promise.all(Array.from({ length: times }, () => this.deliverOnce(message.msgId)));
    const answers = all.map((one) => one.answer);
    const remark = all.find((one) => one.remark)?.remark;
    return {
      msgId: message.msgId,
      status: all[0]?.status ?? 0,
      answer: answers.find((answer) => answer !== null) ?? null,
      attempts: all.reduce((sum, one) => sum + one.attempts, 0),
      answers,
      ...(remark ? { remark } : {}),
    };
  }

  /** The platform delivers a message it has delivered before, unchanged but for the envelope. */
  async deliverAgain(msgId: string): Promise<Delivery> {
    return { msgId, ...(await this.deliverOnce(msgId)) };
  }

  /** The first opening of the private chat that day; the caller knows which day it is. */
  async enterChat(userId: string): Promise<Delivery> {
    const msgId = randomId();
    const createdAt = Math.floor(this.parts.clock.now().getTime() / 1000);
    const event = { eventtype: 'enter_chat', enter_chat: {} };
    const payload = { msgid: msgId, create_time: createdAt, ...this.sender(userId, null), msgtype: 'event', event };
    const { reply, ...result } = await this.post(payload, 'enter_chat');
    const answer = reply.kind === 'text' ? reply.content : null;
    if (answer !== null) this.parts.log.show({ chat: privateChat(userId), from: 'bot', text: answer, format: 'text' });
    return { msgId, ...result, answer, answers: [answer] };
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
    if (reply.kind !== 'stream') return { ...result, answer: null, answers: [null] };
    if (!this.streamIsOurs(reply.id, msgId)) return { ...result, answer: null, answers: [null], remark: 'not_shown' };
    this.showStream(known, reply.content);
    const answer = reply.finish ? reply.content : await this.poll(known, reply.id);
    return { ...result, answer, answers: [answer] };
  }

  // A stream id names one message of the client; a second message under it would overwrite the first.
  private streamIsOurs(streamId: string, msgId: string): boolean {
    const owner = this.streams.get(streamId) ?? msgId;
    this.streams.set(streamId, owner);
    if (owner !== msgId) this.parts.fault(`bot answer not shown: stream id ${streamId} was used for another message`);
    return owner === msgId;
  }

  private showStream(known: { message: BotMessage; shown?: ShownMessage }, content: string): void {
    if (known.shown) {
      if (known.shown.text !== content) this.parts.log.replace(known.shown, content);
      return;
    }
    const { message } = known;
    const quote = message.group === null ? {} : { quote: message.text };
    known.shown = this.parts.log.show({ chat: chatOf(message), from: 'bot', text: content, format: 'markdown', ...quote });
  }

  /** Asks for news until the stream is finished or its six minutes are over; returns what is shown then. */
  private async poll(known: { message: BotMessage; shown?: ShownMessage }, streamId: string): Promise<string | null> {
    const { message } = known;
    const polls = Math.ceil(streamLifeMs / this.parts.pollDelayMs);
    for (let asked = 0; asked < polls && !this.parts.webhook.closed; asked += 1) {
      await pause(this.parts.pollDelayMs);
      const payload = { msgid: randomId(), ...this.sender(message.from, message.group), msgtype: 'stream', stream: { id: streamId } };
      const { reply } = await this.post(payload, 'poll');
      if (reply.kind !== 'stream') continue;
      this.showStream(known, reply.content);
      if (reply.finish) return reply.content;
    }
    this.parts.fault(`stream ${streamId} was never finished`);
    return known.shown?.text ?? null;
  }

  private async post(payload: Payload, situation: BotSituation): Promise<Posted> {
    const answer = await this.parts.webhook.deliver(() => this.sealed(payload));
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

  /** wecom.md 3.4 */
  private payloadOf(message: BotMessage): Payload {
    return {
      msgid: message.msgId,
      ...this.sender(message.from, message.group),
      response_url: this.parts.lateReplies.addressFor(chatOf(message), message.text),
      msgtype: 'text',
      text: { content: message.text },
      ...(message.quote === undefined ? {} : { quote: { msgtype: 'text', text: { content: message.quote } } }),
    };
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

const chatOf = (message: BotMessage): string => message.group ?? privateChat(message.from);
