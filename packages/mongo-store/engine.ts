import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { open, type RangeOptions, type RootDatabase } from 'lmdb';
import { codes, StoreError } from './failure';
import { Room } from './room';

/** One key and its bytes. */
export interface Entry {
  key: Buffer;
  value: Buffer;
}

/** Many byte strings in one piece of memory: a buffer object for each would cost more than reading it. */
export class Packed {
  constructor(
    readonly bytes: Buffer,
    private readonly ends: number[],
  ) {}

  get length(): number {
    return this.ends.length;
  }

  end(at: number): number {
    return this.ends[at] as number;
  }

  at(at: number): Buffer {
    return this.bytes.subarray(at === 0 ? 0 : this.end(at - 1), this.end(at));
  }
}

interface Bounds {
  limit: number;
  reverse?: boolean;
  bytes?: number;
}

/** Entries read together. */
interface Chunk {
  keys: Packed;
  values: Packed;
}

/** Where a range is packed while it is read; LMDB's own memory is overwritten at each step. */
class Packer {
  private bytes = Buffer.allocUnsafeSlow(1 << 16);
  private size = 0;

  /** Appends a value and gives where it ends. */
  add(source: Uint8Array): number {
    const at = this.grow(source.length);
    this.bytes.set(source, at);
    return this.size;
  }

  /** Appends a key out of other bytes. Keys are so short that a loop is faster than a view of them. */
  addKey(source: Buffer, start: number, end: number): number {
    const by = this.grow(end - start) - start;
    for (let at = start; at < end; at++) this.bytes[at + by] = source[at] as number;
    return this.size;
  }

  private grow(length: number): number {
    const start = this.size;
    this.size += length;
    if (this.size > this.bytes.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(this.size, this.bytes.length * 2));
      larger.set(this.bytes.subarray(0, start));
      this.bytes = larger;
    }
    return start;
  }

  /** Forgets what a reading that failed may have left. */
  clear(): this {
    this.size = 0;
    return this;
  }

  take(ends: number[]): Packed {
    const packed = new Packed(Buffer.from(this.bytes.subarray(0, this.size)), ends);
    if (this.bytes.length > mostKept) this.bytes = Buffer.allocUnsafeSlow(1 << 16);
    return packed;
  }
}

const mostKept = 1 << 22;

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
  // What a range gives for a key or a value is where its copy ends in `keys` or `values`.
  private readonly db: RootDatabase<Buffer | number, Buffer | number>;
  private readonly keyPacker = new Packer();
  private readonly valuePacker = new Packer();
  private waiting: Job[] = [];
  /** Grows with each commit; whoever keeps a place in the data looks at it to know whether the data moved. */
  version = 0;
  /** When something was written last, since the start. */
  lastWrite: Date | undefined;
  private undo: Array<() => void> = [];

  private readonly room: Room;

  constructor(folder: string) {
    mkdirSync(folder, { recursive: true });
    this.room = new Room(folder, join(folder, 'data.mdb'));
    this.db = open<Buffer | number, Buffer | number>({
      path: folder,
      encoder: {
        encode: (value: Buffer) => value,
        decode: (shared: Buffer, length: number) => this.valuePacker.add(view(shared, length)),
      },
      keyEncoder: {
        writeKey: (key: Buffer, target: Buffer, at: number) => {
          target.set(key, at);
          return at + key.length;
        },
        readKey: (source: Buffer, start: number, end: number) => this.keyPacker.addKey(source, start, end),
      },
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
    const { keys, values } = this.chunk(start, end, { limit, reverse });
    return Array.from({ length: keys.length }, (_, at) => ({ key: keys.at(at), value: values.at(at) }));
  }

  /** The same packed, and only until the values have `bytes` bytes together. */
  chunk(start: Buffer, end: Buffer, { limit, reverse = false, bytes = Number.POSITIVE_INFINITY }: Bounds): Chunk {
    const keys: number[] = [];
    const values: number[] = [];
    this.keyPacker.clear();
    this.valuePacker.clear();
    for (const { key, value } of this.db.getRange(range(start, end, limit, reverse))) {
      keys.push(key as number);
      values.push(value as number);
      if ((value as number) >= bytes) break;
    }
    return { keys: this.keyPacker.take(keys), values: this.valuePacker.take(values) };
  }

  /** The keys alone, which is faster where the values say nothing. */
  keys(start: Buffer, end: Buffer, limit: number, reverse = false): Packed {
    return this.keyPacker.clear().take([...this.db.getKeys(range(start, end, limit, reverse))] as number[]);
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
      this.room.check();
      this.db.transactionSync(() => {
        for (const job of jobs) settle.push(this.attempt(job, undone));
      });
      this.version++;
      this.lastWrite = new Date();
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

/** The first bytes of LMDB's buffer, which is one and the same nearly always: making a view costs more than copying it. */
function view(shared: Buffer, length: number): Uint8Array {
  const known = views[length];
  if (known?.buffer === shared.buffer && known.byteOffset === shared.byteOffset) return known;
  const made = new Uint8Array(shared.buffer, shared.byteOffset, length);
  if (length < mostViews) views[length] = made;
  return made;
}

const mostViews = 4096;
const views: Array<Uint8Array | undefined> = Array.from({ length: mostViews });

// LMDB's buffer is overwritten by the next read. A copy into node's pool costs a third of lmdb's own.
function ownCopy(shared: Buffer, length: number): Buffer {
  const own = Buffer.allocUnsafe(length);
  own.set(new Uint8Array(shared.buffer, shared.byteOffset, length));
  return own;
}

const chunkBytes = 64 * 1024;

/** How many entries are read at once at the most. */
export const mostAtOnce = 256;

/** How many entries to read after a chunk of `read` entries with `bytes`: more each time, as long as it stays small in memory. */
export function nextChunk({ read, bytes }: { read: number; bytes: number }, size: number): number {
  return Math.max(1, Math.min(size * 4, mostAtOnce, Math.floor((chunkBytes * read) / Math.max(1, bytes))));
}

function range(start: Buffer, end: Buffer, limit: number, reverse: boolean): RangeOptions {
  return reverse ? { start: end, exclusiveStart: true, end: start, inclusiveEnd: true, reverse, limit } : { start, end, limit };
}

function diskError(error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new StoreError(
    /space|ENOSPC|MAP_FULL/i.test(message) ? codes.OutOfDiskSpace : codes.InternalError,
    `The data could not be written: ${message}`,
  );
}
