import type { Incoming } from '../../../delivery/incoming';
import { AppError } from '../../../foundation/errors';
import type { Pacing } from '../../pacing';
import type { BotConversation, BotReply } from '../bot-conversation';
import { type BotMessage, botMessage } from '../bot-message';
import { codeEntry } from '../error-codes';
import { finishedStream } from '../finished-stream';
import type { BotBySocket, WecomOptions } from '../options';
import { taskIdOf, templateCard } from '../template-card';
import type { Respond } from './bot-socket';
import type { CallbackFrame } from './frames';
import type { AckOutcome } from './pending-acks';

/** A welcome that comes later is refused. */
const welcomeWithinMs = 5_000;

/** How one callback is answered, and what tells it from every other. */
interface Heard {
  respond: Respond;
  reqId: string;
}

/** What came over the long connection, to the same conversation as by HTTP, and its answer back. */
export class SocketCallbacks {
  constructor(
    private readonly options: WecomOptions,
    private readonly bot: BotBySocket,
    private readonly parts: { conversation: BotConversation; pacing: Pacing },
  ) {}

  /** Never rejects: nobody delivers the message again, so every fault ends here, in the log. */
  async handle(frame: CallbackFrame, respond: Respond): Promise<void> {
    const { logger } = this.options;
    try {
      const read = botMessage.safeParse(frame.body);
      if (!read.success) throw new AppError('MALFORMED', 'shape');
      await this.take(read.data, { respond, reqId: frame.reqId });
    } catch (error) {
      const code = error instanceof AppError ? error.code : 'UNEXPECTED';
      if (code === 'FORGED' || code === 'MALFORMED')
        logger.warn({ code, why: (error as Error).message }, 'a WeCom message was passed over');
      else logger.error({ code, err: error }, 'a WeCom message could not be answered');
    }
  }

  private async take(message: BotMessage, heard: Heard): Promise<void> {
    const { conversation } = this.parts;
    const { respond } = heard;
    const arrivedAt = this.bot.steady();
    const reply = await conversation.answer(message);
    if (!reply) return;
    if (reply.to === 'enter_chat') {
      if (this.bot.steady() - arrivedAt < welcomeWithinMs) await this.welcome(reply.text, respond);
      return;
    }
    if (reply.incoming) await this.learn(message, reply.incoming);
    if (reply.to === 'press') await this.update(reply, respond);
    else await this.say(message, reply, heard);
  }

  private async learn(message: BotMessage, { body, platform, chat }: Incoming): Promise<void> {
    const address = chat.kind === 'group' ? chat.id : (message.from?.userid ?? chat.id);
    try {
      await this.bot.chats.seen({ body, platform, chatId: chat.id, kind: chat.kind, address });
    } catch (error) {
      this.options.logger.warn({ code: 'STORE_UNAVAILABLE', err: error }, 'a chat could not be remembered; its next message will be');
    }
  }

  private async welcome(text: string, respond: Respond): Promise<void> {
    this.report(await respond('aibot_respond_welcome_msg', { msgtype: 'text', text: { content: text } }), 'a welcome');
  }

  private async say(message: BotMessage, { said, incoming }: BotReply & { to: 'message' }, { respond, reqId }: Heard): Promise<void> {
    const chat = message.chatid ?? message.from?.userid ?? '';
    const wait = await this.parts.pacing.waitFor(chat);
    const outcome: AckOutcome =
      wait > 0 ? { kind: 'never', code: 'chat pace' } : await respond('aibot_respond_msg', finishedStream(message.msgid, said.text));
    this.report(outcome, 'an answer');
    await this.sayLate(outcome, incoming);
    // Of this callback alone: buttons that were shown once under an id are refused.
    const card = said.card && templateCard(said.card, taskIdOf('reply', `${message.msgid} ${reqId}`));
    if (card && succeeded(outcome) && (await this.parts.pacing.waitFor(chat)) === 0)
      this.report(await respond('aibot_respond_msg', { msgtype: 'template_card', template_card: card }), 'the buttons of an answer');
  }

  private async update({ update, incoming }: BotReply & { to: 'press' }, respond: Respond): Promise<void> {
    const outcome = await respond('aibot_respond_update_msg', update);
    this.report(outcome, 'the answer to a button');
    await this.sayLate(outcome, incoming);
  }

  // What may have arrived is not said again.
  private async sayLate(outcome: AckOutcome, incoming: Incoming | null): Promise<void> {
    const missed = outcome.kind === 'never' || (outcome.kind === 'ack' && outcome.errcode !== 0);
    if (missed && incoming) await this.options.late.unsaid(incoming);
  }

  private report(outcome: AckOutcome, what: string): void {
    if (succeeded(outcome)) return;
    const code = outcome.kind === 'ack' ? String(outcome.errcode) : outcome.code;
    const advice = outcome.kind === 'ack' ? { advice: codeEntry(code).advice } : {};
    this.options.logger.warn({ outcome: outcome.kind, code, ...advice }, `${what} did not surely reach the chat`);
  }
}

const succeeded = (outcome: AckOutcome): boolean => outcome.kind === 'ack' && outcome.errcode === 0;
