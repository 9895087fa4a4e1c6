import { personalNumbers } from '../foundation/personal-numbers';
import { matchesOf } from './match';

/** A phone or identity number, hidden already or not: never a count of people. */
export interface PiiToken {
  start: number;
  end: number;
  written: string;
}

const digit = '[\\d零〇一二三四五六七八九幺两壹贰叁肆伍陆柒捌玖]';
/** As foundation/mask leaves them: 138****5678. */
const hidden = new RegExp(`(?:(?:\\+|00)?86[ -]?)?${digit}{1,6}\\*{4,8}${digit}{1,3}[\\dXx零〇一二三四五六七八九]`, 'g');
/** Public numbers are nobody's. */
const servicePattern = /(?<!\d)(?:12\d{3}|1[12]\d|9\d{4}|400[- ]?\d{3}[- ]?\d{4})(?!\d)(?![人名位个户家])/g;

export function findPii(text: string): PiiToken[] {
  const open = personalNumbers(text).map(({ start, end }) => ({ start: withCountry(text, start), end }));
  const masked = text.includes('****')
    ? matchesOf(hidden, text).map(({ index, 0: { length } }) => ({ start: index, end: index + length }))
    : [];
  return [...open, ...masked].map((token) => ({ ...token, written: text.slice(token.start, token.end) })).sort((a, b) => a.start - b.start);
}

/** +86 before a number belongs to it. */
const withCountry = (text: string, start: number): number =>
  start - (/(?:\+|(?:\+|00)?86[ -]?)$/.exec(text.slice(0, start))?.[0].length ?? 0);

/** 12345 and other public service numbers standing after 打/转/拨: no counts either. */
export function findServiceNumbers(text: string): PiiToken[] {
  if (!/\d{3}/.test(text)) return [];
  return matchesOf(servicePattern, text)
    .filter((m) => /[打转拨报给到至热线过]$/.test(text.slice(Math.max(0, m.index - 2), m.index).trimEnd()) || m[0] === '12345')
    .map((m) => ({ start: m.index, end: m.index + m[0].length, written: m[0] }));
}
