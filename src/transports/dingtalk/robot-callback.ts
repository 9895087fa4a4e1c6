import type { Context } from 'koa';
import { readBody } from '../body';
import { inOne } from '../parts';
import { showsButtons } from './action-card';
import { webhookForm } from './message-forms';
import type { DingtalkOptions } from './options';
import { RobotDoor } from './robot-door';
import { readRobotMessage } from './robot-message';
import { roomOf } from './rooms';
import { checkSignature } from './signature';

/** The platform waits 2.5 s; what takes longer is answered later through the session. */
const usualMs = 1_500;

/** POST of the robot in HTTP mode: checks the signature, hands the words to the inbox, answers in the response. */
export class RobotCallback {
  private readonly door: RobotDoor;

  constructor(private readonly options: DingtalkOptions) {
    this.door = new RobotDoor(options);
  }

  async receive(ctx: Context): Promise<void> {
    const { clientSecret, clock, answerWithinMs = usualMs } = this.options;
    const body = await readBody(ctx);
    checkSignature({ timestamp: ctx.headers['timestamp'], sign: ctx.headers['sign'] }, clientSecret, clock.now());
    // Signed and empty: somebody tries whether the address works.
    const message = body === '' ? null : readRobotMessage(body);
    const answer = message && (await this.door.answer(message, answerWithinMs));
    const buttons = message !== null && showsButtons(this.options.buttons, message.conversationType === '2' ? 'group' : 'private');
    ctx.body = answer
      ? webhookForm({ ...answer, text: inOne(answer.text, roomOf(this.options, answer.card)) }, buttons)
      : { msgtype: 'empty' };
  }
}
