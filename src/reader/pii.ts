import { matchesOf } from './match';

/** A phone or identity number: masked in group replies and exports, and never a count of people. */
export interface PiiToken {
  start: number;
  end: number;
  written: string;
}

const patterns = [
  /(?<![\dA-Za-z])\d{6} ?\d{8} ?\d{3}[\dXx](?![\dA-Za-z])/g,
  /(?<!\d)(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)/g,
  /(?<!\d)0\d{2,3}[- ]\d{7,8}(?!\d)/g,
  /(?<!\d)\d{15,19}(?!\d)/g,
];
/** Public numbers are nobody's. */
const servicePattern = /(?<!\d)(?:12\d{3}|1[12]\d|9\d{4}|400[- ]?\d{3}[- ]?\d{4})(?!\d)(?![人名位个户家])/g;

export function findPii(text: string): PiiToken[] {
  if (!/\d{3}/.test(text)) return [];
  const found: PiiToken[] = [];
  for (const pattern of patterns)
    for (const match of matchesOf(pattern, text)) {
      const token = { start: match.index, end: match.index + match[0].length, written: match[0] };
      if (!found.some((f) => token.start < f.end && f.start < token.end)) found.push(token);
    }
  return found.sort((a, b) => a.start - b.start);
}

/** 12345 and other public service numbers standing after 打/转/拨: no counts either. */
export function findServiceNumbers(text: string): PiiToken[] {
  if (!/\d{3}/.test(text)) return [];
  return matchesOf(servicePattern, text)
    .filter((m) => /[打转拨报给到至热线过]$/.test(text.slice(Math.max(0, m.index - 2), m.index).trimEnd()) || m[0] === '12345')
    .map((m) => ({ start: m.index, end: m.index + m[0].length, written: m[0] }));
}
