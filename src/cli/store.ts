import { spawn } from 'node:child_process';
import { join } from 'node:path';

const entry = join(__dirname, '../../packages/mongo-store/main.js');

/** `npm run store -- --port 27018`: the built-in store alone, on the demo's data unless --folder names another. */
export function store(args: string[]): Promise<number> {
  const folder = args.includes('--folder') ? [] : ['--folder', '.data/mongodb'];
  const child = spawn(process.execPath, [entry, ...folder, ...args], { stdio: 'inherit' });
  const forward = (signal: NodeJS.Signals): void => void child.kill(signal);
  process.on('SIGINT', forward).on('SIGTERM', forward);
  return new Promise((resolve) => child.on('close', (code) => resolve(code ?? 1)));
}
