import type { Steady } from '../../../foundation/clock';

/** How a frame of ours ended. 'never': it did not leave this process. 'unknown': it may have been acted on. */
export type AckOutcome = { kind: 'ack'; errcode: number } | { kind: 'never'; code: string } | { kind: 'unknown'; code: string };

interface Pending {
  until: number;
  settle(outcome: AckOutcome): void;
}

/** Frames waiting for their acknowledgement, by req_id, in the order in which they were sent. */
export class PendingAcks {
  private readonly waiting = new Map<string, Pending[]>();

  constructor(
    private readonly steady: Steady,
    private readonly withinMs: number,
  ) {}

  wait(reqId: string): Promise<AckOutcome> {
    return new Promise((settle) => {
      const list = this.waiting.get(reqId) ?? [];
      list.push({ until: this.steady() + this.withinMs, settle });
      this.waiting.set(reqId, list);
    });
  }

  /** False when nothing waits for this acknowledgement. */
  acknowledge(reqId: string, errcode: number): boolean {
    const list = this.waiting.get(reqId);
    const first = list?.shift();
    if (list?.length === 0) this.waiting.delete(reqId);
    first?.settle({ kind: 'ack', errcode });
    return first !== undefined;
  }

  /** Gives up on what has waited too long. */
  expire(): void {
    const now = this.steady();
    for (const [reqId, list] of this.waiting) {
      while (list[0] && list[0].until <= now) list.shift()?.settle({ kind: 'unknown', code: 'ack timeout' });
      if (list.length === 0) this.waiting.delete(reqId);
    }
  }

  /** The connection has gone: nobody will acknowledge any more. */
  abandon(): void {
    for (const list of this.waiting.values()) for (const each of list) each.settle({ kind: 'unknown', code: 'connection lost' });
    this.waiting.clear();
  }
}
