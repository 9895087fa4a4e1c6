/** The only source of time for everything that decides; tests and the demo hand in their own. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

/** A clock that runs with the real one but can be moved forward or back: the demo's "what happens next week?". */
export class ShiftableClock implements Clock {
  private offset = 0;

  constructor(private readonly base: Clock = systemClock) {}

  now(): Date {
    return new Date(this.base.now().getTime() + this.offset);
  }

  moveTo(instant: Date): void {
    this.offset = instant.getTime() - this.base.now().getTime();
  }
}

/**
 * Milliseconds since some moment: nobody sets it, the demo does not move it, and it runs on while the process is stopped.
 * For leases and silences, where the time of day would lie.
 */
export type Steady = () => number;

export const systemSteady: Steady = () => performance.now();
