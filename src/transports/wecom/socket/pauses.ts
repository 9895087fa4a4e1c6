import { jitteredBackOff } from '../../../foundation/back-off';
import type { ConnectionEnd } from './connection';

const second = 1_000;
const minute = 60 * second;

/** Subscribing is rate-protected, so even a healthy network is not knocked at more than once a second. */
const lost = { firstMs: second, mostMs: minute };
/** A wrong secret does not become right by asking again. */
const denied = { firstMs: minute, mostMs: 10 * minute };
/** Somebody else holds the bot. Coming back would throw them out, and they us, for ever. */
const kicked = { firstMs: 10 * minute, mostMs: 120 * minute };

/** A connection that lived this long was a good one: what went wrong before is forgotten. */
const provenMs = { lost: minute, kicked: 60 * minute };

/** How long to stay away after each end, and how often it has failed in a row. Lives as long as the process leads. */
export class Pauses {
  private losses = 0;
  private kicks = 0;

  /** Ends in a row without a connection that lasted. */
  get failures(): number {
    return this.losses;
  }

  /** `livedMs`: how long the ended connection had been subscribed; 0 when it never was. */
  after(end: ConnectionEnd, livedMs: number): number {
    if (livedMs >= provenMs.lost) this.losses = 0;
    if (livedMs >= provenMs.kicked) this.kicks = 0;
    if (end.why === 'kicked') return jitteredBackOff((this.kicks += 1), kicked);
    this.losses += 1;
    return jitteredBackOff(this.losses, end.why === 'denied' ? denied : lost);
  }
}
