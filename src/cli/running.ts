import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Addresses } from './services';

interface Note extends Addresses {
  pid: number;
}

const file = (folder: string): string => join(folder, 'running.json');

/** Left by a running demo so that `npm run doctor` can look at it instead of asking for its data folder. */
export function noteRunning(folder: string, addresses: Addresses): void {
  writeFileSync(file(folder), JSON.stringify({ ...addresses, pid: process.pid }), { mode: 0o600 });
}

export function forgetRunning(folder: string): void {
  rmSync(file(folder), { force: true });
}

/** Addresses of the demo that runs on this folder now, or null. */
export function findRunning(folder: string): Addresses | null {
  if (!existsSync(file(folder))) return null;
  const note = JSON.parse(readFileSync(file(folder), 'utf8')) as Note;
  try {
    process.kill(note.pid, 0);
    return note;
  } catch {
    return null;
  }
}
