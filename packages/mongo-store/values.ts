import type { Binary, BSONRegExp, Double, MaxKey, MinKey, ObjectId, Timestamp } from 'bson';

/**
 * A document in memory. A Map and not an object, because an object moves keys like '10' to the front and BSON keeps
 * the order of fields.
 */
export type Doc = Map<string, Value>;

/**
 * A BSON value. JavaScript's `number` is always an Int32 and `bigint` always an Int64; a double is bson's `Double`,
 * so that each number goes back to the client in the type it came in.
 */
export type Value =
  | null
  | boolean
  | number
  | bigint
  | Double
  | string
  | Date
  | ObjectId
  | Binary
  | BSONRegExp
  | Timestamp
  | MinKey
  | MaxKey
  | Doc
  | Value[];

/** A value, or nothing where a path leads nowhere. */
export type Found = Value | undefined;

export const isDoc = (value: unknown): value is Doc => value instanceof Map;

export type Numeric = number | bigint | Double;

/** MongoDB's alias of a value's type, as `$type` and error messages use it. */
export function typeName(value: Found): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'number') return 'int';
  if (typeof value === 'bigint') return 'long';
  if (typeof value === 'string') return 'string';
  if (Array.isArray(value)) return 'array';
  if (isDoc(value)) return 'object';
  if (value instanceof Date) return 'date';
  return bsonTypeNames[value._bsontype];
}

const bsonTypeNames = {
  Double: 'double',
  ObjectId: 'objectId',
  Binary: 'binData',
  BSONRegExp: 'regex',
  Timestamp: 'timestamp',
  MinKey: 'minKey',
  MaxKey: 'maxKey',
} as const;

/** The numbers `$type` accepts beside the aliases. */
export const typeNumbers: Record<string, number> = {
  double: 1,
  string: 2,
  object: 3,
  array: 4,
  binData: 5,
  undefined: 6,
  objectId: 7,
  bool: 8,
  date: 9,
  null: 10,
  regex: 11,
  javascript: 13,
  int: 16,
  timestamp: 17,
  long: 18,
  decimal: 19,
  minKey: -1,
  maxKey: 127,
};

const numericTypes = new Set(['int', 'long', 'double']);

export const isNumeric = (value: Found): value is Numeric => numericTypes.has(typeName(value));

/** A copy that shares no document or array with the original; the other values are never changed in place. */
export function clone<T extends Found>(value: T): T {
  if (Array.isArray(value)) return value.map((item) => clone(item)) as T;
  if (isDoc(value)) {
    const copy: Doc = new Map();
    for (const [key, item] of value as Doc) copy.set(key, clone(item));
    return copy as unknown as T;
  }
  return value;
}

export const asDoc = (value: Found): Doc | undefined => (isDoc(value) ? value : undefined);

/** A numeric value as a JavaScript number; NaN for what is none. */
export function toNumber(value: Found): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  if (isNumeric(value)) return value.value;
  return Number.NaN;
}

/** A text as it is; anything else as messages show it. For names, and for values inside error messages. */
export function textOf(value: Found): string {
  return typeof value === 'string' ? value : inShell(value);
}

/** A value as MongoDB's messages and its shell write it. */
export function inShell(value: Found): string {
  if (value === undefined) return 'missing';
  if (typeof value === 'string') return JSON.stringify(value);
  if (value === null || typeof value !== 'object') return String(value);
  if (Array.isArray(value)) return `[ ${value.map(inShell).join(', ')} ]`;
  if (isDoc(value)) return `{ ${[...value].map(([name, item]) => `${name}: ${inShell(item)}`).join(', ')} }`;
  if (value instanceof Date) return `new Date(${value.getTime()})`;
  switch (value._bsontype) {
    case 'ObjectId':
      return `ObjectId('${value.toHexString()}')`;
    case 'Double':
      return value.toString();
    default:
      return typeName(value);
  }
}
