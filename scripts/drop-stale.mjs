// Takes out of dist/ what an earlier state of the source left there: a file that became a folder of the same name would still be
// found first, and the product would run on words long gone.
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';

for (const entry of readdirSync('dist', { recursive: true, withFileTypes: true })) {
  const built = join(entry.parentPath, entry.name);
  const source = relative('dist', built).replace(/\.js$/, '');
  if (!entry.isFile() || !built.endsWith('.js') || ['.ts', '.tsx', '.js'].some((ending) => existsSync(source + ending))) continue;
  rmSync(built);
}
