import { readDocument } from './bson-reader';
import { type Collection, recordOf } from './catalog';
import type { Documents } from './documents';
import { mostAtOnce, nextChunk, Packed } from './engine';
import { StoreError } from './failure';
import type { Leaf } from './index-keys';
import type { Test } from './matcher';
import { Held, sizeOf } from './memory';
import type { Plan } from './planner';
import { compareTuples, type SortKey, sortTuple } from './sorting';
import type { Doc } from './values';

/** A document on its way through a command; decoded only when somebody looks inside. */
export class Row {
  private decoded: Doc | undefined;

  constructor(
    readonly record: number,
    public bytes: Buffer,
  ) {}

  get doc(): Doc {
    this.decoded ??= readDocument(this.bytes);
    return this.decoded;
  }

  /** For a row that is kept: no decoded document, which is several times larger, and no share of a pool, which stays whole. */
  release(): void {
    this.decoded = undefined;
    const own = Buffer.allocUnsafeSlow(this.bytes.length);
    own.set(this.bytes);
    this.bytes = own;
  }
}

/** How long a command may go on. */
export class Work {
  private steps = 0;

  constructor(
    private readonly now: () => number,
    private readonly deadline = Number.POSITIVE_INFINITY,
  ) {}

  step(): void {
    if (++this.steps % 256 === 0 && this.now() > this.deadline) throw new StoreError('MaxTimeMSExpired', 'operation exceeded time limit');
  }
}

interface Look {
  test: Test;
  work: Work;
  /** How many of the rows found to pass over, and after how many to stop (0: never). */
  skip?: number;
  end?: number;
}

/** The documents a plan leads to and the filter accepts, one by one and never one twice. */
export function* rows(documents: Documents, collection: Collection, plan: Plan, look: Look): Generator<Row> {
  const { test, work, skip = 0, end = 0 } = look;
  const seen = plan.repeats ? new Set<number>() : undefined;
  let found = 0;
  for (const part of steps(plan)) {
    const walk = new Walk(documents, collection, part, plan.exact && end > 0 ? end : mostAtOnce);
    let used = 0;
    while (walk.read(used)) {
      for (used = 0; used < walk.length && !walk.moved; ) {
        const row = walk.row(used++);
        work.step();
        if (!row) continue;
        if (seen?.has(row.record)) continue;
        if (!plan.exact && !test(row.doc)) continue;
        seen?.add(row.record);
        if (found++ < skip) continue;
        yield row;
        if (found === end) return;
      }
    }
  }
}

interface Step {
  plan: Plan;
  range: [Buffer, Buffer];
}

/** The ranges of a plan and of its branches in the order they are walked. */
function steps(plan: Plan): Step[] {
  if (plan.branches) return plan.branches.flatMap(steps);
  return (plan.reverse ? plan.ranges.toReversed() : plan.ranges).map((range) => ({ plan, range }));
}

/**
 * The entries of a range in chunks, so that no LMDB cursor stays open between two answers. When the data has changed
 * since a chunk was read, reading goes on from the last entry that was used.
 */
class Walk {
  private keys = nothing;
  private values = nothing;
  private records: number[] = [];
  private near: (record: number) => Buffer | undefined = () => undefined;
  private readonly plan: Plan;
  private from: Buffer;
  private to: Buffer;
  private size: number;
  private version = -1;

  constructor(
    private readonly documents: Documents,
    private readonly collection: Collection,
    { plan, range }: Step,
    wanted: number,
  ) {
    this.plan = plan;
    [this.from, this.to] = range;
    // All at once where it is known how many it will be and a key is small, else a little first.
    this.size = plan.index && wanted < mostAtOnce ? wanted : 4;
  }

  get length(): number {
    return this.records.length;
  }

  get moved(): boolean {
    return this.documents.engine.version !== this.version;
  }

  /** Reads the next chunk, after the first `used` entries of the last one. False at the end. */
  read(used: number): boolean {
    if (this.version >= 0) {
      if (used === 0 || this.plan.key || (used < this.size && used === this.length && !this.moved)) return false;
      const last = this.keys.at(used - 1);
      if (this.plan.reverse) this.to = last;
      else this.from = Buffer.concat([last, Buffer.of(0)]);
      this.size = nextChunk({ read: this.length, bytes: this.keys.bytes.length + this.values.bytes.length }, this.size);
    }
    this.version = this.documents.engine.version;
    if (this.plan.key) this.one(this.plan.key);
    else this.chunk();
    if (this.plan.index) this.near = this.documents.readNear(this.collection, this.records);
    return this.records.length > 0;
  }

  private one(key: Buffer): void {
    const record = this.documents.engine.get(key);
    this.records = record ? [recordOf(record)] : [];
  }

  private chunk(): void {
    const { engine } = this.documents;
    const { index, reverse } = this.plan;
    if (index && !index.unique) this.keys = engine.keys(this.from, this.to, this.size, reverse);
    else ({ keys: this.keys, values: this.values } = engine.chunk(this.from, this.to, { limit: this.size, reverse }));
    const tail = index?.unique ? this.values : this.keys;
    this.records = Array.from({ length: tail.length }, (_, at) => recordOf(tail.bytes, tail.end(at)));
  }

  row(at: number): Row | undefined {
    const record = this.records[at] as number;
    const bytes = this.plan.index ? (this.near(record) ?? this.documents.read(this.collection, record)) : this.values.at(at);
    return bytes && new Row(record, bytes);
  }
}

const nothing = new Packed(Buffer.alloc(0), []);

/** What can be sorted: rows with their bytes, or documents of a pipeline, whose size is estimated. */
interface Sortable {
  doc: Doc;
  bytes?: Buffer;
  release?(): void;
}

/** Rows in order. Holds them all, or the first `limit`; beyond 100 MB it gives up as MongoDB does. */
export function* sortRows<T extends Sortable>(source: Iterable<T>, keys: SortKey[], limit: number): Generator<T> {
  let held: Array<{ row: T; tuple: Leaf[]; at: number; size: number }> = [];
  const memory = new Held(
    'Executor error during find command :: caused by :: Sort exceeded memory limit of 104857600 bytes, but did not opt in to external sorting.',
  );
  let at = 0;
  const order = (a: { tuple: Leaf[]; at: number }, b: { tuple: Leaf[]; at: number }): number =>
    compareTuples(keys, a.tuple, b.tuple) || a.at - b.at;
  for (const row of source) {
    const size = (row.bytes?.length ?? sizeOf(row.doc)) + 128;
    // Of a sort with a limit only the first ones stay.
    if (limit > 0 && (held.length >= limit * 2 + 100 || !memory.fits(size))) {
      held = held.sort(order).slice(0, limit);
      memory.set(held.reduce((sum, { size }) => sum + size, 0));
    }
    memory.add(size);
    held.push({ row, tuple: sortTuple(keys, row.doc), at: at++, size });
    row.release?.();
  }
  held.sort(order);
  for (const { row } of limit > 0 ? held.slice(0, limit) : held) yield row;
}
