import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse } from 'yaml';
import { type Vocabulary, vocabularySchema } from '../src/reader/vocabulary';
import { loadHolidays } from './load-holidays';

const yamlFiles = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => join(folder, name));

const read = (file: string): unknown => parse(readFileSync(file, 'utf8'));

/**
 * The reader's words (config/vocabulary) and the calendar data (config/holidays), checked. Works from the sources and from dist:
 * the build copies both folders beside the compiled file.
 * @throws ZodError naming the key when a file does not fit its schema.
 */
export function loadVocabulary(root: string = __dirname): Vocabulary {
  const folder = join(root, 'vocabulary');
  if (!existsSync(folder)) throw new Error(`vocabulary not found: ${folder}`);
  const parts = Object.fromEntries(yamlFiles(folder).map((file) => [basename(file, '.yaml'), read(file)]));
  const holidays = loadHolidays(join(root, 'holidays'));
  return { ...vocabularySchema.parse(parts), holidays };
}
