// npm run doctor | read | store | bench: sets up what is missing, then hands over to the product's own entry.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { give, root, setUp } from './setup.mjs';

const [command, ...rest] = process.argv.slice(2);
try {
  await setUp({ withRedis: command === 'bench' });
} catch (error) {
  give(error);
}
const entry = command === 'bench' ? 'scripts/bench.cjs' : 'dist/src/main.js';
const args = command === 'bench' ? rest : [command, ...rest];
const child = spawn(process.execPath, [join(root, entry), ...args], { stdio: 'inherit', cwd: root });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('close', (code, signal) => process.exit(signal ? 130 : (code ?? 1)));
