// npm run doctor | read | store | bench: sets up what is missing, then hands over to the product's own entry.
import { join } from 'node:path';
import { handOver } from './hand-over.mjs';
import { give, root, setUp } from './setup.mjs';

const [command, ...rest] = process.argv.slice(2);
try {
  await setUp({ withRedis: command === 'bench' });
} catch (error) {
  give(error);
}
handOver(command === 'bench' ? [join(root, 'scripts/bench.cjs'), ...rest] : [join(root, 'dist/src/main.js'), command, ...rest]);
