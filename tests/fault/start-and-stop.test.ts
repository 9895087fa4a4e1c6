import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { findRedis } from '../../src/cli/find-redis';
import { freePort } from '../../src/cli/free-port';
import { MongoOutboxStore } from '../../src/delivery/outbox-store';
import { connectMongo } from '../../src/foundation/mongo';
import { alive, type TreeProcess, treeOf } from '../helpers/process-tree';
import { addressOf, freshDatabase, freshPrefix } from '../helpers/services';
import { secrets } from '../helpers/town';
import { until } from '../helpers/wait';
import { startWecomApi, type WecomApi } from '../helpers/wecom-api';

const root = join(__dirname, '../..');
const main = join(root, 'dist/src/main.js');
/** What systemd and Docker give a service before they kill it, less than that. */
const stopWithin = 10_000;

interface Running {
  child: ChildProcess;
  said: () => string;
  ended: () => boolean;
}

function run(program: string, args: string[], env: Record<string, string>, cwd = root): Running {
  const child = spawn(program, args, { cwd, env: { PATH: process.env['PATH'] ?? '', ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  return { child, said: () => said, ended: () => child.exitCode !== null || child.signalCode !== null };
}

/** Like `until`, and shows in a failure what the process has said by then. */
async function heard(what: string, { said }: Running, condition: () => boolean, withinMs = 60_000): Promise<void> {
  await until(what, condition, withinMs).catch((error: Error) => Promise.reject(new Error(`${error.message}; it said: ${said()}`)));
}

describe('what npm start has started', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lxq-tree-'));
  const [script, args] = [join(root, 'scripts/hand-over.mjs'), [main, 'both']].map((each) => JSON.stringify(each));
  const handOver = `import(${script}).then((m) => m.handOver(${args}, process.cwd()))`;
  let tree: TreeProcess[] = [];
  afterEach(() => {
    for (const { pid } of alive(tree)) process.kill(pid, 'SIGKILL');
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each([
    ['the shell of npm', /^sh -c/, 'SIGTERM'],
    ['the product, killed', /main\.js both$/, 'SIGKILL'],
    ['the store', /mongo-store\/main/, 'SIGTERM'],
  ] as const)('is gone altogether when one of its processes is ended: %s', async (who, which, signal) => {
    const env = {
      ...secrets,
      PORT: '0',
      LOG_LEVEL: 'error',
      WECOM_API_BASE: 'http://127.0.0.1:9',
      npm_lifecycle_event: 'start',
    };
    // A second command keeps the shell, as npm's does.
    const shell = run('sh', ['-c', `"${process.execPath}" -e '${handOver}'; exit $?`], env, join(mkdtempSync(join(folder, 'a-'))));
    await heard('it has started', shell, () => shell.said().includes('已启动'));
    tree = treeOf(shell.child.pid ?? 0);
    // The control: shell, script, product, store, Redis.
    expect(tree).toHaveLength(5);
    const [pid = 0, ...more] = tree.flatMap((each) => (which.test(each.command) ? [each.pid] : []));
    expect([who, pid > 0, more]).toEqual([who, true, []]);
    process.kill(pid, signal);
    await heard('nothing is left', shell, () => alive(tree).length === 0, stopWithin);
  });
});

describe('the product as a service', () => {
  let api: WecomApi;
  let running: Running | undefined;
  let mongodbUri: string;
  const env = (more: Record<string, string> = {}): Record<string, string> => ({
    ...secrets,
    PORT: '0',
    LOG_LEVEL: 'error',
    WECOM_API_BASE: api.url,
    MONGODB_URI: mongodbUri,
    REDIS_URL: addressOf('REDIS_URL'),
    REDIS_PREFIX: freshPrefix(),
    ...more,
  });
  const start = (more: Record<string, string> = {}, role = 'both'): Running => {
    running = run(process.execPath, [main, role], env(more));
    return running;
  };
  beforeAll(async () => {
    api = await startWecomApi();
    mongodbUri = freshDatabase();
  });
  afterEach(() => void running?.child.kill('SIGKILL'));
  afterAll(() => api.close());

  /** A message that is due, and how often the platform was given one. */
  async function planned(): Promise<void> {
    const connection = await connectMongo(mongodbUri);
    const now = new Date();
    const row = {
      body: 'yunchuan',
      memberId: 'M0001',
      purpose: 'private_reply',
      platform: 'wecom',
      format: 'text',
      dueAt: now,
      text: '您好',
    } as const;
    await new MongoOutboxStore(connection).insert({ ...row, key: freshPrefix(), to: { userId: 'zhoulan' } }, now);
    await connection.close();
  }
  const sends = (): number => api.of('/cgi-bin/message/send').length;

  it('with its port taken says so in one line, ends, and sends nothing', async () => {
    const taken: Server = createServer();
    const port = await freePort();
    await new Promise<void>((resolve) => taken.listen(port, '127.0.0.1', resolve));
    await planned();
    const { child, said, ended } = start({ PORT: String(port) });
    await until('it has ended', ended);
    expect([child.exitCode, said().split('\n').slice(-2)]).toEqual([
      1,
      [`启动不了：端口 127.0.0.1:${port} 已经被别的程序占用。先停掉那个程序，或者把 PORT 换成别的端口。（EADDRINUSE）`, ''],
    ]);
    expect(said()).not.toMatch(/^\s+at /m);
    expect(sends()).toBe(0);
    await new Promise((resolve) => taken.close(resolve));
  });

  it('with an index that cannot be built says which in one line, ends, and sends nothing', async () => {
    mongodbUri = freshDatabase();
    const connection = await connectMongo(mongodbUri);
    const twins = connection.collection('members');
    await twins.insertMany([1, 2].map(() => ({ body: 'yunchuan', id: 'M0001', name: '周岚' })));
    const { child, said, ended } = start();
    await until('it has ended', ended);
    expect([child.exitCode, said().trimEnd().split('\n').at(-1)]).toEqual([
      1,
      expect.stringMatching(/^启动不了：数据库里的索引建不起来：\S*members body_1_id_1.*错误码 11000/),
    ]);
    expect(said()).not.toMatch(/周岚|^\s+at /m);
    expect(sends()).toBe(0);
    await connection.close();
  });

  it('ends in time with Redis dead and a send that nobody answers', async () => {
    mongodbUri = freshDatabase();
    const redis = await findRedis({ durable: false });
    api.script['/cgi-bin/message/send'] = ['hang'];
    const service = start({ REDIS_URL: redis.url });
    await heard('it has started', service, () => service.said().includes('已启动'));
    await planned();
    await heard('a send is in flight', service, () => sends() > 0);
    await redis.stop();
    service.child.kill('SIGTERM');
    await heard('it has ended', service, service.ended, stopWithin);
    expect(service.child.exitCode).toBe(0);
  });
});
