import { parseArgs } from 'node:util';
import { exportTo, importFrom } from './dump';
import { openFolder, startStore } from './server';

const values = optionsGiven();

function optionsGiven() {
  const option = { type: 'string' } as const;
  try {
    return parseArgs({
      options: { folder: option, socket: option, port: option, export: option, import: option, faults: { type: 'boolean' } },
    }).values;
  } catch (error) {
    return fail(error);
  }
}

async function main(): Promise<void> {
  if (!values.folder) throw new Error('请写明数据目录：--folder <目录>');
  if (values.export || values.import) return move(values.folder);
  const port = values.port === undefined ? undefined : Number(values.port);
  if (port !== undefined && !(Number.isInteger(port) && port >= 0 && port < 65_536)) throw new Error(`--port ${values.port} 不是端口号`);
  const store = await startStore({
    folder: values.folder,
    ...(values.socket ? { socket: values.socket } : {}),
    ...(port === undefined ? {} : { port }),
    ...(values.faults ? { faults: true } : {}),
  });
  const stop = (): void => {
    store.close().then(
      () => process.exit(0),
      (error: unknown) => fail(error),
    );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  process.stdout.write(`${JSON.stringify({ ready: true, socket: store.socket, port: store.port })}\n`);
}

/** `--export` and `--import` work on the folder itself, so no other store may be using it. */
async function move(folder: string): Promise<void> {
  const { store, close } = await openFolder(folder);
  try {
    const moved = values.export ? exportTo(store, values.export) : await importFrom(store, values.import as string);
    process.stdout.write(`${JSON.stringify(values.export ? { exported: moved } : { imported: moved })}\n`);
  } finally {
    await close();
  }
}

function fail(error: unknown): never {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}

main().catch(fail);
