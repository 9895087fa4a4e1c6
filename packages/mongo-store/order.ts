import { createHash } from 'node:crypto';
import { Binary, BSONRegExp, Double, ObjectId, Timestamp } from 'bson';
import { type Found, isDoc, type Numeric, typeName, type Value } from './values';

/** BSON's order of types (docs: "Comparison/Sort Order"), as the first byte of an encoded value. */
const typeOrder: Record<string, number> = {
  minKey: 1,
  undefined: 5,
  missing: 10,
  null: 10,
  int: 20,
  long: 20,
  double: 20,
  string: 30,
  object: 40,
  array: 50,
  binData: 60,
  objectId: 70,
  bool: 80,
  date: 90,
  timestamp: 95,
  regex: 100,
  maxKey: 120,
};

/** What an empty array leaves in an index and in a sort: lower than null. */
export const emptyArrayKey = Buffer.from([5]);

export const orderOf = (value: Found): number => typeOrder[typeName(value)] as number;

/** Compares two values in BSON order; missing is equal to null. */
export function compare(a: Found, b: Found): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const difference = orderOf(a) - orderOf(b);
  if (difference !== 0) return difference;
  if (a === b) return 0;
  if (typeof a === 'string') return compareStrings(a, b as string);
  if (a instanceof Date) return a.getTime() - (b as Date).getTime();
  if (a instanceof ObjectId) return Buffer.compare(a.id, (b as ObjectId).id);
  const x = plainNumber(a);
  const y = plainNumber(b);
  if (x !== undefined && y !== undefined) return x < y ? -1 : x > y ? 1 : 0;
  return Buffer.compare(encode(a), encode(b));
}

export const equal = (a: Found, b: Found): boolean => compare(a, b) === 0;

/** A number that a double holds exactly and that has an ordinary order. */
function plainNumber(value: Found): number | undefined {
  if (typeof value === 'number') return value;
  if (value instanceof Double) return Number.isNaN(value.value) ? undefined : value.value;
  if (typeof value === 'bigint' && BigInt.asIntN(53, value) === value) return Number(value);
  return undefined;
}

/** By Unicode code points, as UTF-8 bytes compare; JavaScript's own order differs for surrogate pairs. */
function compareStrings(a: string, b: string): number {
  if (a === b) return 0;
  const shorter = Math.min(a.length, b.length);
  for (let i = 0; i < shorter; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) {
      const bothHigh = x >= 0xd800 && y >= 0xd800;
      const surrogates = (unit: number): number => (bothHigh && unit <= 0xdfff ? unit + 0x10000 : unit);
      return surrogates(x) - surrogates(y);
    }
  }
  return a.length - b.length;
}

/** The bytes whose order is the order of the values; equal values have equal bytes, whatever their numeric type. */
export function encode(value: Found): Buffer {
  const parts: Uint8Array[] = [];
  append(value, parts);
  return Buffer.concat(parts);
}

function append(value: Found, parts: Uint8Array[]): void {
  parts.push(Buffer.of(orderOf(value)));
  if (value === undefined || value === null) return;
  if (typeof value === 'string') parts.push(text(value));
  else if (typeof value === 'boolean') parts.push(Buffer.of(value ? 1 : 0));
  else if (Array.isArray(value)) {
    for (const item of value) append(item, parts);
    parts.push(Buffer.of(0));
  } else if (isDoc(value)) {
    for (const [name, item] of value) {
      parts.push(Buffer.of(orderOf(item)), text(name));
      append(item, parts);
    }
    parts.push(Buffer.of(0));
  } else parts.push(...scalar(value));
}

function scalar(value: Exclude<Value, null | string | boolean | Value[] | Map<string, Value>>): Uint8Array[] {
  if (value instanceof Date) return [signed(BigInt(value.getTime()))];
  if (value instanceof ObjectId) return [value.id];
  if (value instanceof Binary) {
    const head = Buffer.alloc(5);
    head.writeUInt32BE(value.position);
    head[4] = value.sub_type;
    return [head, value.buffer.subarray(0, value.position)];
  }
  if (value instanceof Timestamp) {
    const bytes = Buffer.alloc(8);
    bytes.writeUInt32BE(value.t);
    bytes.writeUInt32BE(value.i, 4);
    return [bytes];
  }
  if (value instanceof BSONRegExp) return [text(value.pattern), text(value.options)];
  if (typeof value === 'number' || typeof value === 'bigint' || value instanceof Double) return [encodeNumber(value)];
  return [];
}

/** UTF-8 with zero bytes escaped and a terminator, so that a prefix sorts before what continues it. */
function text(value: string): Uint8Array {
  const bytes = Buffer.from(value, 'utf8');
  if (!bytes.includes(0)) return Buffer.concat([bytes, Buffer.of(0, 0)]);
  return Buffer.concat([Buffer.from(value.split('\0').join('\0\x01'), 'utf8'), Buffer.of(0, 0)]);
}

function signed(value: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt.asUintN(64, value + (1n << 63n)));
  return bytes;
}

/**
 * Nine bytes for a number that is exactly a double (order-preserving double, then 0). What is not (an Int64 beyond 2^53)
 * gets the next double below it, a 1, and the rest as a fraction of the step to the double above.
 */
function encodeNumber(value: Numeric): Buffer {
  if (typeof value === 'number') return orderedDouble(value);
  if (value instanceof Double) return orderedDouble(value.value);
  const near = Number(value);
  if (BigInt(near) === value) return orderedDouble(near);
  const below = BigInt(near) < value ? near : neighbour(near, -1);
  const step = BigInt(neighbour(below, 1)) - BigInt(below);
  const rest = ((value - BigInt(below)) << 80n) / step;
  return orderedDouble(below, Buffer.from(rest.toString(16).padStart(20, '0'), 'hex'));
}

function orderedDouble(value: number, rest?: Buffer): Buffer {
  const bytes = Buffer.alloc(rest ? 19 : 9);
  if (Number.isNaN(value)) return bytes;
  bytes.writeDoubleBE(value === 0 ? 0 : value);
  if ((bytes[0] as number) & 0x80) for (let i = 0; i < 8; i++) bytes[i] = ~(bytes[i] as number);
  else bytes[0] = (bytes[0] as number) | 0x80;
  if (rest) bytes.set([1, ...rest], 8);
  return bytes;
}

/** The next double above (1) or below (-1); `value` is finite and not zero. */
function neighbour(value: number, direction: 1 | -1): number {
  const bits = Buffer.alloc(8);
  bits.writeDoubleBE(value);
  bits.writeBigInt64BE(bits.readBigInt64BE() + (value > 0 === direction > 0 ? 1n : -1n));
  return bits.readDoubleBE();
}

/** The longest part of one value in an index key; LMDB takes 1,978 bytes a key, an index up to 32 fields of which few are long. */
const longestKeyPart = 512;

/**
 * A value's bytes as one part of an index key. A longer one is cut and ended with a digest: still the same for equal
 * values, but without an order among those with the same beginning (`cut` says so).
 */
export function keyPart(encoded: Buffer, descending: boolean, limit: number = longestKeyPart): { bytes: Buffer; cut: boolean } {
  const cut = encoded.length > limit;
  const bytes = cut ? Buffer.concat([encoded.subarray(0, limit - 32), createHash('sha256').update(encoded).digest()]) : encoded;
  return { bytes: descending ? inverted(bytes) : bytes, cut };
}

export function inverted(bytes: Buffer): Buffer {
  const result = Buffer.allocUnsafe(bytes.length);
  for (let i = 0; i < bytes.length; i++) result[i] = ~(bytes[i] as number);
  return result;
}

/** The least bytes that come after everything that begins with `prefix`, which must not be all 0xff. */
export function afterPrefix(prefix: Buffer): Buffer {
  let length = prefix.length;
  while (prefix[length - 1] === 0xff) length--;
  const bytes = Buffer.from(prefix.subarray(0, length));
  bytes[length - 1] = (bytes[length - 1] as number) + 1;
  return bytes;
}
