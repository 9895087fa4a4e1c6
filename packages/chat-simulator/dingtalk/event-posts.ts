import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { getSignature, encrypt as sealed } from '@wecom/crypto';
import { request } from 'undici';
import { type Keys, open } from '../envelope';
import type { SimulatorClock } from '../options';
import { randomId } from '../random-id';
import { jsonObject } from '../request-body';
import type { RobotApp } from './options';
import type { StreamEvent } from './stream-robot';

interface EventPostParts {
  app: RobotApp;
  clock: SimulatorClock;
  base: () => string;
  keys: { token: string; aesKey: string };
  /** Real milliseconds before the second and the third try: 10 s and 30 s. */
  pausesMs: readonly number[];
  fault: (line: string) => void;
}

/** DingTalk waits no longer. */
const answerWithinMs = 2_500;

/** Events by HTTP: encrypted posts, repeated until an encrypted 'success' comes back in time. */
export class EventPosts {
  private readonly keys: Keys;
  private readonly closing = new AbortController();

  constructor(private readonly parts: EventPostParts) {
    this.keys = { ...parts.keys, receiver: parts.app.clientId };
  }

  /** What the console does when the address is saved: true when it may be. */
  async checkUrl(): Promise<boolean> {
    return this.post({ EventType: 'check_url' });
  }

  /** Posts an event until it is acknowledged, three times at most; 'SUCCESS', or null. */
  async event({ eventType, data, eventId = randomId() }: StreamEvent): Promise<string | null> {
    const { app, clock, pausesMs } = this.parts;
    // Fields begin with a capital here, unlike in Stream mode.
    const fields = Object.entries(data).map(([name, value]) => [name.charAt(0).toUpperCase() + name.slice(1), value]);
    const event = {
      EventType: eventType,
      CorpId: app.corpId,
      TimeStamp: String(clock.now().getTime()),
      eventId,
      ...Object.fromEntries(fields),
    };
    for (const wait of [0, ...pausesMs]) {
      if (wait > 0 && !(await this.wait(wait))) return null;
      if (await this.post(event)) return 'SUCCESS';
    }
    return null;
  }

  close(): void {
    this.closing.abort();
  }

  private async post(event: object): Promise<boolean> {
    const { clock, base, fault } = this.parts;
    const { token, aesKey, receiver } = this.keys;
    const ciphertext = sealed(aesKey, JSON.stringify(event), receiver, randomBytes(16));
    const [timestamp, nonce] = [String(clock.now().getTime()), randomId(6)];
    const signature = getSignature(token, timestamp, nonce, ciphertext);
    // The signature comes under both of its names.
    const address = new URLSearchParams({ signature, msg_signature: signature, timestamp, nonce });
    try {
      const answer = await request(`${base()}/dingtalk/events?${address.toString()}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ encrypt: ciphertext }),
        signal: AbortSignal.timeout(answerWithinMs),
      });
      const text = await answer.body.text();
      return answer.statusCode === 200 && this.isSuccess(text);
    } catch (error) {
      if (error instanceof AnswerFault) fault(`event callback: ${error.message}`);
      return false;
    }
  }

  private isSuccess(text: string): boolean {
    const { msg_signature: signature, timeStamp: timestamp, nonce, encrypt } = jsonObject(text) ?? {};
    const parts = [signature, timestamp, nonce, encrypt];
    if (!parts.every((part) => typeof part === 'string')) throw new AnswerFault('msg_signature, timeStamp, nonce or encrypt is missing');
    const [one, two, three, four] = parts as [string, string, string, string];
    let plaintext: string;
    try {
      plaintext = open(this.keys, { signature: one, timestamp: two, nonce: three, encrypt: four });
    } catch (error) {
      throw new AnswerFault(error instanceof Error ? error.message : 'unreadable');
    }
    if (plaintext !== 'success') throw new AnswerFault('the answer is not “success”');
    return true;
  }

  private wait(ms: number): Promise<boolean> {
    return pause(ms, true, { signal: this.closing.signal, ref: false }).catch(() => false);
  }
}

class AnswerFault extends Error {}
