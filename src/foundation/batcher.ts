/** What became of one row of a batch. */
export type Outcome<Out> = { value: Out } | { error: unknown };

export interface BatcherOptions<Row, Out> {
  /** Asks or writes for all rows at once; one outcome per row, in their order. What it throws is the outcome of each of them. */
  all(rows: readonly Row[]): Promise<readonly Outcome<Out>[]>;
  /** Rows of one key are never under way together, so that they happen in the order in which they came. */
  keyOf?: (row: Row) => string;
}

interface Waiting<Row, Out> {
  row: Row;
  resolve: (value: Out) => void;
  reject: (error: unknown) => void;
}

/** Rows of one command: far below what a server takes in one message, and enough to make the command itself cheap. */
const most = 100;
/** A batch that the store is slow with holds up what comes after it no longer than this. */
const patienceMs = 50;

/**
 * Joins what is asked of the store at the same time into one command: what comes in one turn of the event loop, and what comes
 * while a batch is under way. Each caller is answered when the store has answered for its own row, as if it had asked alone.
 * Where only one asks, it waits for nobody.
 */
export class Batcher<Row, Out> {
  private waiting: Waiting<Row, Out>[] = [];
  private readonly busy = new Set<string>();
  private underWay = 0;
  private planned = false;

  constructor(private readonly options: BatcherOptions<Row, Out>) {}

  one(row: Row): Promise<Out> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ row, resolve, reject });
      this.plan();
    });
  }

  private plan(): void {
    if (this.planned) return;
    this.planned = true;
    if (this.underWay === 0) setImmediate(() => this.go());
    else setTimeout(() => this.go(), patienceMs);
  }

  private go(): void {
    this.planned = false;
    const batch = this.take();
    if (batch.length > 0) void this.run(batch);
  }

  /** The oldest rows whose keys are free; the others wait for the batch that holds their key. */
  private take(): Waiting<Row, Out>[] {
    const { keyOf } = this.options;
    const batch: Waiting<Row, Out>[] = [];
    const left: Waiting<Row, Out>[] = [];
    for (const each of this.waiting) {
      const key = keyOf?.(each.row);
      if (batch.length >= most || (key !== undefined && this.busy.has(key))) left.push(each);
      else {
        if (key !== undefined) this.busy.add(key);
        batch.push(each);
      }
    }
    this.waiting = left;
    return batch;
  }

  private async run(batch: readonly Waiting<Row, Out>[]): Promise<void> {
    const rows = batch.map(({ row }) => row);
    this.underWay += 1;
    const outcomes = await this.outcomesOf(rows);
    this.underWay -= 1;
    for (const row of rows) if (this.options.keyOf) this.busy.delete(this.options.keyOf(row));
    for (const [at, { resolve, reject }] of batch.entries()) {
      const outcome = outcomes[at] ?? { error: new Error('a batch told nothing of one of its rows') };
      if ('error' in outcome) reject(outcome.error);
      else resolve(outcome.value);
    }
    // Whom this batch answered may write again at once: their rows go with those that have waited.
    if (this.waiting.length > 0) setImmediate(() => this.go());
  }

  private async outcomesOf(rows: readonly Row[]): Promise<readonly Outcome<Out>[]> {
    try {
      return await this.options.all(rows);
    } catch (error) {
      return rows.map(() => ({ error }));
    }
  }
}
