import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { type HolidayYear, holidayYear } from '../src/foundation/working-days';

/** Every year of config/holidays, checked. Throws on a file that is not what it should be: a wrong calendar sends at wrong times. */
export function loadHolidays(folder = join(__dirname, 'holidays')): HolidayYear[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => holidayYear.parse(parse(readFileSync(join(folder, name), 'utf8'))));
}
