// Runs a program of ours in this script's place: signals are passed on, and neither of the two outlives the other. Under npm this script
// ends with npm's shell too, which a signal may end without a word.
import { spawn } from 'node:child_process';
import { root } from './setup.mjs';

export function handOver(args, cwd = root) {
  // The channel tells the program when this script is gone, however it went.
  const child = spawn(process.execPath, args, { stdio: ['inherit', 'inherit', 'inherit', 'ipc'], cwd });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  const caller = process.ppid;
  if (process.env.npm_lifecycle_event) setInterval(() => process.ppid !== caller && child.kill('SIGTERM'), 500).unref();
  child.on('close', (code, signal) => process.exit(signal ? 130 : (code ?? 1)));
}
