import { describe, expect, it } from '@jest/globals';
import { loadHolidays } from '../../config/load-holidays';
import { loadSchemes } from '../../config/load-scheme';
import { createWorkingDays } from '../../src/foundation/working-days';
import type { Progress } from '../../src/quotas/progress';
import { allowedMoment, capped, decideReminder, type EarlierReminder, reminderKey } from '../../src/quotas/reminder-rules';

const zone = 'Asia/Shanghai';
const calendar = createWorkingDays(loadHolidays());
const scheme = loadSchemes().get('gs-ws')!.reminders;
const at = (local: string): Date => new Date(`${local}:00+08:00`);
const shown = (instant: Date): string => new Date(instant.getTime() + 8 * 3_600_000).toISOString().slice(0, 16);
const earlier = (local: string, more: Partial<EarlierReminder> = {}): EarlierReminder => ({
  key: reminderKey('m1', local),
  state: 'sent',
  dueAt: at(local),
  ...more,
});
const behind: Progress = {
  policyId: 'ws',
  advisory: false,
  rule: { metric: 'events', every: 'quarter', min: 1 },
  period: '2026-Q4',
  done: 0,
  needed: 1,
  remaining: 1,
  due: '2026-12-31',
  counted: [],
};
const decide = (local: string, more: { settings?: typeof scheme; history?: EarlierReminder[] } = {}) =>
  decideReminder({ progress: [behind], settings: scheme, history: [], memberId: 'm1', now: at(local), zone, calendar, ...more });
const outcome = (local: string, more: Parameters<typeof decide>[1] = {}): string => {
  const decision = decide(local, more);
  return decision.kind === 'send' ? `${decision.occasion} until ${shown(decision.expiresAt)}` : decision.why;
};

describe('the caps of reminders (C08)', () => {
  it.each([
    ['2026-12-03T10:05', [earlier('2026-11-20T15:05')], true, '13 days after one'],
    ['2026-12-04T09:05', [earlier('2026-11-20T17:05')], false, '14 days after one, by days and not by hours'],
    [
      '2026-12-04T10:05',
      [earlier('2026-11-01T10:05', { settledAt: at('2026-11-25T10:05') })],
      true,
      'one that was late arrived 9 days before',
    ],
    ['2026-12-20T10:05', [earlier('2026-10-05T10:05'), earlier('2026-11-16T10:05')], true, 'two in the quarter'],
    ['2026-12-20T10:05', [earlier('2026-09-30T10:05'), earlier('2026-11-16T10:05')], false, 'one of the two in the quarter before'],
    ['2026-12-03T10:05', [earlier('2026-11-25T10:05', { state: 'planned' })], true, 'one is planned'],
    ['2026-12-03T10:05', [earlier('2026-11-25T10:05', { state: 'claimed' })], true, 'one is being sent'],
    ['2026-12-03T10:05', [earlier('2026-11-25T10:05', { state: 'unknown' })], true, 'one may have arrived'],
    ['2026-12-03T10:05', [earlier('2026-11-25T10:05', { state: 'skipped' })], false, 'one was not sent'],
    ['2026-12-03T10:05', [earlier('2026-11-25T10:05', { state: 'refused' })], false, 'one was refused by the platform'],
  ])('%s: %#', (local, history, expected, _why) => {
    expect(capped(history, at(local), scheme, zone)).toBe(expected);
  });
});

describe('the occasions of a quarter', () => {
  it.each([
    ['2026-11-13T10:07', 'no_occasion', 'the Friday before the first'],
    ['2026-11-16T10:07', '2026-Q4-45 until 2026-11-26T18:00', '45 days before the end fell on the Monday'],
    ['2026-11-26T10:07', '2026-Q4-45 until 2026-11-26T18:00', 'ten days late is still made up for'],
    ['2026-11-26T17:59', 'no_occasion', 'too late on the last day: it would be the next morning'],
    ['2026-11-27T10:07', 'no_occasion', 'eleven days late is dropped'],
    ['2026-12-17T08:07', '2026-Q4-14 until 2026-12-27T18:00', '14 days before the end, in the morning'],
    ['2026-12-28T10:07', 'no_occasion', 'eleven days late'],
  ])('%s: %s (%s)', (local, expected) => expect(outcome(local)).toBe(expected));

  it('never outlive the quarter', () => {
    expect(outcome('2026-12-28T10:07', { settings: { ...scheme, daysBeforeQuarterEnd: [5], lateDays: 20 } })).toBe(
      '2026-Q4-5 until 2026-12-31T18:00',
    );
  });

  it('are taken one at a time, the latest first, and each once', () => {
    const settings = { ...scheme, daysBeforeQuarterEnd: [40, 20], lateDays: 30 };
    expect(outcome('2026-12-14T10:07', { settings })).toBe('2026-Q4-20 until 2026-12-31T18:00');
    expect(
      outcome('2026-12-14T10:07', { settings, history: [{ ...earlier('2026-12-14T10:20'), key: reminderKey('m1', '2026-Q4-20') }] }),
    ).toBe('already');
    expect(outcome('2026-12-17T10:07', { history: [earlier('2026-12-10T10:20')] })).toBe('capped');
  });
});

describe('the next allowed moment', () => {
  it.each([
    ['2026-12-17T10:05', '2026-12-17T10:05', 'now'],
    ['2026-12-17T10:00', '2026-12-17T10:01', 'not on the hour'],
    ['2026-12-17T10:30', '2026-12-17T10:31', 'nor on the half'],
    ['2026-12-17T07:10', '2026-12-17T09:11', 'in the morning'],
    ['2026-12-17T18:00', '2026-12-18T09:01', 'after work, tomorrow'],
    ['2026-12-18T20:40', '2026-12-21T09:13', 'on Friday night, on Monday'],
    ['2026-09-30T18:20', '2026-10-08T09:21', 'after the National Day holidays'],
    ['2026-10-09T19:10', '2026-10-10T09:11', 'on a Saturday that is worked'],
    ['2027-02-04T18:10', '2027-02-09T09:11', 'after the Spring Festival, before its list is published'],
  ])('%s → %s (%s)', (from, expected) => {
    expect(shown(allowedMoment(at(from), { settings: scheme, zone, calendar }))).toBe(expected);
  });
});
