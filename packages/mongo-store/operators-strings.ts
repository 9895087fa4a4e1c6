import { BSONRegExp } from 'bson';
import { StoreError } from './failure';
import { any, isNil, named, type OperatorCompiler, simple } from './operator-kit';
import { shownAsString } from './operators-types';
import { toRegExp } from './regular';
import { type Found, isNumeric, toNumber, typeName } from './values';

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

function pattern(name: string, regex: Found, options: Found): RegExp | null {
  if (isNil(regex)) return null;
  if (typeof regex !== 'string' && !(regex instanceof BSONRegExp))
    throw new StoreError(51105, `${name} needs 'regex' to be of type string or regex`);
  const given = typeof regex === 'string' ? new BSONRegExp(regex) : regex;
  if (isNil(options)) return toRegExp(given);
  if (given.options !== '') throw new StoreError(51107, `${name}: found regex option(s) specified in both 'regex' and 'option' fields`);
  return toRegExp(new BSONRegExp(given.pattern, text(name, options, 51106)));
}

const codePoints = (value: string): number => Array.from(value).length;

const regexMatch = named('$regexMatch', ['input', 'regex', 'options'], ({ input, regex, options }) => {
  const expression = pattern('$regexMatch', regex, options);
  return isNil(input) || !expression ? false : expression.test(text('$regexMatch', input, 51104));
});

export const strings: Array<[string, OperatorCompiler]> = [
  simple('$concat', any, (args) => (args.some(isNil) ? null : args.map((item) => text('$concat', item, 16702)).join(''))),
  ascii('$toLower', /[A-Z]+/g, (letters) => letters.toLowerCase()),
  ascii('$toUpper', /[a-z]+/g, (letters) => letters.toUpperCase()),
  simple('$substrCP', 3, substringByCodePoints),
  simple('$strLenCP', 1, ([value]) => codePoints(text('$strLenCP', value))),
  regexMatch,
];
