import { Binary } from 'bson';
import { StoreError } from './failure';
import { type Found, isNumeric, toNumber, typeName, typeNumbers, type Value } from './values';

const numbers = ['int', 'long', 'double', 'decimal'];
const aliasOf = new Map(Object.entries(typeNumbers).map(([alias, number]) => [number, alias]));

/** `$type`: an alias, a number, 'number', or several of them. */
export function typeTest(operand: Value): (value: Found) => boolean {
  const wanted = new Set((Array.isArray(operand) ? operand : [operand]).flatMap(aliases));
  if (wanted.size === 0) throw new StoreError('FailedToParse', '$type must match at least one type');
  return (value) => value !== undefined && wanted.has(typeName(value));
}

function aliases(item: Value): string[] {
  if (item === 'number') return numbers;
  if (typeof item === 'string') {
    if (!(item in typeNumbers)) throw new StoreError('BadValue', `Unknown type name alias: ${item}`);
    return [item];
  }
  if (!isNumeric(item)) throw new StoreError('TypeMismatch', 'type must be represented as a number or a string');
  const alias = aliasOf.get(toNumber(item));
  if (!alias) throw new StoreError('BadValue', `Invalid numerical type code: ${toNumber(item)}`);
  return [alias];
}

/** `$bitsAllSet` and its kin, over integers (sign-extended) and binary data (little-endian). */
export function bitTest(operator: string, operand: Value): (value: Found) => boolean {
  const positions = bitPositions(operator, operand);
  const wantSet = operator.endsWith('Set');
  const all = operator.includes('All');
  return (value) => {
    const bit = bitReader(value);
    if (!bit) return false;
    const holds = (position: bigint): boolean => bit(position) === wantSet;
    return all ? positions.every(holds) : positions.some(holds);
  };
}

function bitReader(value: Found): ((position: bigint) => boolean) | undefined {
  if (value instanceof Binary) {
    return (position) => (((value.buffer[Number(position >> 3n)] ?? 0) >> Number(position & 7n)) & 1) === 1;
  }
  if (!isNumeric(value)) return undefined;
  const number = typeof value === 'bigint' ? value : toNumber(value);
  if (typeof number === 'number' && (!Number.isInteger(number) || Math.abs(number) >= 2 ** 63)) return undefined;
  const whole = BigInt(number);
  return (position) => ((whole >> (position > 63n ? 63n : position)) & 1n) === 1n;
}

function bitPositions(operator: string, operand: Value): bigint[] {
  if (Array.isArray(operand)) {
    return operand.map((item) => {
      const position = toNumber(item);
      if (!Number.isInteger(position)) throw new StoreError('BadValue', `Failed to parse bit position. Expected a number in: ${operator}`);
      if (position < 0) throw new StoreError('BadValue', `Failed to parse bit position. Expected a non-negative number in: ${operator}`);
      return BigInt(position);
    });
  }
  const bit = operand instanceof Binary || isNumeric(operand) ? bitReader(operand) : undefined;
  if (!bit) throw new StoreError('BadValue', `${operator} takes an Array, a number, or a BinData but received: ${typeName(operand)}`);
  if (isNumeric(operand) && toNumber(operand) < 0)
    throw new StoreError('FailedToParse', `Expected a non-negative number in: ${operator}: ${toNumber(operand)}`);
  const width = operand instanceof Binary ? operand.position * 8 : 63;
  return Array.from({ length: width }, (_, index) => BigInt(index)).filter(bit);
}
