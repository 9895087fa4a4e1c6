import { readDocument } from './bson-reader';
import { type Collection, type Index, recordOf } from './catalog';
import { type Documents, noValue } from './documents';
import { type Entry, nextChunk } from './engine';
import { StoreError } from './failure';
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
    readonly bytes: Buffer,
  ) {}

  get doc(): Doc {
    this.decoded ??= readDocument(this.bytes);
    return this.decoded;
  }

  /** Lets go of the decoded document, which is several times larger than its bytes. */
  release(): void {
    this.decoded = undefined;
  }
}

/** What a command has looked at, for `explain`, and how long it may go on. */
export class Work {
  keys = 0;
  documents = 0;
  private steps = 0;

  constructor(
    private readonly now: () => number,
    private readonly deadline = Number.POSITIVE_INFINITY,
  ) {}

  step(): void {
    if (++this.steps % 256 === 0 && this.now() > this.deadline) throw new StoreError('MaxTimeMSExpired', 'operation exceeded time limit');
  }
}

/** The documents a plan leads to and the filter accepts, one by one and never one twice. */
export function* rows(documents: Documents, collection: Collection, plan: Plan, look: { test: Test; work: Work }): Generator<Row> {
  const seen = plan.repeats ? new Set<number>() : undefined;
  for (const row of candidates(documents, collection, plan, look.work)) {
    if (seen?.has(row.record)) continue;
    if (!plan.exact && !look.test(row.doc)) continue;
    seen?.add(row.record);
    yield row;
  }
}

function* candidates(documents: Documents, collection: Collection, plan: Plan, work: Work): Generator<Row> {
  for (const branch of plan.branches ?? []) yield* candidates(documents, collection, branch, work);
  const ranges = plan.reverse ? [...plan.ranges].reverse() : plan.ranges;
  for (const range of ranges) {
    for (const entry of plan.key ? single(documents, plan.key) : entries(documents, range, plan)) {
      work.step();
      const row = plan.index ? fetch(documents, collection, plan.index, entry) : new Row(recordOf(entry.key), entry.value);
      if (plan.index) work.keys++;
      if (!row) continue;
      work.documents++;
      yield row;
    }
  }
}

function fetch(documents: Documents, collection: Collection, index: Index, entry: Entry): Row | undefined {
  const record = recordOf(index.unique ? entry.value : entry.key);
  const bytes = documents.read(collection, record);
  return bytes && new Row(record, bytes);
}

function single({ engine }: Documents, key: Buffer): Entry[] {
  const value = engine.get(key);
  return value ? [{ key, value }] : [];
}

/**
 * The entries of a range in chunks, so that no LMDB cursor stays open between two answers. When the data has changed
 * since a chunk was read, reading goes on from the last key given out.
 */
function* entries({ engine }: Documents, [start, end]: [Buffer, Buffer], { index, reverse }: Plan): Generator<Entry> {
  let [from, to] = [start, end];
  const keysOnly = index !== undefined && !index.unique;
  for (let size = 4; ; ) {
    const version = engine.version;
    const chunk: Entry[] = keysOnly
      ? engine.keys(from, to, size, reverse).map((key) => ({ key, value: noValue }))
      : engine.entries(from, to, size, reverse);
    let last: Entry | undefined;
    for (const entry of chunk) {
      if (engine.version !== version) break;
      last = entry;
      yield entry;
    }
    if (!last) return;
    if (chunk.length < size && last === chunk.at(-1) && engine.version === version) return;
    if (reverse) to = last.key;
    else from = Buffer.concat([last.key, Buffer.of(0)]);
    size = nextChunk(chunk, size);
  }
}

/** What can be sorted: rows with their bytes, or documents of a pipeline, whose size is estimated. */
interface Sortable {
  doc: Doc;
  bytes?: Buffer;
  release?(): void;
}

/** Rows in order. Holds them all, or the first `limit`; beyond 100 MB it gives up as MongoDB does. */
export function* sortRows<T extends Sortable>(source: Iterable<T>, keys: SortKey[], limit: number): Generator<T> {
  let held: Array<{ row: T; tuple: unknown[]; at: number; size: number }> = [];
  const memory = new Held(
    'Executor error during find command :: caused by :: Sort exceeded memory limit of 104857600 bytes, but did not opt in to external sorting.',
  );
  let at = 0;
  const order = (a: { tuple: unknown[]; at: number }, b: { tuple: unknown[]; at: number }): number =>
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
