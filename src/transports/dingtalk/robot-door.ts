import type { Answer } from '../../delivery/incoming';
import { AppError } from '../../foundation/errors';
import { codeEntry } from './error-codes';
import type { DingtalkOptions } from './options';
import { type RobotMessage, toIncoming, wordsOf } from './robot-message';

const overQuota = '20001';

/** What becomes of the robot's messages, by whichever of the two ways they come. */
export class RobotDoor {
  constructor(private readonly options: DingtalkOptions) {}

  /** `withinMs` as for Inbox.receive. Throws FORGED for a message of another robot or organisation. */
  async answer(message: RobotMessage, withinMs: number): Promise<Answer> {
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
    return words === null ? { text: texts.wordsOnly } : inbox.receive(toIncoming(message, words, sender, this.options), withinMs);
  }

  /** The staff id, which is unique within our organisation only; null for whoever has none in it. */
  private sender({ senderStaffId, senderCorpId }: RobotMessage): string | null {
    return senderStaffId && (senderCorpId ?? this.options.corpId) === this.options.corpId ? senderStaffId : null;
  }
}
