import { setMaxListeners } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { FaultSwitches } from '../faults';
import type { Delivery } from '../options';
import { randomId } from '../random-id';
import { type Ack, robotTopic } from './frames';
import type { Gateway } from './gateway';
import { type Payload, type PayloadParts, payloadOf, type RobotMessage, type RobotWay } from './robot-payload';

interface StreamParts extends PayloadParts {
  gateway: Gateway;
  faults: FaultSwitches;
  redeliverAfterMs: number;
  againWhen?: (() => Promise<unknown>) | undefined;
  fault: (line: string) => void;
}

/** An event of the organisation, e.g. user_leave_org. */
export interface StreamEvent {
  eventType: string;
  data: Record<string, unknown>;
  eventId?: string;
}

/** The first delivery, and one more without an ack: documents and field reports disagree about how often. */
const attemptsAtMost = 2;

/**
 * Stream mode: pushes messages and events as frames. A message counts as delivered when it is acked; what is answered
 * comes later, at its session's address, so `answer` is always null here.
 */
export class StreamRobot implements RobotWay {
  private readonly sent = new Map<string, Payload>();
  private readonly closing = new AbortController();

  constructor(private readonly parts: StreamParts) {
    // Every message that waits for its redelivery listens.
    setMaxListeners(0, this.closing.signal);
  }

  async deliver(message: RobotMessage, times: number): Promise<Delivery> {
    this.sent.set(message.msgId, payloadOf(message, this.parts));
    return this.deliverTimes(message.msgId, times);
  }

  deliverAgain(msgId: string): Promise<Delivery> {
    return this.deliverTimes(msgId, 1);
  }

  /** Pushes an event until it is acked with SUCCESS; resolves with the last status, null for none. */
  async event({ eventType, data, eventId = randomId() }: StreamEvent): Promise<string | null> {
    const { app, clock, gateway } = this.parts;
    const born = String(clock.now().getTime());
    const headers = { eventType, eventId, eventBornTime: born, eventCorpId: app.corpId, eventUnifiedAppId: 'demo-unified-app' };
    for (let attempts = 1; ; attempts += 1) {
      const ack = await gateway.deliver({ type: 'EVENT', topic: '*', data, headers });
      // Clients that answer 200 with data of their own, or none, have taken it.
      const taken = ack?.code === 200 ? 'SUCCESS' : null;
      const status = ack && typeof ack.data['status'] === 'string' ? ack.data['status'] : taken;
      if (status === 'SUCCESS' || attempts >= attemptsAtMost || !(await this.untilRedelivery())) return status;
    }
  }

  close(): void {
    this.closing.abort();
  }

  private async deliverTimes(msgId: string, times: number): Promise<Delivery> {
    const payload = this.sent.get(msgId);
    if (!payload) throw new Error(`no message ${msgId} was sent`);
    const all = await Promise.all(Array.from({ length: times }, () => this.deliverOnce(payload)));
    return {
      msgId,
      status: all[0]?.status ?? 0,
      answer: null,
      attempts: all.reduce((sum, one) => sum + one.attempts, 0),
      answers: all.map(() => null),
    };
  }

  private async deliverOnce(payload: Payload): Promise<{ status: number; attempts: number }> {
    for (let attempts = 1; ; attempts += 1) {
      const ack = await this.attempt(payload);
      if (ack || attempts >= attemptsAtMost || !(await this.untilRedelivery())) return { status: ack?.code ?? 0, attempts };
    }
  }

  private async attempt(payload: Payload): Promise<Ack | null> {
    const { gateway, faults } = this.parts;
    const fault = await faults.takeCallback();
    if (fault === 'lost-before') return null;
    const push = (): Promise<Ack | null> => gateway.deliver({ type: 'CALLBACK', topic: robotTopic, data: payload });
    const [ack = null] = await Promise.all(fault === 'duplicated' ? [push(), push()] : [push()]);
    faults.letWaitingGo();
    return fault === 'lost-after' ? null : ack;
  }

  /** False when the simulator closes meanwhile. */
  private async untilRedelivery(): Promise<boolean> {
    const { signal } = this.closing;
    const due = await pause(this.parts.redeliverAfterMs, true, { signal, ref: false }).catch(() => false);
    if (due) await this.parts.againWhen?.();
    return due && !signal.aborted;
  }
}
