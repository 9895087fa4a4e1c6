import { Aggregator, Query, update } from 'mingo';
import type { AnyObject } from 'mingo/types';

type Row = Record<string, unknown> & { _id: number };

const copy = <T>(value: T): T => structuredClone(value);

/** The naive witness: an array of documents, searched and changed by mingo, with no index and no server. */
export class Model {
  rows: Row[] = [];

  /** `unique` names a field that, where it is there, no two documents may share. */
  constructor(private readonly unique: string | undefined) {}

  insert(row: Row): void {
    this.refuse(row, -1);
    this.rows.push(copy(row));
  }

  private refuse(row: Row, own: number): void {
    const clash = this.rows.some((other, index) => index !== own && (other._id === row._id || this.sameUnique(other, row)));
    if (clash) throw Object.assign(new Error('duplicate'), { code: 11000 });
  }

  private sameUnique(a: Row, b: Row): boolean {
    return this.unique !== undefined && typeof a[this.unique] === 'number' && a[this.unique] === b[this.unique];
  }

  find(filter: AnyObject): Row[] {
    const query = new Query(filter);
    return this.rows.filter((row) => query.test(row));
  }

  update(filter: AnyObject, change: AnyObject): { matched: number; modified: number } {
    let modified = 0;
    const matched = this.find(filter);
    for (const row of matched) {
      const next = copy(row);
      update(next, change as Parameters<typeof update>[1], [], {});
      const at = this.rows.indexOf(row);
      this.refuse(next, at);
      if (JSON.stringify(next) !== JSON.stringify(row)) modified++;
      this.rows[at] = next;
    }
    return { matched: matched.length, modified };
  }

  remove(filter: AnyObject): number {
    const gone = new Set(this.find(filter));
    this.rows = this.rows.filter((row) => !gone.has(row));
    return gone.size;
  }

  aggregate(pipeline: AnyObject[]): unknown[] {
    return new Aggregator(pipeline).run(copy(this.rows));
  }
}
