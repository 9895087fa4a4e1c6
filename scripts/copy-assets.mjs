// Puts beside the compiled code what the compiler does not carry: style sheets, page scripts, and the data files of config/,
// these as JSON (config/read-data.ts).
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';

for (const folder of ['packages/chat-simulator/assets', 'src/console/assets']) cpSync(folder, `dist/${folder}`, { recursive: true });
for (const folder of ['vocabulary', 'schemes', 'holidays']) rmSync(`dist/config/${folder}`, { recursive: true, force: true });
for (const entry of readdirSync('config', { recursive: true, withFileTypes: true })) {
  const file = join(entry.parentPath, entry.name);
  if (!entry.isFile() || !file.endsWith('.yaml') || file.startsWith(join('config', 'examples'))) continue;
  const built = join('dist', file.replace(/\.yaml$/, '.json'));
  mkdirSync(dirname(built), { recursive: true });
  writeFileSync(built, JSON.stringify(parse(readFileSync(file, 'utf8'))));
}
