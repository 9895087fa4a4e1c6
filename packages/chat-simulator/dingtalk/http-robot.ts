import { createHmac } from 'node:crypto';
import { Agent, request } from 'undici';
import type { ChatLog } from '../chat-log';
import type { FaultSwitches } from '../faults';
import type { Delivery } from '../options';
import { jsonObject } from '../request-body';
import { bubbleOf, readWebhookForm } from './forms';
import { chatOf, type Payload, type PayloadParts, payloadOf, type RobotMessage, type RobotWay } from './robot-payload';

interface HttpParts extends PayloadParts {
  base: () => string;
  log: ChatLog;
  faults: FaultSwitches;
  answerWithinMs: number;
  fault: (line: string) => void;
}

type Outcome = Pick<Delivery, 'status' | 'answer' | 'remark'>;

/**
 * HTTP mode: posts the message signed, shows what comes back in time. Retries are not documented, and
 * there are none here; a test asks for a second delivery itself.
 */
export class HttpRobot implements RobotWay {
  private readonly agent = new Agent({ connections: 256, keepAliveTimeout: 2_000 });
  private readonly sent = new Map<string, { message: RobotMessage; payload: Payload }>();

  constructor(private readonly parts: HttpParts) {}

  async deliver(message: RobotMessage, times: number): Promise<Delivery> {
    this.sent.set(message.msgId, { message, payload: payloadOf(message, this.parts) });
    return this.deliverTimes(message.msgId, times);
  }

  deliverAgain(msgId: string): Promise<Delivery> {
    return this.deliverTimes(msgId, 1);
  }

  async close(): Promise<void> {
    await this.agent.destroy();
  }

  private async deliverTimes(msgId: string, asked: number): Promise<Delivery> {
    const known = this.sent.get(msgId);
    if (!known) throw new Error(`no message ${msgId} was sent`);
    const fault = await this.parts.faults.takeCallback();
    if (fault === 'lost-before') return { msgId, status: 0, answer: null, attempts: 1, answers: [null] };
    const times = fault === 'duplicated' ? asked + 1 : asked;
    const all = await Promise.all(Array.from({ length: times }, () => this.deliverOnce(known, fault === 'lost-after')));
    this.parts.faults.letWaitingGo();
    const answers = all.map(({ answer }) => answer);
    const remark = all.find((one) => one.remark)?.remark;
    const status = all[0]?.status ?? 0;
    return {
      msgId,
      status,
      answer: answers.find((each) => each !== null) ?? null,
      attempts: times,
      answers,
      ...(remark ? { remark } : {}),
    };
  }

  private async deliverOnce({ message, payload }: { message: RobotMessage; payload: Payload }, lost: boolean): Promise<Outcome> {
    const { status, text } = await this.post(JSON.stringify(payload));
    const nothing = { status, answer: null };
    if (lost) return { status: 0, answer: null };
    if (status !== 200) {
      if (status !== 0) this.parts.fault(`robot callback refused with HTTP ${status}`);
      return nothing;
    }
    const body = jsonObject(text);
    if (text === '' || body?.['msgtype'] === 'empty') return nothing;
    const shown = body && readWebhookForm(body);
    if (!shown || 'refused' in shown) {
      this.parts.fault('robot answer not shown: it is none of the forms that DingTalk shows');
      return { ...nothing, remark: 'not_shown' };
    }
    const quote = message.group ? { quote: message.text } : {};
    this.parts.log.show({ chat: chatOf(message), from: 'bot', ...bubbleOf(shown), ...quote });
    return { status, answer: shown.text };
  }

  private async post(body: string): Promise<{ status: number; text: string }> {
    const { app, clock, base, answerWithinMs } = this.parts;
    const timestamp = String(clock.now().getTime());
    const sign = createHmac('sha256', app.clientSecret).update(`${timestamp}\n${app.clientSecret}`).digest('base64');
    try {
      const answer = await request(`${base()}/dingtalk/robot`, {
        method: 'POST',
        headers: { 'content-type': 'application/json; charset=utf-8', timestamp, sign },
        body,
        dispatcher: this.agent,
        signal: AbortSignal.timeout(answerWithinMs),
      });
      return { status: answer.statusCode, text: await answer.body.text() };
    } catch {
      // Refused, broken off or too slow: to DingTalk all the same, no answer.
      return { status: 0, text: '' };
    }
  }
}
