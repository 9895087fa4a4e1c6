// npm start: sets up what is missing, then runs the demo, or the real thing when a tenant is configured.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { give, root, setUp } from './setup.mjs';

const configured =
  process.env.NODE_ENV === 'production' || Object.keys(process.env).some((name) => /^(WECOM|DINGTALK)_/.test(name) && process.env[name]);
try {
  await setUp();
} catch (error) {
  give(error);
}
const child = spawn(process.execPath, [join(root, 'dist/src/main.js'), configured ? 'both' : 'demo', ...process.argv.slice(2)], {
  stdio: 'inherit',
  cwd: root,
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('close', (code, signal) => process.exit(signal ? 130 : (code ?? 1)));
