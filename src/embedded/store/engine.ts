import { open, type RangeOptions, type RootDatabase } from 'lmdb';
import { codes, StoreError } from './failure';

/** One key and its bytes. */
export interface Entry {
  key: Buffer;
  value: Buffer;
}

interface Job {
  work: () => unknown;
  done: (result: unknown) => void;
  failed: (error: unknown) => void;
}

/**
 * LMDB as an ordered map from bytes to bytes. Reads are synchronous and see the last commit (inside `write`, its own
 * writes). What arrives together is committed together; a commit is on disk before it is seen or answered, because
 * LMDB's overlapping sync is off. A job that throws has written nothing.
 */
export class Engine {
  private readonly db: RootDatabase<Buffer, Buffer>;
  private waiting: Job[] = [];
  /** Grows with each commit; whoever keeps a place in the data looks at it to know whether the data moved. */
  version = 0;
  private undo: Array<() => void> = [];

  constructor(folder: string) {
    this.db = open<Buffer, Buffer>({
      path: folder,
      encoder: { encode: (value: Buffer) => value, decode: ownCopy },
      keyEncoding: 'binary',
      overlappingSync: false,
      // Address space, not memory: the file grows with the data.
      mapSize: 2 ** 38,
    });
  }

  get(key: Buffer): Buffer | undefined {
    const shared = this.db.getBinaryFast(key);
    return shared && ownCopy(shared, shared.length);
  }

  /** At most `limit` entries from `start` (inclusive) to `end` (exclusive); backwards from `end` when `reverse`. */
  entries(start: Buffer, end: Buffer, limit: number, reverse = false): Entry[] {
    return [...this.db.getRange(range(start, end, limit, reverse))];
  }

  /** The entries from `start` until their values have `bytes` bytes together, for what is only read ahead. */
  entriesUpTo(bytes: number, start: Buffer, end: Buffer): Entry[] {
    const found: Entry[] = [];
    let size = 0;
    for (const entry of this.db.getRange({ start, end })) {
      found.push(entry);
      size += entry.value.length;
      if (size >= bytes) break;
    }
    return found;
  }

  /** The keys alone, which is faster where the values say nothing. */
  keys(start: Buffer, end: Buffer, limit: number, reverse = false): Buffer[] {
    return [...this.db.getKeys(range(start, end, limit, reverse))];
  }

  count(start: Buffer, end: Buffer): number {
    return this.db.getKeysCount({ start, end });
  }

  put(key: Buffer, value: Buffer): void {
    this.db.putSync(key, value);
  }

  remove(key: Buffer): void {
    this.db.removeSync(key);
  }

  /** Called inside `write` for what must be taken back in memory when the write fails. */
  onUndo(action: () => void): void {
    this.undo.push(action);
  }

  /** Runs `work` alone against the data and resolves when its writes are on disk. */
  write<T>(work: () => T): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.waiting.push({ work, done: resolve as (result: unknown) => void, failed: reject });
      // What else arrives in this turn of the event loop joins the same commit.
      if (this.waiting.length === 1) setImmediate(() => this.commit());
    });
  }

  private commit(): void {
    const jobs = this.waiting.splice(0);
    if (jobs.length === 0) return;
    const undone: Array<() => void> = [];
    const settle: Array<() => void> = [];
    try {
      this.db.transactionSync(() => {
        for (const job of jobs) settle.push(this.attempt(job, undone));
      });
      this.version++;
      for (const tell of settle) tell();
    } catch (error) {
      // LMDB has dropped the whole transaction; what was changed in memory is taken back as well.
      for (const action of undone.reverse()) action();
      this.version++;
      const failure = diskError(error);
      for (const job of jobs) job.failed(failure);
    }
  }

  // A transaction of its own inside the common one: a job that throws leaves no trace in LMDB.
  private attempt(job: Job, undone: Array<() => void>): () => void {
    this.undo = [];
    try {
      const result = this.db.transactionSync(job.work);
      for (const action of this.undo) undone.push(action);
      return () => job.done(result);
    } catch (error) {
      for (const action of this.undo.reverse()) action();
      return () => job.failed(error);
    }
  }

  close(): Promise<void> {
    this.commit();
    return this.db.close();
  }
}

// LMDB's buffer is overwritten by the next read. A copy into node's pool costs a third of lmdb's own.
function ownCopy(shared: Buffer, length: number): Buffer {
  const own = Buffer.allocUnsafe(length);
  own.set(new Uint8Array(shared.buffer, shared.byteOffset, length));
  return own;
}

const chunkBytes = 64 * 1024;

/** How many entries are read at once at the most. */
export const mostAtOnce = 256;

/** How many entries to read after this chunk: more each time, as long as a chunk stays small in memory. */
export function nextChunk(chunk: Entry[], size: number): number {
  const bytes = chunk.reduce((sum, { key, value }) => sum + key.length + value.length, 0);
  return Math.max(1, Math.min(size * 4, mostAtOnce, Math.floor((chunkBytes * chunk.length) / Math.max(1, bytes))));
}

function range(start: Buffer, end: Buffer, limit: number, reverse: boolean): RangeOptions {
  return reverse ? { start: end, exclusiveStart: true, end: start, inclusiveEnd: true, reverse, limit } : { start, end, limit };
}

function diskError(error: unknown): StoreError {
  const message = error instanceof Error ? error.message : String(error);
  return new StoreError(
    /space|ENOSPC|MAP_FULL/i.test(message) ? codes.OutOfDiskSpace : codes.InternalError,
    `The data could not be written: ${message}`,
  );
}
