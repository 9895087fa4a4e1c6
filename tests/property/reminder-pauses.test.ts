import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { loadHolidays } from '../../config/load-holidays';
import { planReminders } from '../../jobs/plan-reminders';
import type { Ledger, LedgerRow } from '../../src/delivery/ledger';
import { periodBounds, quarterOf } from '../../src/foundation/day';
import { createWorkingDays } from '../../src/foundation/working-days';
import type { Progress } from '../../src/quotas/progress';
import { type ReminderDeps, recheckReminder } from '../../src/quotas/reminders';
import type { ReminderSettings } from '../../src/quotas/scheme';
import { body, roster } from '../helpers/roster';

const minute = 60_000;
const calendar = createWorkingDays(loadHolidays());
const localDay = (at: number): string => new Date(at + 480 * minute).toISOString().slice(0, 10);
const localTime = (at: number): string => new Date(at + 480 * minute).toISOString().slice(11, 16);
const dayNumber = (at: number): number => Math.floor((at + 480 * minute) / (1_440 * minute));

/** Any organisation's settings that its scheme file may hold. */
const anySettings: fc.Arbitrary<ReminderSettings> = fc.record({
  daysBeforeQuarterEnd: fc.uniqueArray(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 5 }),
  lateDays: fc.integer({ min: 0, max: 45 }),
  gapDays: fc.integer({ min: 14, max: 30 }),
  perQuarter: fc.integer({ min: 0, max: 2 }),
  from: fc.constant('09:00'),
  to: fc.constant('18:00'),
});
/** What happens next, how many days later and at which minute of the day: the job looks, the sender works, the gap closes or opens. */
const anyEvents = fc.array(
  fc.record({
    days: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 2, arbitrary: fc.integer({ min: 1, max: 14 }) }),
    at: fc.oneof(fc.integer({ min: 9 * 60, max: 18 * 60 }), fc.integer({ min: 0, max: 1_439 })),
    what: fc.constantFrom('plan', 'plan', 'plan', 'deliver', 'deliver', 'deliver', 'record', 'withdraw'),
  }),
  { minLength: 60, maxLength: 160 },
);

/** One member's year with the real job and the real check before sending; the ledger is a list. */
class Year {
  now = Date.parse('2026-01-01T00:00:00+08:00');
  readonly rows: LedgerRow[] = [];
  readonly sent: number[] = [];
  private doneIn = '';
  private readonly deps: ReminderDeps;

  constructor(settings: ReminderSettings) {
    const member = roster[0]!;
    const ledger: Ledger = {
      plan: async (row) => {
        if (this.rows.some(({ key }) => key === row.key)) return 'already';
        this.rows.push({ ...row, state: 'planned', plannedAt: new Date(this.now), attempts: 0 });
        return 'planned';
      },
      handOver: async () => false,
      unconfirmed: async () => [],
      history: async () => this.rows.toReversed(),
    };
    const quotas = {
      scheme: async () => ({ reminders: settings }),
      progress: async () => [this.progress()],
      async *members() {
        yield member;
      },
    };
    const organisation = { body: async () => body, member: async () => member };
    const clock = { now: () => new Date(this.now) };
    this.deps = {
      quotas,
      organisation,
      ledger,
      workingDays: calendar,
      mutes: { has: async () => false },
      clock,
    } as unknown as ReminderDeps;
  }

  /** To minute `at` of the day so many days later; the next day when that is over. */
  pass(days: number, at: number): void {
    const ofDay = (dayNumber(this.now) + days) * 1_440 + at - 480;
    this.now = ofDay * minute < this.now ? (ofDay + 1_440) * minute : ofDay * minute;
  }

  get behind(): boolean {
    return this.doneIn !== quarterOf(localDay(this.now));
  }

  progress(): Progress {
    const rule = { metric: 'events', every: 'quarter', min: 1 } as const;
    const period = quarterOf(localDay(this.now));
    const remaining = this.behind ? 1 : 0;
    const { to: due } = periodBounds(period);
    return { policyId: 'ws', advisory: false, rule, period, done: 1 - remaining, needed: 1, remaining, due, counted: [] };
  }

  async happens(what: string): Promise<void> {
    if (what === 'plan') await planReminders.handler(this.deps)({ body: body.id, occasion: 'test' });
    if (what === 'deliver') await this.deliver();
    if (what === 'record') this.doneIn = quarterOf(localDay(this.now));
    if (what === 'withdraw') this.doneIn = '';
  }

  private async deliver(): Promise<void> {
    const now = new Date(this.now);
    for (const row of this.rows.filter(({ state, dueAt }) => state === 'planned' && dueAt <= now)) {
      const verdict = row.expiresAt && row.expiresAt <= now ? { skip: 'expired' } : await recheckReminder(this.deps)(row, now);
      if ('notBefore' in verdict) row.dueAt = verdict.notBefore;
      else Object.assign(row, { state: 'go' in verdict ? 'sent' : 'skipped', settledAt: now });
      if ('go' in verdict) this.sent.push(this.now);
    }
  }
}

describe('reminders under any scheme and any pauses of planner and sender', () => {
  it('arrive at allowed minutes, while something is open, far enough apart and few enough in a quarter', async () => {
    let arrived = 0;
    let metInBetween = 0;
    await fc.assert(
      fc.asyncProperty(anySettings, anyEvents, async (settings, events) => {
        const year = new Year(settings);
        for (const { days, at, what } of events) {
          year.pass(days, at);
          if (localDay(year.now) > '2027-12-31') break;
          const before = year.sent.length;
          await year.happens(what);
          if (year.sent.length === before) continue;
          const time = localTime(year.now);
          expect({ behind: year.behind, working: calendar.isWorkingDay(localDay(year.now)) }).toEqual({ behind: true, working: true });
          expect(time >= '09:00' && time < '18:00' && !/:[03]0$/.test(time)).toBe(true);
        }
        for (const [i, at] of year.sent.entries())
          if (i > 0) expect(dayNumber(at) - dayNumber(year.sent[i - 1]!)).toBeGreaterThanOrEqual(settings.gapDays);
        const quarters = year.sent.map((at) => quarterOf(localDay(at)));
        for (const quarter of quarters) expect(quarters.filter((each) => each === quarter).length).toBeLessThanOrEqual(settings.perQuarter);
        arrived += year.sent.length;
        metInBetween += year.rows.filter(({ state }) => state === 'skipped').length;
      }),
      { numRuns: 600, interruptAfterTimeLimit: 20_000 },
    );
    expect(arrived).toBeGreaterThan(100);
    expect(metInBetween).toBeGreaterThan(20);
  });
});
