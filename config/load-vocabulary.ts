import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type Vocabulary, vocabularySchema } from '../src/reader/vocabulary';
import { loadHolidays } from './load-holidays';
import { dataFilesIn, readData } from './read-data';

/** By folder: a house that is opened again in one process (tests do so hundreds of times) reads the same words once. Nobody changes them. */
const loaded = new Map<string, Vocabulary>();

/**
 * The reader's words (config/vocabulary) and the calendar data (config/holidays), checked. Works from the sources and from dist:
 * the build puts both folders beside the compiled file.
 * @throws ZodError naming the key when a file does not fit its schema.
 */
export function loadVocabulary(root: string = __dirname): Vocabulary {
  const known = loaded.get(root);
  if (known) return known;
  const folder = join(root, 'vocabulary');
  if (!existsSync(folder)) throw new Error(`vocabulary not found: ${folder}`);
  const parts = Object.fromEntries(dataFilesIn(folder).map((file) => [basename(file), readData(file)]));
  const holidays = loadHolidays(join(root, 'holidays'));
  const vocabulary = { ...vocabularySchema.parse(parts), holidays };
  loaded.set(root, vocabulary);
  return vocabulary;
}
