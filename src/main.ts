import { readEnvFile } from '../config/load';
import { cliTexts as texts } from './cli/texts';

/** Process entry. Each command is loaded only when it is called: the reader's CLI starts without the database's code. */
const commands: Record<string, () => Promise<(args: string[]) => Promise<number>>> = {
  web: async () => () => import('./cli/serve.js').then(({ serve }) => serve('web')),
  worker: async () => () => import('./cli/serve.js').then(({ serve }) => serve('worker')),
  both: async () => () => import('./cli/serve.js').then(({ serve }) => serve('both')),
  demo: async () => (await import('./cli/demo.js')).demo,
  doctor: async () => (await import('./cli/doctor.js')).doctor,
  groups: async () => (await import('./cli/groups.js')).groups,
  migrate: async () => (await import('./cli/migrate.js')).migrate,
  'import-roster': async () => (await import('./cli/import-roster.js')).importRoster,
  read: async () => (await import('./cli/read.js')).read,
  store: async () => (await import('./cli/store.js')).store,
};

async function main([name = '', ...args]: string[]): Promise<number> {
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!load) {
    process.stderr.write(`${texts.usage(Object.keys(commands))}\n`);
    return 2;
  }
  if (name !== 'read' && name !== 'store') readEnvFile();
  return (await load())(args);
}

/** What was started is ended by now; whatever is left of it must not keep the process. */
function leave(code: number): void {
  process.exitCode = code;
  setTimeout(() => process.exit(), 1_000).unref();
}

main(process.argv.slice(2)).then(leave, (error: unknown) => {
  const known = error instanceof Error && error.name === 'AppError';
  const said = known ? error.message : `${texts.unexpected}\n${error instanceof Error ? error.stack : String(error)}`;
  process.stderr.write(`${said}\n`);
  leave(1);
});
