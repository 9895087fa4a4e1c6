import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

interface Order {
  mongodbUri: string;
  /** Where its messages arrive, by POST. */
  url: string;
  /** Its clock. */
  now: string;
  body: string;
  /** 'never', 'before the call', 'after the call', 'after the outcome': which call, or whose outcome. */
  moment: string;
  /** Counted from 1; default the first. */
  call?: number;
  /** Calls must be saved: what nobody waits for goes out together. */
  sparing?: boolean;
  /** Texts go out in one message per line. */
  lines?: boolean;
}

/** A worker process that delivers what is due and kills itself (kill -9) at its moment: 'SIGKILL', or 'done' when that never came. */
export async function workerThatDies(order: Order): Promise<string | null> {
  const child = fork(join(__dirname, '../fault/deliver-and-die.cjs'), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  child.send(order);
  const [code, signal] = (await Promise.race([once(child, 'exit'), once(child, 'message')])) as [unknown, string | null];
  if (code === 'done') child.kill('SIGKILL');
  return code === 'done' ? 'done' : signal;
}

/** In how many messages a text goes out where `lines` is on. */
export const oneALine = ({ text }: { text: string }): string[] => text.split(/(?<=\n)/);
