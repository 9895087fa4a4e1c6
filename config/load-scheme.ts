import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { AppError } from '../src/foundation/errors';
import { type Scheme, schemeFile } from '../src/quotas/scheme';

/** Every scheme of config/schemes by its id. Throws SETTINGS_WRONG naming file and key. */
export function loadSchemes(folder = join(__dirname, 'schemes')): Map<string, Scheme> {
  const schemes = readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => {
      const read = schemeFile.safeParse(parse(readFileSync(join(folder, name), 'utf8')));
      if (read.success && `${read.data.id}.yaml` === name) return read.data;
      const why = read.success
        ? 'its id is not its file name'
        : read.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');
      throw new AppError('SETTINGS_WRONG', `config/schemes/${name}: ${why}`);
    });
  return new Map(schemes.map((scheme) => [scheme.id, scheme]));
}
