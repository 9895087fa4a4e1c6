// Puts beside the compiled code what the compiler does not carry: style sheets, page scripts, data files.
import { cpSync, existsSync } from 'node:fs';

for (const folder of [
  'packages/chat-simulator/assets',
  'src/console/assets',
  'config/vocabulary',
  'config/schemes',
  'config/holidays',
  'config/roles.yaml',
]) {
  if (existsSync(folder)) cpSync(folder, `dist/${folder}`, { recursive: true });
}
