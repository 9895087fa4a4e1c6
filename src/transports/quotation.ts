/** Where the words of a quoted message stand, whatever kind it was: first what was written, then a card's text, then its title. */
const places = ['text', 'content', 'markdown', 'recognition', 'cardContent', 'richText', 'msg_item', 'stream', 'template_card', 'title'];
const deepest = 6;
const mostParts = 200;
const mostCharacters = 20_000;

/** The words of a quoted message; null when it has none. Clients and kinds differ, so every documented and observed shape is read. */
export function wordsQuoted(message: unknown): string | null {
  const words = wordsIn(message, 0).trim();
  return words === '' ? null : words.slice(0, mostCharacters);
}

function wordsIn(value: unknown, depth: number): string {
  if (depth > deepest || value === null) return '';
  if (typeof value === 'string') return packed(value, depth);
  if (typeof value !== 'object') return '';
  if (Array.isArray(value)) {
    const parts = value.slice(0, mostParts).map((part: unknown) => wordsIn(part, depth + 1));
    return parts.filter((part) => part !== '').join(' ');
  }
  const fields = value as Record<string, unknown>;
  for (const place of [...placesOfKind(fields), ...places]) {
    const words = wordsIn(fields[place], depth + 1);
    if (words.trim() !== '') return words;
  }
  return '';
}

/** A message names its kind, and its words stand under that name. */
function placesOfKind({ msgtype, msgType }: Record<string, unknown>): string[] {
  return [msgtype, msgType].filter((kind): kind is string => typeof kind === 'string');
}

/** Some clients put JSON into a string. */
function packed(text: string, depth: number): string {
  if (!/^\s*[{[]/.test(text)) return text;
  try {
    return wordsIn(JSON.parse(text), depth + 1) || text;
  } catch {
    return text;
  }
}

const written = /^\s*(?:这是一条引用\/回复消息[:：]\s*)?[「“"]([\s\S]{1,4000}?)[」”"]\s*\n\s*(?:[-—–] ?){5,}\s*\n([\s\S]*)$/u;

/**
 * Where a client writes what it quotes into the text itself (「张三：…」, a line of dashes, then what is said about it).
 * `quoted` is absent in every other text.
 */
export function parted(text: string): { text: string; quoted?: string } {
  const match = written.exec(text);
  const quoted = match?.[1]?.trim();
  return match && quoted ? { text: match[2] ?? '', quoted } : { text };
}
