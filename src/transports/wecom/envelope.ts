import { type Door, open as openDated, type Signed } from '../envelope';

export { type Door, seal } from '../envelope';

const freshMs = 600_000;

/** The plaintext of a callback, fresh within ±10 min. Throws FORGED for every fault alike. */
export const open = (door: Door, signed: Signed, now: Date): string =>
  openDated(door, signed, { now, instantOf: (seconds) => Number(seconds) * 1_000, freshMs });
