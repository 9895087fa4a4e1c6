import { Decimal128, Double } from 'bson';
import { notDone, StoreError } from './failure';
import { type Numeric, toNumber } from './values';

const isInt64 = (value: bigint): boolean => BigInt.asIntN(64, value) === value;

/**
 * `a` and `b` combined as MongoDB does: Int32 stays Int32 until it overflows into Int64; with a double the result is a
 * double. Decimal arithmetic is refused, except where both are whole and small.
 */
export function combine(operation: 'add' | 'subtract' | 'multiply', a: Numeric, b: Numeric): Numeric {
  if (a instanceof Decimal128 || b instanceof Decimal128) return combineDecimals(operation, a, b);
  if (a instanceof Double || b instanceof Double) {
    const [x, y] = [toNumber(a), toNumber(b)];
    return new Double(operation === 'add' ? x + y : operation === 'subtract' ? x - y : x * y);
  }
  const exact = combineWhole(operation, BigInt(a), BigInt(b));
  if (typeof a === 'number' && typeof b === 'number' && BigInt.asIntN(32, exact) === exact) return Number(exact);
  if (!isInt64(exact)) throw new StoreError('BadValue', 'integer overflow of a 64-bit number');
  return exact;
}

const combineWhole = (operation: 'add' | 'subtract' | 'multiply', x: bigint, y: bigint): bigint =>
  operation === 'add' ? x + y : operation === 'subtract' ? x - y : x * y;

function combineDecimals(operation: 'add' | 'subtract' | 'multiply', a: Numeric, b: Numeric): Numeric {
  const [x, y] = [parts(a), parts(b)];
  if (!x || !y) throw notDone('this arithmetic with Decimal128', 'BadValue');
  const scale = operation === 'multiply' ? x.scale + y.scale : Math.max(x.scale, y.scale);
  const lift = (part: Parts): bigint => (operation === 'multiply' ? part.digits : part.digits * 10n ** BigInt(scale - part.scale));
  const digits = combineWhole(operation, lift(x), lift(y));
  if (digits.toString().replace('-', '').length > 34) throw notDone('Decimal128 arithmetic beyond 34 digits', 'BadValue');
  return Decimal128.fromString(`${digits}E-${scale}`);
}

interface Parts {
  digits: bigint;
  scale: number;
}

function parts(value: Numeric): Parts | undefined {
  if (value instanceof Double && !Number.isInteger(value.value)) return undefined;
  const found = /^(-?\d+)(?:\.(\d+))?$/.exec(value instanceof Double ? String(value.value) : value.toString());
  if (!found) return undefined;
  const decimals = found[2] ?? '';
  return { digits: BigInt(`${found[1]}${decimals}`), scale: decimals.length };
}
