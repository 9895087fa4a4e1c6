import { Decimal128, Double } from 'bson';
import { combine } from './arithmetic';
import { notDone, StoreError } from './failure';
import { compare, encode } from './order';
import { type Doc, type Found, isDoc, isNumeric, type Numeric, toNumber, type Value } from './values';

/** Takes the values of one group and gives the result. */
export interface Accumulator {
  add(value: Found): void;
  result(): Found;
}

/** Sums in the types MongoDB gives: Int32 until it overflows, Int64, double as soon as one is a double. */
class Sum implements Accumulator {
  private total: Numeric = 0;
  private compensation = 0;

  add(value: Found): void {
    if (!isNumeric(value)) return;
    if (value instanceof Double && !(this.total instanceof Decimal128)) this.total = new Double(toNumber(this.total));
    if (this.total instanceof Double && !(value instanceof Decimal128)) this.addDouble(toNumber(value));
    else if (typeof value === 'number' && typeof this.total === 'number') this.total = asWhole(this.total + value);
    else this.total = combineSum(this.total, value);
  }

  // Kahan's compensated sum, as MongoDB uses it: 0.1 ten times is 1.
  private addDouble(value: number): void {
    const before = (this.total as Double).value;
    const sum = before + value;
    if (Number.isFinite(sum)) this.compensation += Math.abs(before) >= Math.abs(value) ? before - sum + value : value - sum + before;
    this.total = new Double(sum);
  }

  result(): Numeric {
    return this.total instanceof Double ? new Double(this.total.value + this.compensation) : this.total;
  }
}

const asWhole = (sum: number): Numeric => ((sum | 0) === sum ? sum : BigInt(sum));

function combineSum(a: Numeric, b: Numeric): Numeric {
  try {
    return combine('add', a, b);
  } catch (error) {
    if (a instanceof Decimal128 || b instanceof Decimal128) throw error;
    return new Double(toNumber(a) + toNumber(b));
  }
}

class Average implements Accumulator {
  private readonly sum = new Sum();
  private count = 0;

  add(value: Found): void {
    if (!isNumeric(value)) return;
    if (value instanceof Decimal128) throw notDone('$avg of Decimal128', 'BadValue');
    this.sum.add(value);
    this.count++;
  }

  result(): Found {
    return this.count === 0 ? null : new Double(toNumber(this.sum.result()) / this.count);
  }
}

class Extreme implements Accumulator {
  private best: Found;

  constructor(private readonly direction: 1 | -1) {}

  add(value: Found): void {
    if (value === undefined || value === null) return;
    if (this.best === undefined || compare(value, this.best) * this.direction > 0) this.best = value;
  }

  result(): Found {
    return this.best ?? null;
  }
}

class First implements Accumulator {
  private value: Found;
  private any = false;

  constructor(private readonly last: boolean) {}

  add(value: Found): void {
    if (this.any && !this.last) return;
    this.any = true;
    this.value = value;
  }

  result(): Found {
    return this.value ?? null;
  }
}

class Push implements Accumulator {
  private readonly items: Value[] = [];

  add(value: Found): void {
    if (value !== undefined) this.items.push(value);
  }

  result(): Found {
    return this.items;
  }
}

class AddToSet implements Accumulator {
  private readonly items = new Map<string, Value>();

  add(value: Found): void {
    if (value === undefined) return;
    const key = encode(value).toString('latin1');
    if (!this.items.has(key)) this.items.set(key, value);
  }

  result(): Found {
    return [...this.items.values()];
  }
}

class MergeObjects implements Accumulator {
  private readonly merged: Doc = new Map();

  add(value: Found): void {
    if (value === undefined || value === null) return;
    if (!isDoc(value)) throw new StoreError(40400, '$mergeObjects requires object inputs');
    for (const [name, item] of value) this.merged.set(name, item);
  }

  result(): Found {
    return this.merged;
  }
}

const accumulators: Record<string, () => Accumulator> = {
  $sum: () => new Sum(),
  $avg: () => new Average(),
  $min: () => new Extreme(-1),
  $max: () => new Extreme(1),
  $first: () => new First(false),
  $last: () => new First(true),
  $push: () => new Push(),
  $addToSet: () => new AddToSet(),
  $mergeObjects: () => new MergeObjects(),
};

export const accumulatorFor = (operator: string): (() => Accumulator) | undefined => accumulators[operator];
