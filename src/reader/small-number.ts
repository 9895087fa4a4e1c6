import { readNumber } from './numbers';

/** A day, month, hour or minute as people write it; for use inside a regular expression. */
export const small = '(?:\\d{1,2}|[一二两三四五六七八九十廿卅]{1,3})';

/** The value of what `small` matched; NaN when it is no whole numeral. */
export function smallValue(written: string | undefined): number {
  if (!written) return Number.NaN;
  const token = readNumber(written, 0);
  return token && token.end === written.length && !token.approx ? token.value : Number.NaN;
}
