import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { dayNumber, fromIso, shiftMonth, toIso, weekday } from '../../src/reader/calendar';
import { datesIn } from '../reader/dates';

/** Every day of ten years. */
const anyDay = fc.integer({ min: 0, max: 3652 }).map((n) => DateTime.utc(2020, 1, 1).plus({ days: n }));
const iso = (day: DateTime): string => day.toISODate() ?? '';
const one = (text: string, today: DateTime, direction: 'past' | 'next' = 'past'): string | undefined =>
  datesIn(text, iso(today), direction)[0];
const range = (from: DateTime, to: DateTime): string => `in ${iso(from)}..${iso(to)}`;

test('day numbers say the same as luxon over ten years', () => {
  fc.assert(
    fc.property(anyDay, (day) => {
      const n = dayNumber(day.year, day.month, day.day) ?? Number.NaN;
      expect([toIso(n), fromIso(iso(day)), weekday(n)]).toEqual([iso(day), n, day.weekday]);
    }),
  );
});

test('months shift as in luxon', () => {
  fc.assert(
    fc.property(anyDay, fc.integer({ min: -40, max: 40 }), (day, by) => {
      const { year, month } = day.startOf('month').plus({ months: by });
      expect(shiftMonth(day, by)).toEqual({ year, month });
    }),
  );
});

test('昨天, N天前 and N天后 are so many days away', () => {
  fc.assert(
    fc.property(anyDay, fc.integer({ min: 1, max: 99 }), (today, n) => {
      expect(one('昨天', today)).toBe(iso(today.minus({ days: 1 })));
      expect(one('大前天', today)).toBe(iso(today.minus({ days: 3 })));
      expect(one(`${n}天前`, today)).toBe(iso(today.minus({ days: n })));
      expect(one(`${n}天后`, today)).toBe(iso(today.plus({ days: n })));
      expect(one(`${n}周前`, today)).toBe(iso(today.minus({ weeks: n })));
    }),
  );
});

test('weekdays are those of weeks that begin on Monday', () => {
  fc.assert(
    fc.property(anyDay, fc.integer({ min: 1, max: 7 }), (today, nth) => {
      const name = '一二三四五六日'[nth - 1];
      const here = today.startOf('week').plus({ days: nth - 1 });
      expect(one(`上周${name}`, today)).toBe(iso(here.minus({ weeks: 1 })));
      expect(one(`上上星期${name}`, today)).toBe(iso(here.minus({ weeks: 2 })));
      expect(one(`本周${name}`, today)).toBe(iso(here));
      expect(one(`下周${name}`, today)).toBe(iso(here.plus({ weeks: 1 })));
      expect(one(`周${name}`, today)).toBe(iso(here > today ? here.minus({ weeks: 1 }) : here));
      expect(one(`周${name}`, today, 'next')).toBe(iso(here < today ? here.plus({ weeks: 1 }) : here));
    }),
  );
});

test('a day without its year is the latest one not after today, or the next one', () => {
  fc.assert(
    fc.property(anyDay, anyDay, (today, day) => {
      fc.pre(!(day.month === 2 && day.day === 29));
      const here = day.set({ year: today.year });
      const written = `${day.month}月${day.day}日`;
      expect(one(written, today)).toBe(iso(here > today ? here.minus({ years: 1 }) : here));
      expect(one(written, today, 'next')).toBe(iso(here < today ? here.plus({ years: 1 }) : here));
    }),
  );
});

test('a day with its year is that day, however it is written', () => {
  fc.assert(
    fc.property(anyDay, anyDay, (today, day) => {
      for (const format of ["yyyy'年'M'月'd'日'", "yyyy'年'MM'月'dd'号'", 'yyyy-MM-dd', 'yyyy/M/d', 'yyyy.MM.dd', 'yyyyMMdd'])
        expect(one(day.toFormat(format), today)).toBe(iso(day));
    }),
  );
});

test('a bare 5号 is of this month, or of the last one where that would be in the future', () => {
  fc.assert(
    fc.property(anyDay, fc.integer({ min: 1, max: 28 }), (today, n) => {
      const here = today.set({ day: n });
      expect(one(`${n}号`, today)).toBe(iso(here > today ? here.minus({ months: 1 }) : here));
      expect(one(`上月${n}号`, today)).toBe(iso(here.minus({ months: 1 })));
    }),
  );
});

test('a day that no month has is said to be invalid', () => {
  fc.assert(
    fc.property(anyDay, fc.integer({ min: 1, max: 12 }), fc.integer({ min: 29, max: 31 }), (today, month, day) => {
      const real = DateTime.utc(2024, month, day).isValid;
      fc.pre(!real);
      expect(one(`${month}月${day}日`, today)).toBe('invalid');
    }),
  );
});

test('months, quarters and ten days begin and end as in luxon', () => {
  fc.assert(
    fc.property(anyDay, fc.integer({ min: 1, max: 4 }), (today, n) => {
      const month = today.startOf('month').minus({ months: 1 });
      expect(one('上个月', today)).toBe(range(month, month.endOf('month')));
      expect(one('上月中旬', today)).toBe(range(month.set({ day: 11 }), month.set({ day: 20 })));
      expect(one('上月底', today)).toBe(range(month.set({ day: 21 }), month.endOf('month')));
      const quarter = today.startOf('quarter').minus({ quarters: 1 });
      expect(one('上季度', today)).toBe(range(quarter, quarter.endOf('quarter')));
      const named = DateTime.utc(today.year, n * 3 - 2, 1);
      const said = named > today ? named.minus({ years: 1 }) : named;
      expect(one(`${'一二三四'[n - 1]}季度`, today)).toBe(range(said, said.endOf('quarter')));
    }),
  );
});

test('two days joined by 到 are a range with both ends', () => {
  fc.assert(
    fc.property(anyDay, fc.integer({ min: 1, max: 60 }), (from, days) => {
      const to = from.plus({ days });
      const today = to.plus({ days: 1 });
      expect(one(`${from.toFormat("yyyy'年'M'月'd'日'")}到${to.toFormat("yyyy'年'M'月'd'日'")}`, today)).toBe(`${iso(from)}..${iso(to)}`);
    }),
  );
});
