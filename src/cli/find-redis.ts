import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Redis } from 'ioredis';
import { AppError } from '../foundation/errors';
import { endOf, onPath, startChild, stopChild, untilReady } from './child-process';
import { freePort } from './free-port';
import { cliTexts as texts } from './texts';

interface FoundRedis {
  url: string;
  /** One line that says which Redis this is. */
  describe: string;
  stop(): Promise<void>;
  /** Settles when a server started here has ended; absent for one that was given. */
  ended?: Promise<void>;
}

/**
 * The given Redis, else a redis-server or valkey-server of the PATH on a free loopback port. `durable` keeps its data in
 * `folder` with an append-only file; otherwise it is gone with the process.
 */
export async function findRedis(options: { url?: string; folder?: string; durable: boolean }): Promise<FoundRedis> {
  if (options.url) return { url: options.url, describe: texts.redisGiven, stop: () => Promise.resolve() };
  const program = onPath('redis-server') ?? onPath('valkey-server');
  if (!program) {
    throw new AppError('SETTINGS_WRONG', texts.noRedis);
  }
  const kept = options.durable && options.folder ? resolve(options.folder) : undefined;
  if (kept) mkdirSync(kept, { recursive: true, mode: 0o700 });
  const folder = kept ?? mkdtempSync(join(tmpdir(), 'lianxinqiao-redis-'));
  const port = await freePort();
  const child = startChild(program, settings(port, folder, kept !== undefined), ['ignore', 'ignore', 'inherit']);
  const url = `redis://127.0.0.1:${port}`;
  await untilReady(child, 'Redis', () => answers(url));
  return {
    url,
    describe: texts.redisStarted(program, port, kept),
    ended: endOf(child),
    stop: async () => {
      await stopChild(child);
      if (!kept) rmSync(folder, { recursive: true, force: true });
    },
  };
}

function settings(port: number, folder: string, durable: boolean): string[] {
  const common = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--maxmemory-policy', 'noeviction', '--daemonize', 'no'];
  return durable
    ? [...common, '--appendonly', 'yes', '--appendfsync', 'everysec', '--save', '']
    : [...common, '--save', '', '--appendonly', 'no'];
}

async function answers(url: string): Promise<boolean> {
  const client = new Redis(url, { lazyConnect: true, retryStrategy: () => null, maxRetriesPerRequest: 0, enableOfflineQueue: false });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return (await client.ping()) === 'PONG';
  } catch {
    return false;
  } finally {
    client.disconnect();
  }
}
