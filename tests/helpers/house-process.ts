import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { secrets, socketSecrets } from './town';
import { until } from './wait';

export interface HouseProcess {
  port: number;
  /** kill -9 */
  kill(): Promise<void>;
  /** SIGSTOP: the process stands still and notices nothing. */
  freeze(): void;
  thaw(): void;
  stop(): Promise<void>;
}

const main = join(__dirname, '../../dist/src/main.js');
let lastPort = 20_000 + (process.pid % 2_000) * 10;

/** A real process of the product, as `node dist/src/main.js both` runs it. */
export async function startHouseProcess(
  addresses: {
    mongodbUri: string;
    redisUrl: string;
    apiBase: string;
    prefix: string;
    socketUrl?: string;
    /** Further settings. */
    more?: Record<string, string>;
  },
  port = ++lastPort,
): Promise<HouseProcess> {
  const env = {
    PATH: process.env['PATH'] ?? '',
    ...(addresses.socketUrl ? socketSecrets(addresses.socketUrl) : secrets),
    HOST: '127.0.0.1',
    PORT: String(port),
    LOG_LEVEL: 'error',
    MONGODB_URI: addresses.mongodbUri,
    REDIS_URL: addresses.redisUrl,
    REDIS_PREFIX: addresses.prefix,
    CHAT_LIMIT_MESSAGES: '100000',
    WECOM_API_BASE: addresses.apiBase,
    ...addresses.more,
  };
  const child = spawn(process.execPath, [main, 'both'], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors = (errors + chunk.toString()).slice(-4_000)));
  await until(`the process listens on ${port}; it said: ${errors}`, () => healthy(child, port, () => errors), 180_000);
  return {
    port,
    kill: () => end(child, 'SIGKILL'),
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
    stop: () => end(child, 'SIGTERM'),
  };
}

async function healthy(child: ChildProcess, port: number, errors: () => string): Promise<boolean> {
  if (child.exitCode !== null) throw new Error(`the process ended with ${child.exitCode}: ${errors()}`);
  return fetch(`http://127.0.0.1:${port}/healthz`).then(
    (response) => response.ok,
    () => false,
  );
}

async function end(child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  await ended;
}
