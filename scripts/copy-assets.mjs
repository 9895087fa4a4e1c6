// Puts beside the compiled code what the compiler does not carry: style sheets, page scripts, and the data files of config/,
// these as JSON (config/read-data.ts). Takes away what has no source any more.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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

// A source that is gone or has become a folder must not live on as compiled: 'readings.js' would be found before 'readings/index.js'.
for (const folder of ['src', 'packages', 'jobs', 'config'])
  for (const entry of readdirSync(join('dist', folder), { recursive: true, withFileTypes: true })) {
    const built = join(entry.parentPath, entry.name);
    const source = built.replace(/^dist./, '').replace(/\.(?:js|js\.map|d\.ts)$/, '');
    const compiled = entry.isFile() && /\.(?:js|js\.map|d\.ts)$/.test(entry.name) && !built.includes('/assets/');
    if (compiled && !existsSync(`${source}.ts`) && !existsSync(`${source}.tsx`)) rmSync(built);
  }
