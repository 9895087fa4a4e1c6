import type { SimulatorClock } from '../options';

/** Counts the calls of each address in the last second. */
export class CallRates {
  private readonly calls = new Map<string, number[]>();

  constructor(
    private readonly clock: SimulatorClock,
    private readonly perSecond: number,
  ) {}

  /** False for one call too many; that one does not count. */
  admit(path: string): boolean {
    const now = this.clock.now().getTime();
    const recent = (this.calls.get(path) ?? []).filter((at) => at > now - 1_000 && at <= now);
    const admitted = recent.length < this.perSecond;
    this.calls.set(path, admitted ? [...recent, now] : recent);
    return admitted;
  }
}
