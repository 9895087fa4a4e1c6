import { BSONRegExp } from 'bson';
import { notDone, StoreError } from './failure';
import { any, isNil, named, type OperatorCompiler, simple } from './operator-kit';
import { shownAsString } from './operators-types';
import { compareStrings } from './order';
import { toRegExp } from './regular';
import { type Doc, type Found, isNumeric, toNumber, typeName, type Value } from './values';

function text(name: string, value: Found, code = 34471): string {
  if (typeof value === 'string') return value;
  throw new StoreError(code, `${name} requires a string argument, found: ${typeName(value)}`);
}

/** MongoDB changes the case of ASCII letters only. */
const ascii = (name: string, pattern: RegExp, change: (letter: string) => string): [string, OperatorCompiler] =>
  simple(name, 1, ([value]) => shownAsString(name, value).replace(pattern, change));

function wholeIndex(name: string, value: Found): number {
  const number = toNumber(value);
  if (!isNumeric(value) || !Number.isInteger(number) || number < 0)
    throw new StoreError(34450, `${name}: the index and the length must be whole numbers that are not negative`);
  return number;
}

const substringByCodePoints = ([value, start, length]: Found[]): Found =>
  Array.from(shownAsString('$substrCP', value))
    .slice(wholeIndex('$substrCP', start), wholeIndex('$substrCP', start) + wholeIndex('$substrCP', length))
    .join('');

function substringByBytes([value, start, length]: Found[]): Found {
  const bytes = Buffer.from(shownAsString('$substrBytes', value), 'utf8');
  const from = wholeIndex('$substrBytes', start);
  const size = toNumber(length);
  const part = bytes.subarray(from, size < 0 ? undefined : from + size);
  const continues = (byte: number | undefined): boolean => byte !== undefined && (byte & 0xc0) === 0x80;
  if (continues(part[0])) throw new StoreError(28656, '$substrBytes:  Invalid range, starting index is a UTF-8 continuation byte.');
  if (size >= 0 && continues(bytes[from + size]))
    throw new StoreError(28657, '$substrBytes:  Invalid range, ending index is in the middle of a UTF-8 character.');
  return part.toString('utf8');
}

function trimmer(name: string, start: boolean, end: boolean): [string, OperatorCompiler] {
  return named(name, ['input', 'chars'], ({ input, chars }) => {
    if (isNil(input)) return null;
    const points = Array.from(text(name, input, 50699));
    const unwanted = new Set(chars === undefined ? whitespace : chars === null ? [] : text(name, chars, 50700));
    if (chars === null) return null;
    let [from, to] = [0, points.length];
    while (start && from < to && unwanted.has(points[from] as string)) from++;
    while (end && to > from && unwanted.has(points[to - 1] as string)) to--;
    return points.slice(from, to).join('');
  });
}

const whitespace = Array.from('\0\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a');

function replacer(name: string, all: boolean): [string, OperatorCompiler] {
  return named(name, ['input', 'find', 'replacement'], ({ input, find, replacement }) => {
    if (isNil(input) || isNil(find) || isNil(replacement)) return null;
    const [source, wanted, other] = [text(name, input, 51746), text(name, find, 51745), text(name, replacement, 51744)];
    if (wanted === '' && all) throw notDone(`${name} of an empty string`, 'BadValue');
    return all ? source.split(wanted).join(other) : source.replace(wanted, () => other);
  });
}

function indexOf([value, wanted, start, end]: Found[]): Found {
  if (isNil(value)) return null;
  const points = Array.from(text('$indexOfCP', value, 40093));
  const sought = text('$indexOfCP', wanted, 40094);
  const from = start === undefined ? 0 : wholeIndex('$indexOfCP', start);
  const to = end === undefined ? points.length : Math.min(points.length, wholeIndex('$indexOfCP', end));
  if (from > to) return -1;
  const part = points.slice(from, to).join('');
  const at = part.indexOf(sought);
  return at < 0 ? -1 : from + Array.from(part.slice(0, at)).length;
}

function split([value, separator]: Found[]): Found {
  if (isNil(value) || isNil(separator)) return null;
  if (separator === '') throw new StoreError(40087, '$split requires a non-empty separator');
  return text('$split', value, 40085).split(text('$split', separator, 40086));
}

function pattern(name: string, regex: Found, options: Found): RegExp | null {
  if (isNil(regex)) return null;
  if (typeof regex !== 'string' && !(regex instanceof BSONRegExp))
    throw new StoreError(51105, `${name} needs 'regex' to be of type string or regex`);
  const given = typeof regex === 'string' ? new BSONRegExp(regex) : regex;
  if (isNil(options)) return toRegExp(given);
  if (given.options !== '') throw new StoreError(51107, `${name}: found regex option(s) specified in both 'regex' and 'option' fields`);
  return toRegExp(new BSONRegExp(given.pattern, text(name, options, 51106)));
}

function found(match: RegExpExecArray): Doc {
  const captures: Value[] = [];
  for (let i = 1; i < match.length; i++) captures.push((match[i] as string | undefined) ?? null);
  return new Map<string, Value>([
    ['match', match[0]],
    ['idx', codePoints(match.input.slice(0, match.index))],
    ['captures', captures],
  ]);
}

const codePoints = (value: string): number => Array.from(value).length;

const matcher = (name: string, answer: (expression: RegExp, input: string) => Value, none: Value): [string, OperatorCompiler] =>
  named(name, ['input', 'regex', 'options'], ({ input, regex, options }) => {
    const expression = pattern(name, regex, options);
    return isNil(input) || !expression ? none : answer(expression, text(name, input, 51104));
  });

export const strings: Array<[string, OperatorCompiler]> = [
  simple('$concat', any, (args) => (args.some(isNil) ? null : args.map((item) => text('$concat', item, 16702)).join(''))),
  ascii('$toLower', /[A-Z]+/g, (letters) => letters.toLowerCase()),
  ascii('$toUpper', /[a-z]+/g, (letters) => letters.toUpperCase()),
  simple('$substrCP', 3, substringByCodePoints),
  simple('$substrBytes', 3, substringByBytes),
  simple('$substr', 3, substringByBytes),
  simple('$strLenCP', 1, ([value]) => codePoints(text('$strLenCP', value))),
  simple('$strLenBytes', 1, ([value]) => Buffer.byteLength(text('$strLenBytes', value, 34473))),
  simple('$strcasecmp', 2, (args) => {
    const [a, b] = args.map((value) => shownAsString('$strcasecmp', value).replace(/[a-z]+/g, (letters) => letters.toUpperCase()));
    return Math.sign(compareStrings(a as string, b as string));
  }),
  simple('$indexOfCP', [2, 4], indexOf),
  simple('$split', 2, split),
  trimmer('$trim', true, true),
  trimmer('$ltrim', true, false),
  trimmer('$rtrim', false, true),
  replacer('$replaceOne', false),
  replacer('$replaceAll', true),
  matcher('$regexMatch', (expression, input) => expression.test(input), false),
  matcher(
    '$regexFind',
    (expression, input) => {
      const match = expression.exec(input);
      return match ? found(match) : null;
    },
    null,
  ),
  matcher('$regexFindAll', (expression, input) => [...input.matchAll(new RegExp(expression, `${expression.flags}g`))].map(found), []),
];
