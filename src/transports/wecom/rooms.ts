import type { Room } from '../parts';
import { fitsWords } from './plain-words';

/** What each way takes of a text in one message, in bytes, and in how many messages a longer one may come. */
export const limits = {
  app: { bytes: 2_048, parts: 3 },
  webhook: { bytes: 4_096, parts: 3 },
  push: { bytes: 20_480, parts: 3 },
  /** The answer in the response, and the address for one late answer. */
  reply: { bytes: 20_480, parts: 1 },
} as const;

export type WayOut = keyof typeof limits;

/** `reserved`: bytes that are needed for something else, such as mentions. */
export const roomOf = (way: WayOut, cutShort: string, reserved = 0): Room => ({
  fits: (words) => fitsWords(words, limits[way].bytes - reserved),
  parts: limits[way].parts,
  cutShort,
});

/** The room in which a text fits whichever of these ways it takes in the end. */
export const narrowest = (ways: readonly WayOut[]): WayOut =>
  ways.toSorted((one, other) => limits[one].bytes - limits[other].bytes)[0] ?? 'app';
