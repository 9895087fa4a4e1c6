import { Double } from 'bson';
import { StoreError } from './failure';
import { type Numeric, toNumber } from './values';

/** The sum as MongoDB gives it: Int32 stays Int32 until it overflows into Int64; with a double it is a double. */
export function add(a: Numeric, b: Numeric): Numeric {
  if (a instanceof Double || b instanceof Double) return new Double(toNumber(a) + toNumber(b));
  const exact = BigInt(a) + BigInt(b);
  if (typeof a === 'number' && typeof b === 'number' && BigInt.asIntN(32, exact) === exact) return Number(exact);
  if (BigInt.asIntN(64, exact) !== exact) throw new StoreError('BadValue', 'integer overflow of a 64-bit number');
  return exact;
}
