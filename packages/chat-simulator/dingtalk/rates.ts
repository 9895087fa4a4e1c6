import type { SimulatorClock } from '../options';

/** 20 calls a second per app and API (dingtalk.md 3.9). */
const perSecond = 20;

/** Counts the calls of each address in the last second. */
export class CallRates {
  private readonly calls = new Map<string, number[]>();

  constructor(private readonly clock: SimulatorClock) {}

  /** False for one call too many; that one does not count. */
  admit(path: string): boolean {
    const now = this.clock.now().getTime();
    const recent = (this.calls.get(path) ?? []).filter((at) => at > now - 1_000 && at <= now);
    const admitted = recent.length < perSecond;
    this.calls.set(path, admitted ? [...recent, now] : recent);
    return admitted;
  }
}
