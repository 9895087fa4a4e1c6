/**
 * An escape that stands for no character (half of a surrogate pair, a control character) is what WeCom refuses with 40033. Clients
 * that write 走 as \u8d70 or < as \u003c are understood.
 */
export function hasBadEscape(json: string): boolean {
  const escapes = /(\\\\)|\\u([0-9a-fA-F]{4})(?:\\u([0-9a-fA-F]{4}))?/g;
  for (let match = escapes.exec(json); match; match = escapes.exec(json)) {
    const [, backslash, first, second] = match;
    if (backslash !== undefined || first === undefined) continue;
    const code = Number.parseInt(first, 16);
    const next = Number.parseInt(second ?? '0', 16);
    const pair = isHigh(code) && isLow(next);
    if (!pair && second !== undefined) escapes.lastIndex -= 6;
    if (!pair && (isHigh(code) || isLow(code) || isControl(code))) return true;
  }
  return false;
}

const isHigh = (code: number): boolean => code >= 0xd800 && code <= 0xdbff;
const isLow = (code: number): boolean => code >= 0xdc00 && code <= 0xdfff;
const isControl = (code: number): boolean => code < 0x20 && ![0x09, 0x0a, 0x0d].includes(code);
