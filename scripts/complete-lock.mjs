// Adds to package-lock.json the optional packages of other platforms that a partial registry left out, so that `npm ci`
// accepts the lock everywhere. Run after every change of the lock: npm run complete-lock.
import { readFileSync, writeFileSync } from 'node:fs';

const file = new URL('../package-lock.json', import.meta.url);
const lock = JSON.parse(readFileSync(file, 'utf8'));
const operatingSystems = ['darwin', 'linux', 'win32', 'freebsd', 'android', 'openharmony', 'openbsd', 'netbsd', 'sunos', 'aix'];
const processors = ['x64', 'arm64', 'arm', 'ia32', 'ppc64', 's390x', 'riscv64', 'loong64', 'mips64el', 'wasm32', 'ppc64le'];
const words = (name) => name.split('/').at(-1).split(/[-_.]/);
const pick = (list, name) => list.filter((word) => words(name).includes(word));

let added = 0;
for (const [path, entry] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const nested = `${path}/node_modules/${name}`;
    const hoisted = `node_modules/${name}`;
    if (path === '' || lock.packages[nested] || lock.packages[hoisted]) continue;
    const libc = words(name).includes('musl') ? ['musl'] : words(name).some((w) => w === 'gnu' || w === 'glibc') ? ['glibc'] : undefined;
    const exact = version.replace(/^[\^~]/, '');
    const os = pick(operatingSystems, name);
    const cpu = pick(processors, name);
    lock.packages[hoisted] = {
      version: exact,
      ...(entry.dev ? { dev: true } : {}),
      optional: true,
      ...(cpu.length ? { cpu } : {}),
      ...(os.length ? { os } : {}),
      ...(libc ? { libc } : {}),
    };
    added += 1;
  }
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`package-lock.json：补上了其他平台的 ${added} 个可选软件包`);
