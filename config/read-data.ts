import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';

const endings = ['.yaml', '.json'];

/**
 * A data file: JSON where the build has put it, since reading YAML costs a fifth of a start; YAML in the sources, which only the
 * tests run: their runner turns it. `file` is named without its ending.
 */
export function readData(file: string): unknown {
  const json = `${file}.json`;
  return existsSync(json) ? JSON.parse(readFileSync(json, 'utf8')) : require(`${file}.yaml`);
}

/** The data files of a folder in the order of their names, without ending. */
export const dataFilesIn = (folder: string): string[] =>
  [
    ...new Set(
      readdirSync(folder)
        .filter((name) => endings.includes(extname(name)))
        .map((name) => join(folder, basename(name, extname(name)))),
    ),
  ].sort();
