import { ShiftableClock } from '../../src/foundation/clock';

/** A clock that stands still until it is moved: what falls into one second or minute stays in it, however slow the machine is. */
export const stillClock = (at: string): ShiftableClock => new ShiftableClock({ now: () => new Date(at) });
