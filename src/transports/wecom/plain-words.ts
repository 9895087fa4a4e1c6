import { cleaned, cutToBytes } from '../bytes';

/**
 * What we say, where the client reads markdown or tags. Members' words are repeated in it, so nothing in it may
 * act: no tag mentions or colours, no bracket and no bare address opens a page. At most `limit` bytes, cut on a character.
 */
export const plainWords = (text: string, limit: number): string => cutToBytes(harmless(text), limit);

/** Whether `plainWords` leaves it whole. */
export const fitsWords = (text: string, limit: number): boolean => Buffer.byteLength(harmless(text)) <= limit;

// Control characters go first: taken out later they would let the parts of a link close up again.
function harmless(text: string): string {
  return cleaned(text)
    .replaceAll('<', '＜')
    .replace(/\](?=[([:])/g, '］')
    .replaceAll('://', '：//')
    .replace(/\bwww\./gi, (word) => `${word.slice(0, 3)}．`)
    .replace(/@(?=all\b)/gi, '＠');
}
