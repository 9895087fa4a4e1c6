import { type ApiAnswer, failure, success } from '../api-answer';
import {
  type BotMessage,
  BotPayloads,
  type BotPress,
  type BotWay,
  chatOf,
  type Payload,
  type PayloadParts,
  showAnswer,
  together,
  wordsOn,
} from '../bot-payload';
import type { ShownCard } from '../card';
import type { Pressable } from '../cards';
import { type ChatLog, privateChat } from '../chat-log';
import type { FaultSwitches } from '../faults';
import type { MediaFiles } from '../media-files';
import type { Delivery, Group } from '../options';
import { randomId } from '../random-id';
import { ChatQuota } from './chat-quota';
import type { AppFrame } from './frame';
import { type Bubble, type OpenCallback, OpenCallbacks } from './open-callbacks';
import type { BotSocketServer } from './server';
import { Uploads } from './uploads';
import { isRefused, type Words, wordsOf } from './words';

export interface SocketWayParts extends PayloadParts {
  log: ChatLog;
  faults: FaultSwitches;
  fault: (line: string) => void;
  groups: readonly Group[];
  userIds: () => readonly string[];
  /** How long the client waits for something to show before a line counts as unanswered. */
  answerWithinMs: number;
  files: () => MediaFiles;
}

/** How long an unfinished stream may be written on. */
const streamLifeMs = 10 * 60_000;
const replyKinds = ['stream', 'markdown', 'template_card'];
const pushKinds = ['markdown', 'template_card'];

type Shown = { content: string; card?: ShownCard };
type Outcome = Omit<Delivery, 'msgId'>;
const nothing: Outcome = { status: 0, answer: null, attempts: 0, answers: [null] };

/** What WeCom does with the bot's replies and pushes over the long connection. */
export class BotSocketWay implements BotWay {
  private readonly payloads: BotPayloads;
  private readonly sent = new Map<string, { message: BotMessage; payload: Payload }>();
  private readonly callbacks: OpenCallbacks;
  private readonly bubbles = new Map<string, Bubble>();
  private readonly quota: ChatQuota;
  private readonly uploads: Uploads;
  /** Where somebody has spoken to the bot: only there may it speak unasked. */
  private readonly spoken = new Set<string>();

  constructor(
    private readonly parts: SocketWayParts,
    private readonly server: () => BotSocketServer,
  ) {
    this.payloads = new BotPayloads(parts);
    this.callbacks = new OpenCallbacks(parts.clock);
    this.quota = new ChatQuota(parts.clock);
    this.uploads = new Uploads(parts);
  }

  async deliver(message: BotMessage, times = 1): Promise<Delivery> {
    this.sent.set(message.msgId, { message, payload: this.payloads.message(message) });
    this.spoken.add(message.group ?? message.from);
    const all = await Promise.all(Array.from({ length: times }, () => this.deliverOnce(message.msgId)));
    return together(message.msgId, all);
  }

  async deliverAgain(msgId: string): Promise<Delivery> {
    return { msgId, ...(await this.deliverOnce(msgId)) };
  }

  async enterChat(userId: string): Promise<Delivery> {
    const payload = this.payloads.event('enter_chat', { userId, group: null });
    const message = { msgId: String(payload['msgid']), from: userId, group: null, text: '' };
    return { msgId: message.msgId, ...(await this.callback('enter_chat', message, payload)) };
  }

  async press(press: BotPress): Promise<Delivery> {
    const payload = this.payloads.press(press);
    const message = { msgId: String(payload['msgid']), from: press.from, group: press.group, text: '' };
    return { msgId: message.msgId, ...(await this.callback('template_card_event', message, payload, { pressed: press })) };
  }

  disconnectedEvent(): Payload {
    return this.payloads.event('disconnected_event', null);
  }

  /** Somebody judges an answer of the bot; nothing comes back. */
  giveFeedback(userId: string, type: 1 | 2 | 3): boolean {
    const payload = this.payloads.event('feedback_event', { userId, group: null }, { id: randomId(), type });
    return this.server().push('aibot_event_callback', randomId(), payload);
  }

  obey({ cmd, reqId, body }: AppFrame): ApiAnswer {
    if (cmd === 'aibot_respond_msg') return this.reply(reqId, body);
    if (cmd === 'aibot_respond_welcome_msg') return this.welcome(reqId, body);
    if (cmd === 'aibot_respond_update_msg') return this.update(reqId, body);
    if (cmd === 'aibot_send_msg') return this.push(body);
    return this.uploads.obey(cmd, body) ?? failure(40035, 'cmd');
  }

  private async deliverOnce(msgId: string): Promise<Outcome> {
    const known = this.sent.get(msgId);
    if (!known) throw new Error(`no message ${msgId} was sent`);
    const fault = await this.parts.faults.takeCallback();
    if (fault === 'lost-before') return nothing;
    const twice = fault === 'duplicated' ? [this.callback('message', known.message, known.payload)] : [];
    const [first] = await Promise.all([
      this.callback('message', known.message, known.payload, { unheard: fault === 'lost-after' }),
      ...twice,
    ]);
    this.parts.faults.letWaitingGo();
    return first;
  }

  /** Sends a callback under a req_id of its own and waits for the whole answer. `unheard`: nothing can be answered to it. */
  private async callback(
    kind: OpenCallback['kind'],
    message: BotMessage,
    payload: Payload,
    { unheard, pressed }: { unheard?: boolean; pressed?: Pressable } = {},
  ): Promise<Outcome> {
    const reqId = randomId();
    let timer: NodeJS.Timeout | undefined;
    const answered = new Promise<string | null>((resolve) => {
      timer = setTimeout(() => resolve(null), this.parts.answerWithinMs);
      if (!unheard) this.callbacks.add(reqId, { kind, message, answered: resolve, ...(pressed ? { pressed } : {}) });
    });
    const pushed = this.server().push(kind === 'message' ? 'aibot_msg_callback' : 'aibot_event_callback', reqId, payload);
    const answer = pushed ? await answered : null;
    clearTimeout(timer);
    if (!pushed) this.callbacks.forget(reqId);
    return pushed ? { status: 200, answer, attempts: 1, answers: [answer] } : nothing;
  }

  private reply(reqId: string, body: Record<string, unknown>): ApiAnswer {
    const callback = this.callbacks.find(reqId, 'message');
    if (!callback) return failure(846605, 'req_id');
    const words = this.accepted(wordsOf(body, replyKinds), chatOf(callback.message));
    if (isRefused(words)) return words;
    if (words.kind === 'stream') return this.stream(callback, words);
    const answer = words.kind === 'card' ? this.cardIn(words.value, reqId) : words;
    if (isRefused(answer)) return answer;
    showAnswer(this.parts.log, callback.message, answer);
    callback.answered(answer.content);
    return success();
  }

  private stream(callback: OpenCallback, words: Words & { kind: 'stream' }): ApiAnswer {
    const now = this.parts.clock.now().getTime();
    const bubble = this.bubbles.get(words.id) ?? { owner: callback.message.msgId, since: now };
    if (bubble.owner !== callback.message.msgId) return this.complain(failure(40035, 'stream.id belongs to another message'));
    if (now - bubble.since > streamLifeMs) return failure(846608);
    bubble.shown = showAnswer(this.parts.log, callback.message, words, bubble.shown);
    this.bubbles.set(words.id, bubble);
    if (words.finish) callback.answered(words.content);
    return success();
  }

  private welcome(reqId: string, body: Record<string, unknown>): ApiAnswer {
    const callback = this.callbacks.find(reqId, 'enter_chat');
    if (!callback) return failure(846605, 'req_id');
    const words = this.accepted(wordsOf(body, ['text', 'template_card']), chatOf(callback.message));
    if (isRefused(words)) return words;
    const answer: Shown | ApiAnswer = words.kind === 'card' ? this.cardIn(words.value, reqId) : words;
    if (isRefused(answer)) return answer;
    this.callbacks.forget(reqId);
    this.parts.log.show({ chat: chatOf(callback.message), from: 'bot', text: answer.content, format: 'text', ...withCard(answer) });
    callback.answered(answer.content);
    return success();
  }

  private push(body: Record<string, unknown>): ApiAnswer {
    const chat = this.chatFor(body['chatid'], body['chat_type'] ?? 0);
    if (typeof chat !== 'string') return chat;
    const words = this.accepted(wordsOf(body, pushKinds), chat);
    if (isRefused(words)) return words;
    const pushed: Shown | ApiAnswer = words.kind === 'card' ? this.cardIn(words.value, randomId()) : words;
    if (isRefused(pushed)) return pushed;
    this.parts.log.show({ chat, from: 'bot', text: pushed.content, format: 'markdown', ...withCard(pushed) });
    return success();
  }

  /** Changes the pressed card; within 5 s of the press. */
  private update(reqId: string, body: Record<string, unknown>): ApiAnswer {
    const callback = this.callbacks.find(reqId, 'template_card_event');
    if (!callback?.pressed) return failure(846605, 'no card was pressed');
    const { response_type: type, userids, template_card: value } = body;
    const listed = userids === undefined || (Array.isArray(userids) && callback.message.group !== null);
    if (type !== 'update_template_card' || !listed) return this.complain(failure(40035));
    const { shown, card } = callback.pressed;
    const { cards } = this.parts;
    const fresh = this.orRefused(() => cards.readUpdate(value, card));
    if ('errcode' in fresh) return fresh;
    cards.replace(shown, fresh, Array.isArray(userids) ? this.payloads.plain(userids.map(String)) : null);
    this.callbacks.forget(reqId);
    callback.answered(wordsOn(fresh));
    return success();
  }

  private cardIn(value: unknown, of: string): Shown | ApiAnswer {
    const card = this.orRefused(() => this.parts.cards.read(value, 'bot', of));
    return 'errcode' in card ? card : { content: wordsOn(card), card };
  }

  private orRefused(read: () => ShownCard): ShownCard | ApiAnswer {
    try {
      return read();
    } catch (error) {
      return this.complain(failure(40035, error instanceof Error ? error.message : String(error)));
    }
  }

  /** Where a push goes: the group first, unless the kind is said. */
  private chatFor(id: unknown, type: unknown): string | ApiAnswer {
    if (typeof id !== 'string' || ![0, 1, 2].includes(type as number)) return failure(40035);
    const { groups, userIds, bot, openIds } = this.parts;
    const group = type !== 1 && groups.some(({ chatId }) => chatId === id);
    const person = bot.encryptedUserIds ? openIds.toPlain(id) : userIds().find((userId) => userId === id);
    if (!group && (type === 2 || person === undefined)) return failure(93006);
    const where = group ? id : (person ?? '');
    // The code for a chat in which nobody has spoken to the bot is not documented; this one is our choice.
    if (!this.spoken.has(where)) return failure(93001);
    return group ? where : privateChat(where);
  }

  private accepted(words: Words | ApiAnswer, chat: string): Words | ApiAnswer {
    if (isRefused(words)) return this.complain(words);
    return this.quota.allows(chat) ? words : this.complain(failure(45009, 'the conversation has had enough'));
  }

  private complain(refusal: ApiAnswer): ApiAnswer {
    this.parts.fault(`long connection: not shown, ${refusal.errcode} ${refusal.errmsg}`);
    return refusal;
  }
}

const withCard = (words: Shown): { card?: ShownCard } => (words.card ? { card: words.card } : {});
