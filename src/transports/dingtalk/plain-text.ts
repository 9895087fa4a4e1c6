import { bytesInJson, cutToBytes } from '../bytes';

/** Of a message's parameters, and what every kind of reply takes (dingtalk.md 3.1, 3.4). */
const mostBytes = 15_000;
const frame = Buffer.byteLength(JSON.stringify({ content: '' }));

/**
 * What we say, as DingTalk's plain text. Members' words are repeated in it, so nothing in it may act: '@' mentions nobody
 * and addresses open nothing. Cut, as written into JSON, to what the platform takes.
 */
export function plainText(text: string): string {
  const harmless = text
    .replaceAll('@', '＠')
    .replaceAll('://', '：//')
    .replace(/\bwww\./gi, (word) => `${word.slice(0, 3)}．`);
  return cutToBytes(harmless, mostBytes - frame, bytesInJson);
}
