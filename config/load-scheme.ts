import { basename, join } from 'node:path';
import { AppError } from '../src/foundation/errors';
import { type Scheme, schemeFile } from '../src/quotas/scheme';
import { dataFilesIn, readData } from './read-data';

/** Every scheme of config/schemes by its id. Throws SETTINGS_WRONG naming file and key. */
export function loadSchemes(folder = join(__dirname, 'schemes')): Map<string, Scheme> {
  const schemes = dataFilesIn(folder).map((file) => {
    const name = basename(file);
    const read = schemeFile.safeParse(readData(file));
    if (read.success && read.data.id === name) return read.data;
    const why = read.success
      ? 'id 和文件名不一致'
      : read.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('；');
    throw new AppError('SETTINGS_WRONG', `config/schemes/${name}.yaml: ${why}`);
  });
  return new Map(schemes.map((scheme) => [scheme.id, scheme]));
}
