import { Double } from 'bson';
import { add } from './numbers';
import { compare } from './order';
import { type Found, isNumeric, type Numeric, toNumber } from './values';

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
    if (value instanceof Double && !(this.total instanceof Double)) this.total = new Double(toNumber(this.total));
    if (this.total instanceof Double) this.addDouble(toNumber(value));
    else this.total = wholeSum(this.total, value);
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

function wholeSum(a: Numeric, b: Numeric): Numeric {
  try {
    return add(a, b);
  } catch {
    return new Double(toNumber(a) + toNumber(b));
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

const accumulators = new Map<string, () => Accumulator>([
  ['$sum', () => new Sum()],
  ['$min', () => new Extreme(-1)],
  ['$max', () => new Extreme(1)],
]);

export const accumulatorFor = (operator: string): (() => Accumulator) | undefined => accumulators.get(operator);
