// npm start: sets up what is missing, then runs the demo, or the real thing when a tenant is configured.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { handOver } from './hand-over.mjs';
import { give, root, setUp } from './setup.mjs';

// What the environment has already wins.
if (existsSync(join(root, '.env'))) process.loadEnvFile(join(root, '.env'));
const configured =
  process.env.NODE_ENV === 'production' || Object.keys(process.env).some((name) => /^(WECOM|DINGTALK)_/.test(name) && process.env[name]);
try {
  await setUp();
} catch (error) {
  give(error);
}
handOver([join(root, 'dist/src/main.js'), configured ? 'both' : 'demo', ...process.argv.slice(2)]);
