/** Cuts to at most `limit` bytes of UTF-8 on a code-point boundary, with an ellipsis where something was cut (wecom.md 7.5). */
export function cutToBytes(text: string, limit: number): string {
  const clean = cleaned(text);
  if (Buffer.byteLength(clean) <= limit) return clean;
  let used = 3;
  let end = 0;
  for (const point of clean) {
    used += Buffer.byteLength(point);
    if (used > limit) break;
    end += point.length;
  }
  return `${clean.slice(0, end)}…`;
}

/** Lone surrogates and control characters would become \uXXXX escapes, which WeCom refuses with 40033 (wecom.md 7.6). */
export function cleaned(text: string): string {
  return text.replace(/(?![\t\n])[\p{Cc}\p{Cs}]/gu, '');
}
