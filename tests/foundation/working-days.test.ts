import { describe, expect, it } from '@jest/globals';
import { loadHolidays } from '../../config/load-holidays';
import { createWorkingDays } from '../../src/foundation/working-days';

const calendar = createWorkingDays(loadHolidays());

describe('working days', () => {
  it.each([
    ['2026-09-23', true, 'an ordinary Wednesday'],
    ['2026-09-26', false, 'a Saturday'],
    ['2026-10-06', false, 'a Tuesday of the National Day holidays'],
    ['2026-10-10', true, 'a Saturday worked in exchange'],
    ['2026-02-20', false, 'a Friday of the Spring Festival'],
  ])('%s: %s, %s', (day, working) => expect(calendar.isWorkingDay(day)).toBe(working));

  it.each([
    ['2027-02-05', false, 'New Year’s Eve of the lunar year, free by law'],
    ['2027-02-08', false, 'the third day of the lunar year'],
    ['2027-02-09', true, 'a Tuesday after it, whatever the list will say'],
    ['2027-10-01', false, 'National Day'],
    ['2027-04-05', false, 'Qingming, a Monday'],
    ['2027-02-20', false, 'a Saturday: nothing is known of days worked in exchange'],
  ])('%s, of a year not yet published: %s, %s', (day, working) => expect(calendar.isWorkingDay(day)).toBe(working));

  it('say of which years the list is published', () => {
    expect([2025, 2026, 2027].map((year) => calendar.isKnownYear(year))).toEqual([true, true, false]);
  });
});
