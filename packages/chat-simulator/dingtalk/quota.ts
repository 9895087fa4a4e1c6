import type { SimulatorClock } from '../options';

/** Of the 标准版, an organisation and month. */
const standard = { calls: 5_000, pushes: 3_000 };
const eastOfGreenwichMs = 8 * 3_600_000;

export type PlanLimits = typeof standard;

/** What the organisation's plan has been charged in the calendar month, and whether it covers one more. */
export class MonthlyQuota {
  private month = '';
  private used = { calls: 0, pushes: 0 };

  constructor(
    private readonly clock: SimulatorClock,
    private readonly limits: PlanLimits = standard,
  ) {}

  /** Charges one; false when the month is used up, and then nothing is charged. */
  charge(kind: keyof PlanLimits): boolean {
    const used = this.now();
    if (used[kind] >= this.limits[kind]) return false;
    used[kind] += 1;
    return true;
  }

  /** What the console's page 用量管控 shows. */
  now(): { calls: number; pushes: number } {
    const month = new Date(this.clock.now().getTime() + eastOfGreenwichMs).toISOString().slice(0, 7);
    if (month !== this.month) {
      this.month = month;
      this.used = { calls: 0, pushes: 0 };
    }
    return this.used;
  }
}
