import { bytesInJson, cleaned, cutToBytes } from '../bytes';

/** Of a message's parameters, and what every kind of reply takes. */
export const mostBytes = 15_000;
const frame = Buffer.byteLength(JSON.stringify({ content: '' }));

const harmless = (text: string): string =>
  text
    .replaceAll('@', '＠')
    .replaceAll('://', '：//')
    .replace(/\bwww\./gi, (word) => `${word.slice(0, 3)}．`);

/**
 * What we say, as DingTalk's plain text. Members' words are repeated in it, so nothing in it may act: '@' mentions nobody
 * and addresses open nothing. Cut, as written into JSON, to what the platform takes.
 */
export const plainText = (text: string, most = mostBytes - frame): string => cutToBytes(harmless(text), most, bytesInJson);

/** Signs that markdown acts on, by look-alikes: no renderer is known to honour a backslash everywhere. */
const lookAlikes: Record<string, string> = {
  '[': '［',
  ']': '］',
  '*': '＊',
  _: '＿',
  '`': '｀',
  '#': '＃',
  '<': '＜',
  '>': '＞',
  '!': '！',
  '~': '～',
  '|': '｜',
  '\\': '＼',
  '&': '＆',
};
const atLineStart: [RegExp, string][] = [
  [/^[ \t]+/gmu, ''],
  [/^-/gmu, '－'],
  [/^\+/gmu, '＋'],
  [/^=/gmu, '＝'],
  [/^(\d{1,9})\.(?=[ \t])/gmu, '$1．'],
  [/^(\d{1,9})\)(?=[ \t])/gmu, '$1）'],
];

/** The same inside markdown: nothing becomes a link, a picture, a heading, a quotation or a list; lines stay lines. */
export function markdownText(text: string): string {
  const escaped = harmless(cleaned(text)).replace(/[[\]*_`#<>!~|\\&]/gu, (sign) => lookAlikes[sign] ?? sign);
  return atLineStart.reduce((lines, [from, to]) => lines.replace(from, to), escaped).replaceAll('\n', '  \n  ');
}
