import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { stopChild } from '../../../src/cli/child-process';
import { freePort } from '../../../src/cli/free-port';
import { startWecomApi, type WecomApi } from '../../helpers/wecom-api';
import { settings } from './settings';

export type Kind = 'ours' | 'bare' | 'day';

export interface Addresses {
  mongodbUri: string;
  redisUrl: string;
  apiBase: string;
  prefix: string;
}

/** A server in a process of its own. */
export interface Running {
  port: number;
  pid: number;
  child: ChildProcess;
  stop(): Promise<void>;
}

const product = join(__dirname, '../../../dist/src/main.js');

/** Starts a server of the race; it may not listen yet. `role` of the product. */
export async function startServer(kind: Kind, addresses: Addresses, role: 'web' | 'worker' | 'both' = 'web'): Promise<Running> {
  const port = await freePort();
  const child = kind === 'ours' ? ours(port, addresses, role) : other(kind, port, addresses);
  let errors = '';
  child.stderr?.on('data', (chunk: Buffer) => (errors = (errors + chunk.toString()).slice(-4_000)));
  child.once('exit', (code) => {
    if (code) console.error(`${kind} ended with ${code}: ${errors}`);
  });
  return { port, pid: child.pid as number, child, stop: () => stopChild(child) };
}

/** The product as `node dist/src/main.js web` runs it. */
function ours(port: number, { mongodbUri, redisUrl, apiBase, prefix }: Addresses, role: string): ChildProcess {
  const where = { HOST: '127.0.0.1', PORT: String(port), MONGODB_URI: mongodbUri, REDIS_URL: redisUrl, WECOM_API_BASE: apiBase };
  const env = { PATH: process.env['PATH'] ?? '', ...settings, ...where, REDIS_PREFIX: prefix, LOG_LEVEL: 'warn' };
  return spawn(process.execPath, [...flags(), product, role], { env, stdio: ['ignore', 'ignore', 'pipe'] });
}

function other(kind: Kind, port: number, { mongodbUri }: Addresses): ChildProcess {
  const env = {
    PATH: process.env['PATH'] ?? '',
    MONGODB_URI: mongodbUri,
    BENCH_TOKEN: settings.WECOM_BOT_TOKEN,
    BENCH_AES_KEY: settings.WECOM_BOT_AES_KEY,
  };
  return spawn(process.execPath, [join(__dirname, `${kind}-server.cjs`), String(port)], { env, stdio: ['ignore', 'ignore', 'pipe'] });
}

/** BENCH_NODE_FLAGS='--cpu-prof …' looks into our own process. */
const flags = (): string[] => (process.env['BENCH_NODE_FLAGS'] ?? '').split(' ').filter(Boolean);

/** What our server asks WeCom for: a token, and whether a user id is plain already. It is. */
export async function startApi(): Promise<WecomApi> {
  const api = await startWecomApi();
  const plain = ({ json }: { json: Record<string, unknown> }) => ({
    errcode: 0,
    userid_list: [],
    invalid_open_userid_list: json['open_userid_list'],
  });
  api.script['/cgi-bin/batch/openuserid_to_userid'] = [plain];
  return api;
}
