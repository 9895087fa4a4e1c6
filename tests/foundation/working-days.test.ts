import { describe, expect, it } from '@jest/globals';
import { loadHolidays } from '../../config/load-holidays';
import { addDays, type Day } from '../../src/foundation/day';
import { createWorkingDays, type HolidayYear } from '../../src/foundation/working-days';

const years = loadHolidays();
const calendar = createWorkingDays(years);
const yearsOf = (status: HolidayYear['status']): number[] => years.filter((each) => each.status === status).map(({ year }) => year);

/** Days that follow the moon and the sun, written down apart from the product. */
const almanac: Record<number, { newYear: string; dragonBoat: string; midAutumn: string; qingming: string }> = {
  2025: { newYear: '01-29', dragonBoat: '05-31', midAutumn: '10-06', qingming: '04-04' },
  2026: { newYear: '02-17', dragonBoat: '06-19', midAutumn: '09-25', qingming: '04-05' },
  2027: { newYear: '02-06', dragonBoat: '06-09', midAutumn: '09-15', qingming: '04-05' },
  2028: { newYear: '01-26', dragonBoat: '05-28', midAutumn: '10-03', qingming: '04-04' },
};

/** The thirteen days that are free by law since 2025 (全国年节及纪念日放假办法). */
function freeByLaw(year: number): Day[] {
  const { newYear, dragonBoat, midAutumn, qingming } = almanac[year]!;
  const fixed = ['01-01', '05-01', '05-02', '10-01', '10-02', '10-03', qingming, dragonBoat, midAutumn].map((each) => `${year}-${each}`);
  return [...fixed, ...[-1, 0, 1, 2].map((days) => addDays(`${year}-${newYear}`, days))];
}

function daysOfYear(year: number): Day[] {
  const days = [];
  for (let each = `${year}-01-01`; each <= `${year}-12-31`; each = addDays(each, 1)) days.push(each);
  return days;
}

const isWeekend = (day: Day): boolean => [0, 6].includes(new Date(day).getUTCDay());

describe('working days', () => {
  it.each([
    ['2026-09-23', true, 'an ordinary Wednesday'],
    ['2026-09-26', false, 'a Saturday'],
    ['2026-10-06', false, 'a Tuesday of the National Day holidays'],
    ['2026-10-10', true, 'a Saturday worked in exchange'],
    ['2026-02-14', true, 'the Saturday before the Spring Festival, worked in exchange'],
    ['2026-02-20', false, 'a Friday of the Spring Festival'],
  ])('%s: %s, %s', (day, working) => expect(calendar.isWorkingDay(day)).toBe(working));

  it.each([
    ['2027-02-05', false, 'New Year’s Eve of the lunar year, free by law'],
    ['2027-02-08', false, 'the third day of the lunar year'],
    ['2027-02-09', true, 'a Tuesday after it, whatever the list will say'],
    ['2027-10-01', false, 'National Day'],
    ['2027-04-05', false, 'Qingming, a Monday'],
    ['2027-02-20', false, 'a Saturday: nothing is known of days worked in exchange'],
    ['2028-01-27', false, 'the second day of the lunar year'],
  ])('%s, of a year not yet published: %s, %s', (day, working) => expect(calendar.isWorkingDay(day)).toBe(working));

  it('are never the days that are free by law, published or not', () => {
    for (const { year } of years) expect(freeByLaw(year).filter((day) => calendar.isWorkingDay(day))).toEqual([]);
    expect(years.map(({ year }) => year)).toEqual(Object.keys(almanac).map(Number));
  });

  it('are 248 in a published year: 365 days without 104 of weekends and 13 by law', () => {
    expect(yearsOf('published').map((year) => daysOfYear(year).filter((day) => calendar.isWorkingDay(day)).length)).toEqual([248, 248]);
  });

  it('are all weekdays but those by law in a year that is not published', () => {
    for (const year of yearsOf('unpublished')) {
      const law = freeByLaw(year);
      expect(daysOfYear(year).filter((day) => calendar.isWorkingDay(day))).toEqual(
        daysOfYear(year).filter((day) => !isWeekend(day) && !law.includes(day)),
      );
    }
  });

  it('worked in exchange lie on weekends outside the holidays', () => {
    const worked = years.flatMap((year) => year.make_up_workdays);
    expect(worked.filter((day) => !isWeekend(day) || !calendar.isWorkingDay(day))).toEqual([]);
    const free = years.flatMap(({ holidays }) => holidays.filter(({ from }) => from));
    expect(worked.filter((day) => free.some(({ from, to }) => from! <= day && day <= to!))).toEqual([]);
    expect(worked.length).toBeGreaterThan(10);
  });

  it('say of which years the list is published', () => {
    expect([2025, 2026, 2027, 2028, 2029].map((year) => calendar.isKnownYear(year))).toEqual([true, true, false, false, false]);
  });
});
