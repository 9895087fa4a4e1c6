import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

const patience = 20_000;

/** Waits until a started server answers. Throws when it ends first or takes too long; it is stopped then. */
export async function untilReady(child: ChildProcess, name: string, answers: () => Promise<boolean>): Promise<void> {
  const failure: { error?: Error } = {};
  child.once('error', (error) => {
    failure.error = error;
  });
  for (const deadline = Date.now() + patience; Date.now() < deadline; await sleep(20)) {
    if (failure.error) throw new Error(`${name} could not be started: ${failure.error.message}`);
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error(`${name} ended while starting (${child.exitCode ?? child.signalCode}); its output above says why.`);
    if (await answers()) return;
  }
  await stopChild(child);
  throw new Error(`${name} did not answer within ${patience / 1000} s.`);
}

/** Ends a child process that we started: politely first, by force after five seconds. */
export async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
  });
  child.kill('SIGTERM');
  const force = setTimeout(() => child.kill('SIGKILL'), 5000);
  await ended;
  clearTimeout(force);
}
