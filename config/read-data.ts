import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';

const endings = ['.yaml', '.json'];

/**
 * A data file: YAML in the sources, JSON where the build has put it, since reading YAML costs a fifth of a start. `file` is named
 * without its ending.
 */
export function readData(file: string): unknown {
  const json = `${file}.json`;
  if (existsSync(json)) return JSON.parse(readFileSync(json, 'utf8'));
  // Loaded for the sources only.
  const { parse } = require('yaml') as typeof import('yaml');
  return parse(readFileSync(`${file}.yaml`, 'utf8'));
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
