import { join } from 'node:path';
import { type HolidayYear, holidayYear } from '../src/foundation/working-days';
import { dataFilesIn, readData } from './read-data';

/** Every year of config/holidays, checked. Throws on a file that is not what it should be: a wrong calendar sends at wrong times. */
export function loadHolidays(folder = join(__dirname, 'holidays')): HolidayYear[] {
  return dataFilesIn(folder).map((file) => holidayYear.parse(readData(file)));
}
