// Sets up whatever is missing on a fresh machine: packages, the build, Redis, and for the tests Chromium with a Chinese
// font. Needs nothing installed but Node; says what it does; ends with one line and the cure when something cannot be had.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const say = (line) => process.stderr.write(`准备：${line}\n`);

class SetupError extends Error {}

export function give(error) {
  process.stderr.write(`${error instanceof SetupError ? `准备失败：${error.message}` : (error.stack ?? error)}\n`);
  process.exit(1);
}

const onPath = (name) =>
  (process.env.PATH ?? '')
    .split(':')
    .map((folder) => join(folder, name))
    .find((file) => existsSync(file));

/** Runs a long step quietly, with a sign of life every few seconds; its output is shown only when it fails. */
async function step(title, command, args, { cure, env } = {}) {
  say(`${title}……`);
  const started = Date.now();
  const child = spawn(command, args, { cwd: root, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output = (output + chunk).slice(-8000)));
  const alive = setInterval(() => say(`  还在进行，已 ${Math.round((Date.now() - started) / 1000)} 秒`), 10_000);
  const code = await new Promise((resolve) => child.on('error', () => resolve(127)).on('close', resolve));
  clearInterval(alive);
  if (code !== 0) {
    process.stderr.write(`${output.trim().split('\n').slice(-15).join('\n')}\n`);
    throw new SetupError(`${title}没有成功。${cure}`);
  }
  say(`  好了，用了 ${((Date.now() - started) / 1000).toFixed(1)} 秒`);
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) throw new SetupError(`Node ${process.versions.node} 太旧，请安装 Node 20.19 以上。`);
}

const newest = (folders) => {
  let time = 0;
  for (const folder of folders) {
    const path = join(root, folder);
    if (!existsSync(path)) continue;
    if (!statSync(path).isDirectory()) time = Math.max(time, statSync(path).mtimeMs);
    else
      for (const entry of readdirSync(path, { recursive: true, withFileTypes: true }))
        time = Math.max(time, statSync(join(entry.parentPath, entry.name)).mtimeMs);
  }
  return time;
};

async function packages() {
  const installed = join(root, 'node_modules/.package-lock.json');
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs) return;
  await step('安装 package-lock.json 里的软件包（npm ci）', 'npm', ['ci', '--no-audit', '--no-fund'], {
    cure: '请检查能不能连上 npm 源（npm ping），再运行同一条命令。',
  });
  if (existsSync(installed)) utimesSync(installed, new Date(), new Date());
}

async function build() {
  const stamp = join(root, 'dist/.built');
  if (existsSync(stamp) && statSync(stamp).mtimeMs > newest(['src', 'packages', 'jobs', 'config', 'tsconfig.json', 'package-lock.json']))
    return;
  await step('编译', 'npm', ['run', '--silent', 'build'], { cure: '是源代码的错，上面几行写着在哪里。' });
  writeFileSync(stamp, '');
}

/** Debian's packages, only as root on Debian or Ubuntu; services they bring are not started. */
async function debian(names, why) {
  const release = existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : '';
  const cure = `请自己安装 ${names.join('、')}`;
  if (!/debian|ubuntu/i.test(release) || process.getuid?.() !== 0) throw new SetupError(`缺${why}。${cure}。`);
  const env = { DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  await step('更新 Debian 软件包列表', 'apt-get', ['-qq', 'update'], { cure: `${cure}，或检查网络。`, env });
  await step(`从 Debian 安装 ${names.join('、')}`, 'apt-get', ['-qq', 'install', '-y', '--no-install-recommends', ...names], {
    cure: `${cure}。`,
    env,
  });
}

async function redis() {
  if (process.env.REDIS_URL || onPath('redis-server') || onPath('valkey-server')) return;
  await debian(['redis-server'], ' Redis（PATH 里的 redis-server 或 valkey-server，或者设置 REDIS_URL）');
}

function hasChineseFont() {
  try {
    return execFileSync('fc-list', [':lang=zh'], { stdio: ['ignore', 'pipe', 'ignore'] }).length > 0;
  } catch {
    return false;
  }
}

async function browser() {
  const missing = [
    ...(process.env.CHROMIUM || onPath('chromium') ? [] : ['chromium']),
    ...(hasChineseFont() ? [] : ['fontconfig', 'fonts-wqy-microhei']),
  ];
  if (missing.length > 0) await debian(missing, '浏览器测试要用的软件');
}

const claim = join(root, '.setup-claim');
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** The living process that holds the claim, if any. */
function claimant() {
  try {
    const pid = Number(readFileSync(claim, 'utf8'));
    return pid && process.kill(pid, 0) ? pid : undefined;
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes(error.code)) return undefined;
    throw error;
  }
}

/** One set-up at a time: two that install into one folder would spoil each other's work. A dead one's claim is taken over. */
async function alone(work) {
  for (let waited = 0; ; waited++) {
    try {
      writeFileSync(claim, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const other = claimant();
    if (waited > 2 && !other) rmSync(claim, { force: true });
    else if (waited === 2 && other) say(`另一个准备（进程 ${other}）正在这里进行，等它做完……`);
    await pause(300);
  }
  try {
    return await work();
  } finally {
    rmSync(claim, { force: true });
  }
}

/** Commands that need no service leave Redis out; only the tests need a browser. */
export function setUp({ withRedis = true, withBrowser = false } = {}) {
  checkNode();
  return alone(async () => {
    await packages();
    await build();
    if (withRedis) await redis();
    if (withBrowser) await browser();
  });
}
