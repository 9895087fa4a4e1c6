import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Connection } from 'mongoose';
import { DurableOutbox } from '../../src/delivery/outbox';
import { MongoOutboxStore } from '../../src/delivery/outbox-store';
import type { Sender } from '../../src/delivery/outgoing';
import type { Clock } from '../../src/foundation/clock';
import { createLogger } from '../../src/foundation/logger';

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

/** The outbox of a process that lives on: its messages arrive by POST at `url`, as those of the one that dies. */
export function outboxThatLives(connection: Connection, clock: Clock, url: string, sender: Partial<Sender>): DurableOutbox {
  const send: Sender['send'] = async ({ text }) => {
    await fetch(url, { method: 'POST', body: JSON.stringify({ text }) });
    return { kind: 'sent', platformId: 'm2' };
  };
  const senders = { dingtalk: { repeatSafeMs: 0, send, ...sender } };
  const store = new MongoOutboxStore(connection);
  return new DurableOutbox({ store, senders, rechecks: {}, ring: () => undefined, clock, logger: createLogger('silent') });
}
