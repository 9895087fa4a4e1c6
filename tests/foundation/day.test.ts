import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, dayOf, daysBetween, instantOf, periodBounds, quarterOf } from '../../src/foundation/day';

const zone = 'Asia/Shanghai';

describe('days and periods', () => {
  it('change at midnight in Shanghai, not in Greenwich', () => {
    expect(dayOf(new Date('2026-09-30T15:59:59.999Z'), zone)).toBe('2026-09-30');
    expect(dayOf(new Date('2026-09-30T16:00:00.000Z'), zone)).toBe('2026-10-01');
    expect(instantOf('2026-10-01', '00:00', zone).toISOString()).toBe('2026-09-30T16:00:00.000Z');
  });

  it('put a day into its calendar quarter', () => {
    expect(['2026-01-01', '2026-03-31', '2026-04-01', '2026-12-31'].map(quarterOf)).toEqual(['2026-Q1', '2026-Q1', '2026-Q2', '2026-Q4']);
  });

  it('know the bounds of years, halves, quarters and months, leap years included', () => {
    expect(periodBounds('2028-02')).toEqual({ from: '2028-02-01', to: '2028-02-29' });
    expect(periodBounds('2026-Q4')).toEqual({ from: '2026-10-01', to: '2026-12-31' });
    expect(periodBounds('2026-H1')).toEqual({ from: '2026-01-01', to: '2026-06-30' });
    expect(periodBounds('2026')).toEqual({ from: '2026-01-01', to: '2026-12-31' });
    expect(() => periodBounds('2026-13')).toThrow(RangeError);
  });

  it('add and subtract alike, and every day lies within its quarter', () => {
    fc.assert(
      fc.property(fc.integer({ min: -3_000, max: 3_000 }), (days) => {
        const day = addDays('2026-06-15', days);
        expect(daysBetween('2026-06-15', day)).toBe(days);
        const { from, to } = periodBounds(quarterOf(day));
        expect(from <= day && day <= to).toBe(true);
      }),
    );
  });
});
