import { setTimeout as pause } from 'node:timers/promises';
import { Agent, request } from 'undici';
import type { FaultSwitches } from './faults';

interface Attempted {
  status: number;
  body: string;
  /** Nonce of the attempt that was answered. */
  nonce: string;
  attempts: number;
}

export interface Attempt {
  path: string;
  body: string;
  contentType: string;
  nonce: string;
}

interface WebhookSettings {
  base: () => string;
  faults: FaultSwitches;
  answerWithinMs: number;
  retryDelayMs: number;
  againWhen?: (() => Promise<unknown>) | undefined;
}

/** Of a callback without an answer, altogether. */
const usualRetries = 3;

/** Posts callbacks to our application as WeCom does: 5 s for an answer, three retries, a fresh envelope each time. */
export class WebhookClient {
  private readonly agent = new Agent({ connections: 256, keepAliveTimeout: 2_000 });
  private readonly closing = new AbortController();

  constructor(private readonly settings: WebhookSettings) {}

  /** `make` seals the callback anew for each attempt; status 0 when no attempt was answered. */
  async deliver(make: () => Attempt, retries = usualRetries): Promise<Attempted> {
    let last: Attempted = { status: 0, body: '', nonce: '', attempts: 0 };
    while (last.attempts <= retries && !this.closing.signal.aborted) {
      if (last.attempts > 0) await this.waitForRetry();
      last = { ...(await this.attempt(make())), attempts: last.attempts + 1 };
      if (last.status === 200) break;
    }
    return last;
  }

  get closed(): boolean {
    return this.closing.signal.aborted;
  }

  /** GET with the query given, as the console does when a callback URL is saved. */
  async get(path: string): Promise<{ status: number; body: string }> {
    const answer = await request(`${this.settings.base()}${path}`, { dispatcher: this.agent, signal: AbortSignal.timeout(1_000) });
    return { status: answer.statusCode, body: await answer.body.text() };
  }

  async close(): Promise<void> {
    this.closing.abort();
    await this.agent.destroy();
  }

  private async waitForRetry(): Promise<void> {
    // Rejects only when the simulator closes, and then the loop ends.
    await pause(this.settings.retryDelayMs, undefined, { signal: this.closing.signal }).catch(() => undefined);
    if (!this.closed) await this.settings.againWhen?.();
  }

  private async attempt(sent: Attempt): Promise<Omit<Attempted, 'attempts'>> {
    const fault = await this.settings.faults.takeCallback();
    const nothing = { status: 0, body: '', nonce: sent.nonce };
    if (fault === 'lost-before') return nothing;
    const [answer] = await Promise.all([this.post(sent), ...(fault === 'duplicated' ? [this.post(sent)] : [])]);
    this.settings.faults.letWaitingGo();
    return fault === 'lost-after' ? nothing : { ...answer, nonce: sent.nonce };
  }

  private async post(sent: Attempt): Promise<{ status: number; body: string }> {
    try {
      const answer = await request(`${this.settings.base()}${sent.path}`, {
        method: 'POST',
        headers: { 'content-type': sent.contentType },
        body: sent.body,
        dispatcher: this.agent,
        signal: AbortSignal.timeout(this.settings.answerWithinMs),
      });
      return { status: answer.statusCode, body: await answer.body.text() };
    } catch {
      // Refused, broken off or too slow: to WeCom all the same, no answer.
      return { status: 0, body: '' };
    }
  }
}
