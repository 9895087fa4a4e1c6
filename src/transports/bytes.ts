/**
 * Cuts to at most `limit` bytes of UTF-8 on a code-point boundary, with an ellipsis where something was cut.
 * `sizeOf` a code point: another measure where the limit counts the text as written into JSON.
 */
export function cutToBytes(text: string, limit: number, sizeOf: (point: string) => number = bytesOf): string {
  const clean = cleaned(text);
  let used = 0;
  let end = 0;
  for (const point of clean) {
    used += sizeOf(point);
    if (used > limit) return `${clean.slice(0, end)}…`;
    if (used <= limit - ellipsisBytes) end += point.length;
  }
  return clean;
}

const ellipsisBytes = 3;
const bytesOf = (point: string): number => Buffer.byteLength(point);

/** What a code point takes inside a JSON string, in bytes of UTF-8. */
export const bytesInJson = (point: string): number => Buffer.byteLength(JSON.stringify(point)) - 2;

/** Lone surrogates and control characters would become \uXXXX escapes, which WeCom refuses with 40033. */
export function cleaned(text: string): string {
  return text.replace(/(?![\t\n])[\p{Cc}\p{Cs}]/gu, '');
}
