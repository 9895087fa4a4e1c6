import { StoreError } from './failure';
import { type Found, isDoc } from './values';

const most = 100 * 1024 * 1024;

/** Roughly what a value takes in memory, in bytes. */
export function sizeOf(value: Found): number {
  if (typeof value === 'string') return 16 + value.length * 2;
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + sizeOf(item), 16);
  if (isDoc(value)) {
    let sum = 32;
    for (const item of value.values()) sum += 24 + sizeOf(item);
    return sum;
  }
  return 16;
}

/** What one stage holds at a time: at most 100 MB, as MongoDB allows a stage that may not use the disk. */
export class Held {
  private bytes = 0;

  constructor(private readonly refusal: string) {}

  add(bytes: number): void {
    this.bytes += bytes;
    if (this.bytes > most) throw new StoreError('QueryExceededMemoryLimitNoDiskUseAllowed', this.refusal);
  }

  fits(bytes: number): boolean {
    return this.bytes + bytes <= most;
  }

  /** After some of it was let go. */
  set(bytes: number): void {
    this.bytes = 0;
    this.add(bytes);
  }
}
