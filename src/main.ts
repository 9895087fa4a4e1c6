/** Process entry. Each command is loaded only when it is called: the reader's CLI starts without the database's code. */
const commands: Record<string, () => Promise<(args: string[]) => Promise<number>>> = {
  web: async () => () => import('./cli/serve.js').then(({ serve }) => serve('web')),
  worker: async () => () => import('./cli/serve.js').then(({ serve }) => serve('worker')),
  both: async () => () => import('./cli/serve.js').then(({ serve }) => serve('both')),
  demo: async () => (await import('./cli/demo.js')).demo,
  doctor: async () => (await import('./cli/doctor.js')).doctor,
  migrate: async () => (await import('./cli/migrate.js')).migrate,
  'import-roster': async () => (await import('./cli/import-roster.js')).importRoster,
  read: async () => (await import('./cli/read.js')).read,
  store: async () => (await import('./cli/store.js')).store,
};

async function main([name = '', ...args]: string[]): Promise<number> {
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!load) {
    process.stderr.write(`usage: node dist/src/main.js ${Object.keys(commands).join(' | ')}\n`);
    return 2;
  }
  return (await load())(args);
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    const known = error instanceof Error && error.name === 'AppError';
    process.stderr.write(`${known ? error.message : error instanceof Error ? error.stack : String(error)}\n`);
    process.exitCode = 1;
  },
);
