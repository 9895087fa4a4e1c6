import { randomInt } from 'node:crypto';
import { readAppReply } from './app-reply';
import { innerXml, sealedXml } from './callback-xml';
import type { Cards, Pressable } from './cards';
import { type ChatLog, privateChat } from './chat-log';
import { type Keys, seal } from './envelope';
import type { AppSettings, Delivery, SaidToApp, SimulatorClock } from './options';
import type { Attempt, WebhookClient } from './webhook-client';

interface AppParts {
  app: AppSettings;
  corpId: string;
  clock: SimulatorClock;
  log: ChatLog;
  webhook: WebhookClient;
  cards: Cards;
  fault: (line: string) => void;
}

/** WeCom's side of the self-built app's callback URL: XML, the corp id as receiver. */
export class AppCallbacks {
  private readonly keys: Keys;

  constructor(private readonly parts: AppParts) {
    this.keys = { token: parts.app.token, aesKey: parts.app.aesKey, receiver: parts.corpId };
  }

  /** A line typed in the app's own conversation. */
  say(said: SaidToApp): Promise<Delivery> {
    return this.hand(said, { MsgType: 'text', Content: said.text });
  }

  /** Something that is no line; `text` is what the client shows of it. */
  send(sent: SaidToApp, fields: Record<string, string>): Promise<Delivery> {
    return this.hand(sent, fields);
  }

  private async hand(said: SaidToApp, fields: Record<string, string>): Promise<Delivery> {
    this.parts.log.show({ chat: privateChat(said.from), from: said.from, text: said.text, format: 'text' });
    const msgId = said.msgId ?? `${randomInt(1, 9_000_000)}${String(randomInt(1_000_000_000_000)).padStart(12, '0')}`;
    const inner = this.inner(said.from, fields, msgId);
    const all = await Promise.all(Array.from({ length: said.times ?? 1 }, () => this.deliverOnce(inner, said.from)));
    const answers = all.map((one) => one.answer);
    const answer = answers.find((one) => one !== null) ?? null;
    if (answer !== null) this.parts.log.show({ chat: privateChat(said.from), from: 'app', text: answer, format: 'text' });
    return { msgId, status: all[0]?.status ?? 0, answer, attempts: all.reduce((sum, one) => sum + one.attempts, 0), answers };
  }

  /** A press on one of the app's cards; the card changes by message/update_template_card, if at all. */
  async press(userId: string, { shown, card, button }: Pressable): Promise<Delivery> {
    const fields = {
      EventKey: button.key,
      TaskId: card.taskId,
      CardType: 'button_interaction',
      ResponseCode: this.parts.cards.newCode(shown, userId),
    };
    const inner = this.inner(userId, { MsgType: 'event', Event: 'template_card_event', ...fields });
    const { status, attempts } = await this.deliverOnce(inner, userId);
    return { msgId: fields.ResponseCode, status, attempts, answer: null, answers: [null] };
  }

  /** An event that nobody typed and no answer is shown of. */
  async event(event: string, userId: string): Promise<void> {
    await this.deliverOnce(this.inner(userId, { MsgType: 'event', Event: event, EventKey: '' }), userId);
  }

  /** True when the application answers the console's check of the callback URL rightly. */
  async verifyUrl(): Promise<boolean> {
    const plaintext = '1616140317555161061';
    const { query, ciphertext } = seal(this.keys, plaintext, this.parts.clock.now());
    const answer = await this.parts.webhook.get(`/wecom/app?${new URLSearchParams({ ...query, echostr: ciphertext }).toString()}`);
    return answer.status === 200 && answer.body === plaintext;
  }

  private async deliverOnce(inner: string, userId: string): Promise<{ status: number; answer: string | null; attempts: number }> {
    const { status, attempts, body } = await this.parts.webhook.deliver(() => this.sealed(inner));
    if (status !== 200) {
      if (status !== 0) this.parts.fault(`app callback refused with HTTP ${status}`);
      return { status, answer: null, attempts };
    }
    try {
      return { status, answer: readAppReply(body, this.keys, userId), attempts };
    } catch (error) {
      this.parts.fault(`app answer not shown: ${error instanceof Error ? error.message : String(error)}`);
      return { status, answer: null, attempts };
    }
  }

  private sealed(inner: string): Attempt {
    return sealedXml({ path: '/wecom/app', agentId: this.parts.app.agentId }, this.keys, inner, this.parts.clock.now());
  }

  private inner(userId: string, fields: Record<string, string>, msgId?: string): string {
    const { corpId, clock, app } = this.parts;
    return innerXml({ corpId, from: userId, at: clock.now(), agentId: app.agentId, ...(msgId === undefined ? {} : { msgId }) }, fields);
  }
}
