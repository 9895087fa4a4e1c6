import { z } from 'zod';
import type { ContactChanges } from '../../../delivery/contact-change';
import type { Said } from '../../../delivery/incoming';
import { AppError } from '../../../foundation/errors';
import { digest } from '../../../foundation/ids';
import { contactChanges, eventOfFrame } from '../contact-event';
import type { DingtalkOptions } from '../options';
import { RobotDoor } from '../robot-door';
import { type RobotMessage, readRobotMessage } from '../robot-message';
import { replyToSession } from '../session-reply';
import { type Ack, type DownFrame, eventAck, robotTopic, taken } from './frames';

const anyObject = z.record(z.string(), z.unknown());
/** Longer than any redelivery seen in the field. */
const saidSeconds = 600;

/** What becomes of callbacks and events. Every frame is acked, and acked only when what it brought is kept. */
export class FrameHandler {
  private readonly door: RobotDoor;

  constructor(
    private readonly options: DingtalkOptions,
    private readonly changes: ContactChanges,
  ) {
    this.door = new RobotDoor(options);
  }

  /** Never rejects. */
  async handle(frame: DownFrame): Promise<Ack> {
    try {
      if (frame.type === 'EVENT') return await this.event(frame);
      if (frame.type === 'CALLBACK') return frame.headers.topic === robotTopic ? await this.message(frame) : taken(404);
      return taken(400);
    } catch (error) {
      return this.refusal(frame, error);
    }
  }

  private async message({ data }: DownFrame): Promise<Ack> {
    const message = readRobotMessage(data);
    // What the inbox has kept is answered by itself; what it says here is about the message that it has not.
    const said = await this.door.answer(message, 0).catch((error: unknown): Said => this.unkept(error));
    if (said) void this.sayOnce(message, said);
    return taken();
  }

  private unkept(error: unknown): Said {
    if (error instanceof AppError && (error.code === 'FORGED' || error.code === 'MALFORMED')) throw error;
    this.options.logger.error({ code: 'UNEXPECTED', err: error }, 'a message of DingTalk could not be kept');
    return { text: this.options.texts.unavailable };
  }

  /** Nothing durable stands behind these sentences; a redelivery within minutes does not repeat them. */
  private async sayOnce({ msgId, sessionWebhook }: RobotMessage, said: Said): Promise<void> {
    const { redis, prefix, logger } = this.options;
    const key = `${prefix}:dingtalk:said:${digest(msgId)}`;
    const first = await redis.set(key, '1', 'EX', saidSeconds, 'NX').catch(() => 'OK');
    if (first !== 'OK' || sessionWebhook === undefined) return;
    const outcome = await replyToSession(this.options, sessionWebhook, said);
    if (outcome.kind !== 'sent') logger.warn({ outcome }, 'a sentence did not reach its DingTalk chat');
  }

  private async event({ headers, data }: DownFrame): Promise<Ack> {
    const { clock, body, corpId, logger } = this.options;
    const read = anyObject.safeParse(data === '' ? {} : JSON.parse(data));
    if (!read.success) throw new AppError('MALFORMED', 'event');
    if ((headers['eventCorpId'] ?? corpId) !== corpId) throw new AppError('FORGED', 'organisation');
    const event = eventOfFrame(headers, read.data, clock.now());
    const changes = contactChanges(event, body);
    for (const change of changes) await this.changes.receive(change);
    logger.info({ event: event.type, id: event.id, changes: changes.length }, 'an event came in');
    return eventAck('SUCCESS');
  }

  private refusal({ type }: DownFrame, error: unknown): Ack {
    const { logger } = this.options;
    const malformed =
      error instanceof SyntaxError || (error instanceof AppError && (error.code === 'FORGED' || error.code === 'MALFORMED'));
    if (malformed) {
      logger.warn(
        { code: error instanceof AppError ? error.code : 'MALFORMED', why: (error as Error).message },
        'a frame of DingTalk was refused',
      );
      // Repeating would not make it better: an event is done with, a callback is refused.
      return type === 'EVENT' ? eventAck('SUCCESS') : taken(400);
    }
    logger.error({ code: 'UNEXPECTED', err: error }, 'a frame of DingTalk could not be taken');
    return type === 'EVENT' ? eventAck('LATER') : taken(500);
  }
}
