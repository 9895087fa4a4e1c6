const plain = (text: string): string => text.normalize('NFKC').replace(/[\s\u200b-\u200d\ufeff]/g, '');
const word = '[@＠][^\\s\\u200b@＠/／,，。:：;；!！?？]{1,30}';
const gap = '[\\s\\u200b-\\u200d]';
/** @政协 助手 /记录: a name may hold blanks; what stands between the last @ and a command behind a blank is one. */
const beforeCommand = new RegExp(`^((?:${gap}*[@＠][^@＠/／]*)*?)[@＠][^@＠/／\\n,，。]{1,40}${gap}(?=[/／]${gap}?[^\\s/／])`, 'u');
const atTheStart = new RegExp(`^((?:${gap}*${word}${gap}+)*)${gap}*${word}(?=${gap}|[,，:：]|$)`, 'u');
const atTheEnd = new RegExp(`${gap}*${word}${gap}*$`, 'u');

/**
 * A group's line without the mention of the bot under a name that the settings do not know: every callback from a group is a
 * mention, and the one nearest to the words is the bot's. A known name stays; the reader takes it out.
 */
export function withoutUnknownName(text: string, names: readonly string[]): string {
  if (!/[@＠]/.test(text)) return text;
  const written = plain(text);
  if (names.some((name) => written.includes(`@${plain(name)}`))) return text;
  for (const place of [beforeCommand, atTheStart]) if (place.test(text)) return text.replace(place, '$1').trimStart();
  return text.replace(atTheEnd, '');
}
