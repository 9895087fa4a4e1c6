import { randomBytes } from 'node:crypto';
import { Batch, type Encoded } from './bson-writer';
import { StoreError } from './failure';

/** Documents on their way to a client. */
export interface Stream {
  source: Iterator<Encoded>;
  /** How many may still come. */
  left: number;
  /** A document that did not fit into the last answer. */
  waiting?: Encoded | undefined;
}

export interface Cursor extends Stream {
  id: bigint;
  namespace: string;
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

  add(namespace: string, stream: Stream): Cursor {
    this.forgetIdle();
    if (this.open.size >= most) throw new StoreError('InternalError', `The built-in store keeps at most ${most} cursors open.`);
    const id = randomBytes(8).readBigInt64BE() & 0x7fffffffffffffffn;
    const cursor: Cursor = { id: id || 1n, namespace, ...stream, usedAt: this.now() };
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

/**
 * Takes up to `count` documents, and never more bytes than one answer may have. Reads none ahead: what comes with the next
 * answer is as it is then. So, as with MongoDB, a batch may be the last without knowing it, and an empty one follows.
 */
export function takeBatch(cursor: Stream, count: number): { batch: Batch; done: boolean } {
  const batch: Encoded[] = [];
  let bytes = 0;
  while (batch.length < count && cursor.left > 0) {
    let next = cursor.waiting;
    cursor.waiting = undefined;
    if (!next) {
      const step = cursor.source.next();
      if (step.done) return { batch: new Batch(batch), done: true };
      next = step.value;
    }
    bytes += next.bytes.length + 16;
    if (batch.length > 0 && bytes > batchBytes) {
      cursor.waiting = next;
      return { batch: new Batch(batch), done: false };
    }
    batch.push(next);
    cursor.left--;
  }
  return { batch: new Batch(batch), done: cursor.left <= 0 };
}
