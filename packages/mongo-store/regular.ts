import type { BSONRegExp } from 'bson';
import { notDone, StoreError } from './failure';

// What PCRE reads differently from JavaScript, or JavaScript not at all. Such a pattern is refused, never misread.
const foreign = /\(\?(?![:=!]|<[=!]|<[A-Za-z_])|\\[AZzGQEKRXhHNCgaelLuUoivV]|\[\^?\]|\[\[:|[*+?}]\+|\\[pPx]\{|\(\*|\\k['{]|\\c/;

/** MongoDB's regular expressions are PCRE; those that mean the same in JavaScript are taken. */
export function toRegExp(value: BSONRegExp): RegExp {
  for (const option of value.options)
    if (!'imsxu'.includes(option)) throw new StoreError(51108, `invalid flag in regex options: ${option}`);
  if (value.pattern.includes('\0')) throw new StoreError('BadValue', 'Regular expression cannot contain an embedded null byte');
  if (value.options.includes('x')) throw notDone('the regex option x', 'BadValue');
  if (foreign.test(value.pattern)) throw notDone(`the regular expression /${value.pattern}/`, 'BadValue');
  const flags = value.options.includes('i') ? 'i' : '';
  try {
    const pattern = translated(value.pattern, { lines: value.options.includes('m'), dotAll: value.options.includes('s') });
    return new RegExp(pattern, flags + needsCodePoints(pattern));
  } catch (error) {
    throw new StoreError(51091, `Regular expression is invalid: ${(error as Error).message}`);
  }
}

const anything = '[\\s\\S]';
const end = `(?!${anything})`;
const asciiSpace = ' \\t\\n\\v\\f\\r';

/**
 * What means the same in both, in JavaScript's words: to PCRE only \n ends a line, `$` also stands before a last \n, and \s
 * knows ASCII only, so that an ideographic space is none.
 */
function translated(pattern: string, { lines, dotAll }: { lines: boolean; dotAll: boolean }): string {
  const outside: Record<string, string> = {
    '.': dotAll ? anything : '[^\\n]',
    $: lines ? `(?=\\n|${end})` : `(?=\\n?${end})`,
    '^': lines ? `(?:(?<!${anything})|(?<=\\n)(?=${anything}))` : '^',
    '\\s': `[${asciiSpace}]`,
    '\\S': `[^${asciiSpace}]`,
  };
  let inClass = false;
  return pattern.replace(/\\.|[\s\S]/gu, (token) => {
    if (inClass) {
      inClass = token !== ']';
      if (token === '\\S') throw notDone(`the regular expression /${pattern}/`, 'BadValue');
      return token === '\\s' ? asciiSpace : token;
    }
    inClass = token === '[';
    return outside[token] ?? token;
  });
}

// '.' and classes must take a whole code point, as PCRE in UTF mode does; the u flag refuses some harmless escapes.
function needsCodePoints(pattern: string): string {
  try {
    new RegExp(pattern, 'u');
    return 'u';
  } catch {
    if (/[^\0-\uffff]/u.test(pattern)) throw notDone(`the regular expression /${pattern}/`, 'BadValue');
    return '';
  }
}

/** The literal beginning of an anchored pattern, for an index range; empty when there is none. */
export function literalPrefix(value: BSONRegExp): string {
  if (value.options !== '' && value.options !== 'u') return '';
  const found = /^\^([^\\^$.|?*+()[\]{}]*)(?=(.?))/u.exec(value.pattern);
  if (!found || value.pattern.includes('|')) return '';
  const literal = found[1] ?? '';
  // A quantifier may make the last character optional.
  return found[2] && '?*{'.includes(found[2]) ? Array.from(literal).slice(0, -1).join('') : literal;
}
