import { describe, expect, test } from '@jest/globals';
import { dayNumber, fromIso } from '../../src/chat/reader/calendar';
import { datesIn, timesIn } from './dates';

/** What stands beside a date: where it ends, what only looks like one, and the days on which a reading turns. A Wednesday. */
const today = '2026-09-23';

describe('a date ends where it ends', () => {
  test.each([
    ['走访5号', ['2026-09-05 [5号]']],
    ['走访5月', ['in 2026-05-01..2026-05-31 [5月]']],
    ['走访3天前', ['2026-09-20 [3天前]']],
    ['到五一', ['2026-05-01 [五一]']],
    ['9月22日周二走访', ['2026-09-22 [9月22日周二]']],
    ['2026-09-03走访', ['2026-09-03 [2026-09-03]']],
    ['2026-9-3日走访', ['2026-09-03 [2026-9-3日]']],
    ['20260905走访', ['2026-09-05 [20260905]']],
    ['9月22人', ['in 2026-09-01..2026-09-30 [9月]']],
    ['昨天去夜市', ['2026-09-22 [昨天]']],
    ['五一节慰问', ['2026-05-01 [五一节]']],
    ['9月10-12走访', ['2026-09-10..2026-09-12 [9月10-12]']],
    ['上周一至三走访', ['2026-09-14..2026-09-16 [上周一至三]']],
  ])('%s', (text, wanted) => expect(datesIn(text, today)).toEqual(wanted));
});

describe('what follows a day and is no second end', () => {
  test.each([
    ['上周一到三个村', ['2026-09-14 [上周一]']],
    ['9月9日到3号院', ['2026-09-09 [9月9日]']],
    ['9月9日,12', ['2026-09-09 [9月9日]']],
    ['上周末、今天', ['2026-09-19..2026-09-20 [上周末]', '2026-09-23 [今天]']],
    ['本周和今天', ['in 2026-09-21..2026-09-27 [本周]', '2026-09-23 [今天]']],
    ['五一期间、5月8日', ['2026-05-01..2026-05-05 [五一期间]', '2026-05-08 [5月8日]']],
  ])('%s', (text, wanted) => expect(datesIn(text, today)).toEqual(wanted));
});

describe('second ends', () => {
  test.each([
    ['7月1日到3日', '2026-07-01..2026-07-03'],
    ['6月28日至2日', '2026-06-28..2026-07-02'],
    ['9月1日—3日', '2026-09-01..2026-09-03'],
    ['9月1日—3', '2026-09-01..2026-09-03'],
    ['9月1日(周二)到三日', '2026-09-01..2026-09-03'],
    ['周1到周3', '2026-09-21..2026-09-23'],
    ['本周五到周1', '2026-09-25..2026-09-28'],
    ['周五—周一', '2026-09-18..2026-09-21'],
    ['教师节到9月12日', '2026-09-10..2026-09-12'],
  ])('%s is %s', (text, wanted) => expect(datesIn(text, today)).toEqual([wanted]));
});

describe('days written otherwise', () => {
  test.each([
    ['1号', '2026-09-01'],
    ['31号', '2026-08-31'],
    ['1.1', '2026-01-01'],
    ['12.31', '2025-12-31'],
    ['12.5', '2025-12-05'],
    ['二零二五年十月三日', '2025-10-03'],
    ['俩星期前', '2026-09-09'],
    ['俩月前', 'in 2026-07-01..2026-07-31'],
    ['半月前', '2026-09-08'],
    ['3月前', 'in 2026-03-01..2026-03-31 [3月]'],
    ['十三天前', '2026-09-10'],
    ['两三天前', 'vague'],
    ['七八天前', 'vague'],
    ['0月5日', 'invalid'],
    ['9月0日', 'invalid'],
    ['32号', 'invalid'],
    ['2月29日', 'invalid'],
  ])('%s is %s', (text, wanted) => expect(datesIn(text, today)).toEqual([wanted]));
});

test.each(['忆昨,走访', '0号柴油', '35号人', '0.5', '13.5', '9.0', '9.32', '为期1.5月', '5号线', '3日均'])('%s names no day', (text) =>
  expect(datesIn(text, today)).toEqual([]),
);

describe('the day on which it is said', () => {
  test.each([
    ['周末', 'past', '2026-09-26', '2026-09-26..2026-09-27'],
    ['周末', 'past', '2026-09-27', '2026-09-26..2026-09-27'],
    ['周末', 'past', '2026-09-25', '2026-09-19..2026-09-20'],
    ['教师节', 'past', '2026-09-10', '2026-09-10'],
    ['教师节', 'past', '2026-09-09', '2025-09-10'],
    ['国庆期间', 'next', '2026-10-07', '2026-10-01..2026-10-07'],
    ['10月2日', 'next', '2026-09-23', '2026-10-02'],
  ] as const)('%s (%s) on %s is %s', (text, direction, day, wanted) => expect(datesIn(text, day, direction)).toEqual([wanted]));

  test('a festival of a year whose calendar is not known names no day', () => {
    expect(datesIn('中秋', '2019-05-01')).toEqual([]);
    expect(datesIn('正月初五', '2019-05-01')).toEqual(['vague']);
  });
});

describe('clock times at the edge', () => {
  test.each([
    ['傍晚4点', ['evening 16:00 [傍晚4点]']],
    ['十点〇五', ['10:05 [十点〇五]']],
    ['9点谈问题', ['09:00 [9点]']],
    ['9点半建议会', ['09:30 [9点半]']],
    ['9点60分', []],
    ['9点75分', []],
  ])('%s', (text, wanted) => expect(timesIn(text)).toEqual(wanted));
});

test('only a day there is has a number', () => {
  expect(dayNumber(2026, 0, 5)).toBeNull();
  expect(dayNumber(2026, 5, 0)).toBeNull();
  expect(dayNumber(2026, 4, 31)).toBeNull();
  for (const iso of ['2026-02-30', '昨天', '第2026-09-01']) expect(() => fromIso(iso)).toThrow(new RangeError(`not a day: ${iso}`));
});
