import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../foundation/errors';
import { cliTexts as texts } from './texts';

const readyWithinMs = 20_000;
const politeMs = 1_500;
const running = new Set<ChildProcess>();

process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** Full path of a program of the PATH that may be run. */
export function onPath(program: string): string | undefined {
  return (process.env['PATH'] ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, program))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

/**
 * Starts a server that ends when we do. Where Linux can, it sees to that even when we are killed. It stands in a process group of
 * its own: Ctrl-C reaches us alone, and what is under way can still be finished with its help.
 */
export function startChild(program: string, args: readonly string[], stdio: StdioOptions): ChildProcess {
  const guard = onPath('setpriv');
  const own = guard ? ['--pdeathsig', 'TERM', program, ...args] : [...args];
  const child = spawn(guard ?? program, own, { stdio, detached: true });
  running.add(child);
  child.once('exit', () => running.delete(child));
  return child;
}

/** Settles when the child has ended, for whatever reason. */
export const endOf = (child: ChildProcess): Promise<void> =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve()
    : new Promise((resolve) => {
        child.once('exit', () => resolve());
      });

/** Waits until a started server answers. Throws when it ends first or takes too long; it is stopped then. */
export async function untilReady(child: ChildProcess, name: string, answers: () => Promise<boolean>): Promise<void> {
  const failure: { error?: Error } = {};
  child.once('error', (error) => {
    failure.error = error;
  });
  for (const deadline = performance.now() + readyWithinMs; performance.now() < deadline; await sleep(20)) {
    if (failure.error) throw new AppError('SETTINGS_WRONG', texts.notStarted(name, failure.error.message));
    if (child.exitCode !== null || child.signalCode !== null)
      throw new AppError('SETTINGS_WRONG', texts.endedWhileStarting(name, String(child.exitCode ?? child.signalCode)));
    if (await answers()) return;
  }
  await stopChild(child);
  throw new AppError('SETTINGS_WRONG', texts.silentWhileStarting(name, readyWithinMs / 1000));
}

/** Ends a child process that we started: politely first, by force after a moment. */
export async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const ended = endOf(child);
  child.kill('SIGTERM');
  const force = setTimeout(() => child.kill('SIGKILL'), politeMs);
  await ended;
  clearTimeout(force);
}
