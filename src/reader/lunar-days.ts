import { civil, dayNumber, type EpochDay } from './calendar';
import type { DateAtom, DateScene } from './date-atom';
import { matchAt } from './match';
import { small, smallValue } from './small-number';

type LunarMonth = { first: EpochDay; days: number };
type Library = typeof import('lunar-typescript');

let library: Library | null = null;

/** Loaded when the first lunar day is said: most lines have none. */
const lunar = (): Library => (library ??= require('lunar-typescript') as Library);

const known = new Map<string, LunarMonth | null>();

/** A month of the moon; `month` is negative for the leap month; null when that year has none. */
function monthOf(year: number, month: number): LunarMonth | null {
  const key = `${year}.${month}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  const found = lunar().LunarMonth.fromYm(year, month);
  const solar = found && lunar().Lunar.fromYmd(year, month, 1).getSolar();
  const first = solar && dayNumber(solar.getYear(), solar.getMonth(), solar.getDay());
  const result = found && first !== undefined && first !== null ? { first, days: found.getDayCount() } : null;
  known.set(key, result);
  return result;
}

const year = /(?:(今|去|前|明)年的?|(\d{4})年)?/y;
const leap = /闰?/y;
const month = new RegExp(`(正|冬|腊|${small})月份?`, 'y');
/** 初九 and 廿三 are of the moon; 廿二日, 初三学生 and 九月初三户 are not. */
const moonDay =
  /(?:初([一二三四五六七八九十])|(廿[一二三四五六七八九]?(?![日号一二三四五六七八九])))[日号]?(?![人名位个户家条年级班学中毕])/y;
const anyDay = new RegExp(`(${small})[日号]?(?![\\d人名位个户家条])`, 'y');

const yearShift: Record<string, number> = { 今: 0, 去: -1, 前: -2, 明: 1 };
const monthNames: Record<string, number> = { 正: 1, 冬: 11, 腊: 12 };

/** 农历九月初九, 七月初七, 腊月二十三, 闰六月十五, 农历去年八月十五 at `at`; null when no day of the moon is said there. */
export function readLunarDay(text: string, at: number, scene: DateScene): DateAtom | null {
  if (/[\d一二三四五六七八九十]/.test(text[at - 1] ?? '')) return null;
  let end = at + (scene.lunarCalendar.at(text, at)?.length ?? 0);
  const said = end > at;
  const inYear = matchAt(year, text, end);
  end += inYear?.[0].length ?? 0;
  const isLeap = matchAt(leap, text, end)?.[0] === '闰';
  const ofMonth = matchAt(month, text, end + (isLeap ? 1 : 0));
  if (!ofMonth) return null;
  const named = monthNames[ofMonth[1] ?? ''];
  end += ofMonth[0].length + (isLeap ? 1 : 0);
  const own = matchAt(moonDay, text, end);
  const day = own ?? (said || isLeap || named ? matchAt(anyDay, text, end) : null);
  if (!day) return said ? { end, kind: 'vague' } : null;
  const number = named ?? smallValue(ofMonth[1]);
  const nth = smallValue(day[1] ?? day[2]);
  if (!(number >= 1 && number <= 12) || !(nth >= 1 && nth <= 30)) return null;
  const now = civil(scene.today).year;
  const years = inYear?.[1] ? [now + (yearShift[inYear[1]] ?? 0)] : inYear?.[2] ? [Number(inYear[2])] : null;
  return inYears(end + day[0].length, [isLeap ? -number : number, nth], years, scene);
}

/** The nearest such day in the direction looked; a thirtieth its month does not have is none. */
function inYears(end: number, [monthNumber, nth]: [number, number], years: readonly number[] | null, scene: DateScene): DateAtom {
  const now = civil(scene.today).year;
  const possible = (years ?? [now - 3, now - 2, now - 1, now, now + 1, now + 2]).flatMap((y) => {
    const found = monthOf(y, monthNumber);
    return found ? [found] : [];
  });
  const dayIn = (m: LunarMonth): EpochDay => m.first + nth - 1;
  const near =
    years !== null
      ? possible[0]
      : scene.direction === 'past'
        ? possible.findLast((m) => dayIn(m) <= scene.today)
        : possible.find((m) => dayIn(m) >= scene.today);
  if (!near || nth > near.days) return { end, kind: near ? 'invalid' : 'vague' };
  return { end, kind: 'day', from: dayIn(near), to: dayIn(near) };
}

/** 大年初三, 除夕 (`nth` 0): counted from the new year of the moon. */
export function nearNewYear(end: number, nth: number, scene: DateScene): DateAtom {
  const now = civil(scene.today).year;
  const days = [now - 1, now, now + 1].flatMap((y) => {
    const first = monthOf(y, 1)?.first;
    return first === undefined ? [] : [first + nth - 1];
  });
  const day = scene.direction === 'past' ? days.findLast((d) => d <= scene.today) : days.find((d) => d >= scene.today);
  return day === undefined ? { end, kind: 'vague' } : { end, kind: 'day', from: day, to: day };
}
