import { Binary, BSONRegExp, Double, MaxKey, MinKey, ObjectId, Timestamp } from 'bson';

/** A document that is already BSON. */
export interface Encoded {
  bytes: Buffer;
}

/** An `Encoded` that is copied into an answer as it is. */
export class Raw implements Encoded {
  constructor(readonly bytes: Buffer) {}
}

/** An array of documents that are copied as they are. */
export class Batch {
  constructor(readonly documents: Encoded[]) {}
}

/**
 * Writes a document as BSON. Takes a `Doc` or a plain object (replies), with `Raw` documents inside. A `number` becomes
 * an Int32 where it is one, else a double. Leaves `before` bytes free in front of it.
 */
export function writeDocument(doc: ReadonlyMap<string, unknown> | Record<string, unknown>, before = 0): Buffer {
  const writer = new Writer(before);
  writer.document(doc instanceof Map ? doc : Object.entries(doc as object));
  return writer.take();
}

// One scratch buffer for all: writing is synchronous, and a copy of the exact size leaves it.
let scratch = Buffer.allocUnsafe(1 << 16);
const keepAtMost = 1 << 22;

class Writer {
  constructor(private at: number) {}

  take(): Buffer {
    const bytes = Buffer.from(scratch.subarray(0, this.at));
    if (scratch.length > keepAtMost) scratch = Buffer.allocUnsafe(1 << 16);
    return bytes;
  }

  document(entries: Iterable<readonly [string, unknown]>): void {
    const start = this.at;
    this.at = this.room(4);
    for (const [name, value] of entries) if (value !== undefined) this.element(name, value);
    this.byte(0);
    scratch.writeInt32LE(this.at - start, start);
  }

  private element(name: string, value: unknown): void {
    const typeAt = this.at;
    this.byte(0);
    this.cstring(name);
    const type = this.value(value);
    scratch[typeAt] = type;
  }

  /** Writes the value and returns its type byte. */
  private value(value: unknown): number {
    switch (typeof value) {
      case 'string':
        return this.string(value, 0x02);
      case 'number':
        if (Number.isInteger(value) && (value | 0) === value && !Object.is(value, -0)) return this.int32(value);
        return this.double(value);
      case 'bigint':
        return this.int64(value, 0x12);
      case 'boolean':
        this.byte(value ? 1 : 0);
        return 0x08;
      default:
        return value === null ? 0x0a : this.object(value as object);
    }
  }

  private object(value: object): number {
    if (value instanceof Map) {
      this.document(value as Map<string, unknown>);
      return 0x03;
    }
    if (Array.isArray(value)) {
      this.document(value.map((item, index) => [String(index), item ?? null] as const));
      return 0x04;
    }
    if (value instanceof Raw) return this.bytes(value.bytes, 0x03);
    if (value instanceof Batch) return this.batch(value.documents);
    if (value instanceof Double) return this.double(value.value);
    if (value instanceof Date) return this.int64(BigInt(value.getTime()), 0x09);
    return this.bsonObject(value);
  }

  private bsonObject(value: object): number {
    if (value instanceof ObjectId) return this.bytes(value.id, 0x07);
    if (value instanceof MinKey) return 0xff;
    if (value instanceof MaxKey) return 0x7f;
    if (value instanceof Binary) {
      this.int32(value.position);
      this.byte(value.sub_type);
      return this.bytes(value.buffer.subarray(0, value.position), 0x05);
    }
    if (value instanceof BSONRegExp) {
      this.cstring(value.pattern);
      this.cstring(value.options);
      return 0x0b;
    }
    if (value instanceof Timestamp) return this.int64((BigInt(value.t) << 32n) | BigInt(value.i), 0x11);
    this.document(Object.entries(value));
    return 0x03;
  }

  private batch(documents: Encoded[]): number {
    const start = this.at;
    this.at = this.room(4);
    for (let index = 0; index < documents.length; index++) {
      const { bytes } = documents[index] as Encoded;
      // The type, the index as text, and its zero; by hand, for this is done for each document of each answer.
      this.room(bytes.length + 16);
      scratch[this.at++] = 0x03;
      const name = String(index);
      for (let digit = 0; digit < name.length; digit++) scratch[this.at++] = name.charCodeAt(digit);
      scratch[this.at++] = 0;
      scratch.set(bytes, this.at);
      this.at += bytes.length;
    }
    this.byte(0);
    scratch.writeInt32LE(this.at - start, start);
    return 0x04;
  }

  private double(value: number): number {
    scratch.writeDoubleLE(value, (this.at = this.room(8)) - 8);
    return 0x01;
  }

  private int32(value: number): number {
    scratch.writeInt32LE(value, (this.at = this.room(4)) - 4);
    return 0x10;
  }

  private int64(value: bigint, type: number): number {
    scratch.writeBigInt64LE(BigInt.asIntN(64, value), (this.at = this.room(8)) - 8);
    return type;
  }

  private string(value: string, type: number): number {
    const start = this.at;
    this.room(4 + value.length * 3 + 1);
    const length = scratch.write(value, start + 4, 'utf8');
    scratch.writeInt32LE(length + 1, start);
    scratch[start + 4 + length] = 0;
    this.at = start + 4 + length + 1;
    return type;
  }

  private cstring(value: string): void {
    this.room(value.length * 3 + 1);
    this.at += scratch.write(value, this.at, 'utf8');
    scratch[this.at++] = 0;
  }

  private bytes(value: Uint8Array, type = 0): number {
    this.room(value.length);
    scratch.set(value, this.at);
    this.at += value.length;
    return type;
  }

  private byte(value: number): void {
    this.room(1);
    scratch[this.at++] = value;
  }

  /** Makes room for `length` bytes and returns where they would end. */
  private room(length: number): number {
    const need = this.at + length;
    if (need > scratch.length) {
      const larger = Buffer.allocUnsafe(Math.max(need, scratch.length * 2));
      scratch.copy(larger, 0, 0, this.at);
      scratch = larger;
    }
    return need;
  }
}
