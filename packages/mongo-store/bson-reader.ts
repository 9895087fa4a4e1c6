import { Binary, BSONRegExp, Double, MaxKey, MinKey, ObjectId, Timestamp } from 'bson';
import { notDone, StoreError } from './failure';
import type { Doc, Value } from './values';

/** MongoDB's limit for nested documents and arrays. */
const maxDepth = 200;

const invalid = (why: string): StoreError => new StoreError('InvalidBSON', `Invalid BSON: ${why}`);

/**
 * Reads one BSON document of a Buffer. Strict, because the bytes come from a client: every length is checked against
 * the bounds, and the depth is limited.
 */
export function readDocument(bytes: Buffer, offset = 0): Doc {
  const reader = new Reader(bytes, offset, bytes.length);
  return reader.document(0);
}

class Reader {
  constructor(
    private readonly bytes: Buffer,
    private at: number,
    private end: number,
  ) {}

  document(depth: number): Doc {
    const doc: Doc = new Map();
    this.elements(depth, (name, value) => doc.set(name, value));
    return doc;
  }

  private elements(depth: number, take: (name: string, value: Value) => unknown): void {
    if (depth > maxDepth) throw new StoreError('Overflow', `BSONObj exceeds maximum nested object depth: ${maxDepth}`);
    const outer = this.end;
    const start = this.at;
    const length = this.int32();
    if (length < 5 || start + length > outer) throw invalid('a document is longer than its container');
    this.end = start + length;
    if (this.bytes[this.end - 1] !== 0) throw invalid('a document does not end with a zero byte');
    while (this.at < this.end - 1) {
      const type = this.bytes[this.at++] as number;
      const name = this.cstring();
      take(name, this.value(type, depth));
    }
    if (this.at !== this.end - 1) throw invalid('a document is shorter than its elements');
    this.at = this.end;
    this.end = outer;
  }

  private array(depth: number): Value[] {
    const items: Value[] = [];
    this.elements(depth, (_name, value) => items.push(value));
    return items;
  }

  private value(type: number, depth: number): Value {
    switch (type) {
      case 0x01:
        return new Double(this.bytes.readDoubleLE(this.skip(8)));
      case 0x02:
        return this.string();
      case 0x03:
        return this.document(depth + 1);
      case 0x04:
        return this.array(depth + 1);
      case 0x07:
        return new ObjectId(Uint8Array.prototype.slice.call(this.bytes, this.at, this.skip(12) + 12));
      case 0x08:
        return this.boolean();
      case 0x09:
        return this.date();
      case 0x0a:
        return null;
      case 0x10:
        return this.int32();
      case 0x12:
        return this.bytes.readBigInt64LE(this.skip(8));
      default:
        return this.rareValue(type);
    }
  }

  private rareValue(type: number): Value {
    switch (type) {
      case 0x05:
        return this.binary();
      case 0x0b:
        return new BSONRegExp(this.cstring(), this.cstring());
      case 0x11: {
        const at = this.skip(8);
        return new Timestamp({ i: this.bytes.readUInt32LE(at), t: this.bytes.readUInt32LE(at + 4) });
      }
      case 0xff:
        return new MinKey();
      case 0x7f:
        return new MaxKey();
      case 0x06:
      case 0x0c:
      case 0x0d:
      case 0x0e:
      case 0x0f:
      case 0x13:
        throw notDone(`the BSON type ${type} (code, Decimal128 and the deprecated ones)`, 'BadValue');
      default:
        throw invalid(`unknown type ${type}`);
    }
  }

  private boolean(): boolean {
    const byte = this.bytes[this.skip(1)] as number;
    if (byte > 1) throw invalid('a boolean is neither 0 nor 1');
    return byte === 1;
  }

  private date(): Date {
    const date = new Date(Number(this.bytes.readBigInt64LE(this.skip(8))));
    if (Number.isNaN(date.getTime())) throw notDone('dates beyond the year 275760', 'BadValue');
    return date;
  }

  private binary(): Binary {
    const length = this.int32();
    const subtype = this.bytes[this.skip(1)] as number;
    if (length < 0) throw invalid('a binary value has a negative length');
    const at = this.skip(length);
    if (subtype === 2) throw notDone('the deprecated binary subtype 2', 'BadValue');
    return new Binary(Uint8Array.prototype.slice.call(this.bytes, at, at + length), subtype);
  }

  private string(): string {
    const length = this.int32();
    if (length < 1) throw invalid('a string has no end');
    const at = this.skip(length);
    if (this.bytes[at + length - 1] !== 0) throw invalid('a string does not end with a zero byte');
    return this.bytes.toString('utf8', at, at + length - 1);
  }

  private cstring(): string {
    const start = this.at;
    const stop = this.bytes.indexOf(0, start);
    if (stop < 0 || stop >= this.end) throw invalid('a name has no end');
    this.at = stop + 1;
    return this.bytes.toString('utf8', start, stop);
  }

  private int32(): number {
    return this.bytes.readInt32LE(this.skip(4));
  }

  /** Moves over `length` bytes and returns where they begin. */
  private skip(length: number): number {
    const at = this.at;
    if (length > this.end - at) throw invalid('a value is longer than its document');
    this.at = at + length;
    return at;
  }
}
