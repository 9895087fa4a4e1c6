import { closeSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Claims a data folder for this process; gives back a function that lets it go. A claim of a process that is no longer
 * alive is taken over. Throws a plain sentence when the folder is in use.
 */
export function lockFolder(folder: string): () => void {
  const path = join(folder, 'store.lock');
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      const file = openSync(path, 'wx', 0o600);
      writeSync(file, claim(process.pid));
      closeSync(file);
      return () => rmSync(path, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      removeDead(path, folder);
    }
  }
  throw inUse(folder, 'another process');
}

const inUse = (folder: string, who: string): Error =>
  new Error(
    `The data folder ${folder} is in use by ${who}. Only one built-in store can work on a folder; stop the other one or choose another folder.`,
  );

/** The process and when it began: after a restart of the machine the same number may belong to a stranger. */
const claim = (pid: number): string => `${pid} ${startOf(pid) ?? ''}`;

/** Takes a dead process's claim away. Moving it first lets only one of several newcomers do so. */
function removeDead(path: string, folder: string): void {
  refuseLiving(path, folder);
  const aside = `${path}.${process.pid}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  try {
    refuseLiving(aside, folder);
  } catch (error) {
    // A newcomer claimed the folder between our look and our move: the claim is put back.
    renameSync(aside, path);
    throw error;
  }
  rmSync(aside, { force: true });
}

function refuseLiving(path: string, folder: string): void {
  const [pid, start] = readClaim(path);
  if (!pid || !isAlive(pid)) return;
  const now = startOf(pid);
  if (start && now && start !== now) return;
  throw inUse(folder, `process ${pid}`);
}

function readClaim(path: string): [number | undefined, string | undefined] {
  try {
    const [pid, start] = readFileSync(path, 'utf8').trim().split(' ');
    return [Number(pid) || undefined, start];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [undefined, undefined];
    throw error;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

// The start time is the 22nd field; the second, in brackets, may hold spaces. Only Linux has it.
function startOf(pid: number): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[19];
  } catch {
    return undefined;
  }
}
