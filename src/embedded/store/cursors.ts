import { randomBytes } from 'node:crypto';
import type { Raw } from './bson-writer';
import { StoreError } from './failure';

export interface Cursor {
  id: bigint;
  namespace: string;
  source: Iterator<Raw>;
  /** A document that did not fit into the last answer. */
  waiting: Raw | undefined;
  usedAt: number;
}

const idle = 10 * 60_000;
const most = 2000;

/** The size of one answer's documents: at most this many bytes, at least one document. */
const batchBytes = 16 * 1024 * 1024;

/** Open cursors: a place in the data each, no copy of it. */
export class Cursors {
  private readonly open = new Map<bigint, Cursor>();

  constructor(private readonly now: () => number) {}

  get size(): number {
    return this.open.size;
  }

  add(namespace: string, source: Iterator<Raw>): Cursor {
    this.forgetIdle();
    if (this.open.size >= most) throw new StoreError('InternalError', `The built-in store keeps at most ${most} cursors open.`);
    const id = randomBytes(8).readBigInt64BE() & 0x7fffffffffffffffn;
    const cursor: Cursor = { id: id || 1n, namespace, source, waiting: undefined, usedAt: this.now() };
    this.open.set(cursor.id, cursor);
    return cursor;
  }

  find(id: bigint, namespace: string): Cursor {
    const cursor = this.open.get(id);
    if (!cursor) throw new StoreError('CursorNotFound', `cursor id ${id} not found`);
    if (cursor.namespace !== namespace) {
      throw new StoreError(
        13,
        `Requested getMore on namespace '${namespace}', but cursor belongs to a different namespace ${cursor.namespace}`,
      );
    }
    cursor.usedAt = this.now();
    return cursor;
  }

  remove(id: bigint): boolean {
    const cursor = this.open.get(id);
    if (!cursor) return false;
    cursor.source.return?.();
    return this.open.delete(id);
  }

  /** Ends the cursors of a collection that is dropped. */
  removeOf(namespace: string): void {
    for (const cursor of this.open.values()) if (cursor.namespace === namespace) this.remove(cursor.id);
  }

  private forgetIdle(): void {
    const limit = this.now() - idle;
    for (const cursor of this.open.values()) if (cursor.usedAt < limit) this.remove(cursor.id);
  }
}

/** Takes up to `count` documents, and never more bytes than one answer may have. */
export function takeBatch(cursor: { source: Iterator<Raw>; waiting: Raw | undefined }, count: number): { batch: Raw[]; done: boolean } {
  const batch: Raw[] = [];
  let bytes = 0;
  while (batch.length < count) {
    let next = cursor.waiting;
    cursor.waiting = undefined;
    if (!next) {
      const step = cursor.source.next();
      if (step.done) return { batch, done: true };
      next = step.value;
    }
    bytes += next.bytes.length + 16;
    if (batch.length > 0 && bytes > batchBytes) {
      cursor.waiting = next;
      return { batch, done: false };
    }
    batch.push(next);
  }
  return { batch, done: false };
}
