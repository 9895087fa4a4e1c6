import { Binary, Decimal128, Double, ObjectId } from 'bson';
import { notDone, StoreError } from './failure';
import { isNil, type OperatorCompiler, simple } from './operator-kit';
import { type Found, isNumeric, toNumber, typeName, type Value } from './values';

const failed = (from: Found, to: string, why = ''): StoreError =>
  new StoreError(241, `Unsupported conversion from ${typeName(from)} to ${to} in $convert with no onError value${why}`);

/** How string operators see numbers, dates and nothing. */
export function shownAsString(name: string, value: Found): string {
  if (isNil(value)) return '';
  if (typeof value === 'string') return value;
  const shown = asText(value);
  if (shown === undefined || typeof value === 'boolean')
    throw new StoreError(16007, `can't convert from BSON type ${typeName(value)} to String (in ${name})`);
  return shown;
}

function asText(value: Value): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean' || typeof value === 'number' || typeof value === 'bigint') return String(value);
  if (value instanceof Double) return sixDigits(value.value);
  if (value instanceof Date) return value.toISOString();
  if (value instanceof ObjectId) return value.toHexString();
  if (value instanceof Decimal128) return value.toString();
  return undefined;
}

/** A double as C's `%g` writes it, which is what MongoDB makes of a double in a text: six digits at most. */
function sixDigits(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity';
  if (Object.is(value, -0)) return '-0';
  const [mantissa, power] = value.toExponential(5).split('e') as [string, string];
  const exponent = Number(power);
  const bare = (text: string): string => (text.includes('.') ? text.replace(/\.?0+$/, '') : text);
  if (exponent >= -4 && exponent < 6) return bare(value.toFixed(5 - exponent));
  return `${bare(mantissa)}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

function whole(value: Value, to: 'int' | 'long'): Value {
  const [least, most] = to === 'int' ? [-(2n ** 31n), 2n ** 31n - 1n] : [-(2n ** 63n), 2n ** 63n - 1n];
  const number = wholeValue(value, to);
  if (number < least || number > most) throw failed(value, to, ': the number is out of range');
  return to === 'int' ? Number(number) : number;
}

function wholeValue(value: Value, to: string): bigint {
  if (typeof value === 'boolean') return value ? 1n : 0n;
  if (value instanceof Date && to === 'long') return BigInt(value.getTime());
  if (typeof value === 'string' && /^[+-]?\d+$/.test(value)) return BigInt(value.replace('+', ''));
  if (typeof value === 'string') throw new StoreError(241, `Failed to parse number '${value}' in $convert with no onError value`);
  if (typeof value === 'bigint') return value;
  const number = toNumber(value);
  if (!isNumeric(value) || !Number.isFinite(number)) throw failed(value, to);
  return BigInt(Math.trunc(number));
}

function double(value: Value): Value {
  if (typeof value === 'boolean') return new Double(value ? 1 : 0);
  if (value instanceof Date) return new Double(value.getTime());
  if (typeof value === 'string') {
    if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(value))
      throw new StoreError(241, `Failed to parse number '${value}' in $convert with no onError value`);
    return new Double(Number(value));
  }
  if (!isNumeric(value)) throw failed(value, 'double');
  return new Double(toNumber(value));
}

const isoDate = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:?\d\d)?)?$/;

function date(value: Value): Value {
  if (value instanceof Date) return value;
  if (value instanceof ObjectId) return value.getTimestamp();
  if (typeof value === 'string') {
    if (!isoDate.test(value)) throw notDone(`reading the date '${value}'`, 241);
    const zoned = /(Z|[+-]\d\d:?\d\d)$/.test(value) || !value.includes('T') ? value : `${value}Z`;
    const read = new Date(zoned);
    if (Number.isNaN(read.getTime())) throw new StoreError(241, `Error parsing date string '${value}' in $convert with no onError value`);
    return read;
  }
  if (typeof value === 'bigint' || value instanceof Double || value instanceof Decimal128) return new Date(Math.trunc(toNumber(value)));
  throw failed(value, 'date');
}

function boolean(value: Value): Value {
  if (typeof value === 'boolean') return value;
  return isNumeric(value) ? toNumber(value) !== 0 : true;
}

function objectId(value: Value): Value {
  if (value instanceof ObjectId) return value;
  if (typeof value === 'string' && /^[0-9a-fA-F]{24}$/.test(value)) return new ObjectId(value);
  throw typeof value === 'string'
    ? new StoreError(241, `Failed to parse objectId '${value}' in $convert with no onError value`)
    : failed(value, 'objectId');
}

function string(value: Value): Value {
  const shown = asText(value);
  if (shown === undefined) throw value instanceof Binary ? notDone('a conversion from binData to string', 241) : failed(value, 'string');
  return shown;
}

const conversions: Record<string, (value: Value) => Value> = {
  int: (value) => whole(value, 'int'),
  long: (value) => whole(value, 'long'),
  double,
  date,
  bool: boolean,
  objectId,
  string,
};

const to = (name: string, type: string): [string, OperatorCompiler] =>
  simple(name, 1, ([value]) => (isNil(value) ? null : (conversions[type]?.(value) ?? null)));

export const types: Array<[string, OperatorCompiler]> = [
  simple('$type', 1, ([value]) => typeName(value)),
  simple('$isNumber', 1, ([value]) => isNumeric(value)),
  to('$toInt', 'int'),
  to('$toLong', 'long'),
  to('$toDouble', 'double'),
  to('$toDate', 'date'),
  to('$toBool', 'bool'),
  to('$toObjectId', 'objectId'),
  to('$toString', 'string'),
];
