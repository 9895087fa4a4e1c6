import type { Context } from 'koa';
import type { Answer } from '../../delivery/incoming';
import { AppError } from '../../foundation/errors';
import { readBody } from '../body';
import { showsButtons } from './action-card';
import { codeEntry } from './error-codes';
import { webhookForm } from './message-forms';
import type { DingtalkOptions } from './options';
import { type RobotMessage, robotMessage, toIncoming, wordsOf } from './robot-message';
import { checkSignature } from './signature';

/** The platform waits 2.5 s (dingtalk.md 1.5); what takes longer is answered later through the session. */
const answerWithinMs = 1_500;
const overQuota = '20001';

/** POST of the robot in HTTP mode (dingtalk.md 1): checks the signature, hands the words to the inbox, answers in the response. */
export class RobotCallback {
  constructor(private readonly options: DingtalkOptions) {}

  async receive(ctx: Context): Promise<void> {
    const { clientSecret, clock } = this.options;
    const body = await readBody(ctx);
    checkSignature({ timestamp: ctx.headers['timestamp'], sign: ctx.headers['sign'] }, clientSecret, clock.now());
    // Signed and empty: somebody tries whether the address works.
    const message = body === '' ? null : parse(body);
    const answer = message && (await this.answer(message));
    const buttons = message !== null && showsButtons(this.options.buttons, message.conversationType === '2' ? 'group' : 'private');
    ctx.body = answer ? webhookForm(answer, buttons) : { msgtype: 'empty' };
  }

  private async answer(message: RobotMessage): Promise<Answer> {
    const { texts, logger, inbox, clientId, robotCode, corpId } = this.options;
    if (![clientId, robotCode].includes(message.robotCode ?? robotCode)) throw new AppError('FORGED', 'robot');
    if ((message.chatbotCorpId ?? corpId) !== corpId) throw new AppError('FORGED', 'organisation');
    if (message.errorCode === overQuota) {
      logger.error({ code: overQuota, advice: codeEntry(overQuota).advice }, 'DingTalk withholds messages');
      return { text: texts.quotaSpent };
    }
    // Counted beside the answer, not before it: whoever asked does not wait for the count.
    void this.options.usage.add('pushes');
    const sender = this.sender(message);
    if (sender === null) return { text: texts.identityMissing };
    const words = wordsOf(message);
    return words === null ? { text: texts.wordsOnly } : inbox.receive(toIncoming(message, words, sender, this.options), answerWithinMs);
  }

  /** The staff id, which is unique within our organisation only; null for whoever has none in it (dingtalk.md 1.3). */
  private sender({ senderStaffId, senderCorpId }: RobotMessage): string | null {
    return senderStaffId && (senderCorpId ?? this.options.corpId) === this.options.corpId ? senderStaffId : null;
  }
}

function parse(body: string): RobotMessage {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    throw new AppError('MALFORMED', 'json');
  }
  const read = robotMessage.safeParse(value);
  if (!read.success) throw new AppError('MALFORMED', read.error.issues.map((issue) => issue.path.join('.')).join(' '));
  return read.data;
}
