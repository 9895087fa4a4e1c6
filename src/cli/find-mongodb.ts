import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import mongoose from 'mongoose';
import { AppError } from '../foundation/errors';
import { needsBuiltInStore } from './built-in-store';
import { endOf, onPath, startChild, stopChild, untilReady } from './child-process';
import { cliTexts as texts } from './texts';

export interface FoundMongodb {
  kind: 'uri' | 'mongod' | 'built-in';
  uri(database: string): string;
  /** One line that says which of the three this is. */
  describe: string;
  stop(): Promise<void>;
  /** Settles when a server started here has ended; absent for one that was given. */
  ended?: Promise<void>;
}

interface FindMongodbOptions {
  uri?: string;
  /** A mongod to start; an empty text looks for none. Left out, the PATH is searched. */
  mongodBinary?: string;
  /** Where a server started here keeps its data. */
  folder: string;
  production: boolean;
}

/** The given MongoDB; else a mongod of this machine; else the built-in store as a child process. */
export async function findMongodb(options: FindMongodbOptions): Promise<FoundMongodb> {
  if (options.uri) return given(options.uri, await serverVersion(options.uri));
  if (options.production) throw new AppError('SETTINGS_WRONG', texts.productionNeedsMongodb);
  const mongod = options.mongodBinary ?? onPath('mongod');
  return mongod ? startMongod(mongod, resolve(options.folder, 'mongod')) : startBuiltIn(resolve(options.folder));
}

/** What a server says of itself; a server that is down now is the application's to wait for, not ours. */
async function serverVersion(uri: string): Promise<string> {
  const connection = mongoose.createConnection(uri, { serverSelectionTimeoutMS: 3000 });
  try {
    const client = (await connection.asPromise()).getClient();
    const { version, builtInStore } = await client.db('admin').command({ buildInfo: 1 });
    return builtInStore === true ? texts.builtInAs(String(version)) : `MongoDB ${String(version)}`;
  } catch {
    return texts.silentYet;
  } finally {
    await connection.close();
  }
}

function given(uri: string, version: string): FoundMongodb {
  return {
    kind: 'uri',
    uri: (database) => withDatabase(uri, database),
    describe: texts.mongodbGiven(version),
    stop: () => Promise.resolve(),
  };
}

/** The address with another database; its options and the database to log in at stay. */
export function withDatabase(uri: string, database: string): string {
  const found = /^(mongodb(?:\+srv)?:\/\/[^/?]+)(?:\/([^?]*))?(?:\?(.*))?$/.exec(uri);
  if (!found) throw new AppError('SETTINGS_WRONG', texts.notAnAddress);
  const [, servers, before, query] = found;
  const login = before && servers?.includes('@') && !/(^|&)authSource=/i.test(query ?? '') ? `authSource=${before}` : '';
  const all = [query, login].filter(Boolean).join('&');
  return `${servers}/${database}${all ? `?${all}` : ''}`;
}

async function startBuiltIn(folder: string): Promise<FoundMongodb> {
  needsBuiltInStore();
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const socket = join(folder, 'store.sock');
  // Documents on their way are short-lived: with more room for such, the collector runs seldom.
  const program = ['--max-semi-space-size=32', mainFile()];
  const child = startChild(process.execPath, [...program, '--folder', folder, '--socket', socket], ['ignore', 'pipe', 'inherit']);
  let said = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  await untilReady(child, texts.builtInStore, () => Promise.resolve(said.includes('"ready":true')));
  return {
    kind: 'built-in',
    // Directly, for drivers write the members of a set in small letters, which a path does not survive.
    uri: (database) => `mongodb://${encodeURIComponent(socket)}/${database}?directConnection=true`,
    describe: texts.builtInUsed(folder),
    ended: endOf(child),
    stop: () => stopChild(child),
  };
}

/** The store's compiled program, whether this runs compiled or from the sources. */
function mainFile(): string {
  for (let folder = __dirname; folder !== dirname(folder); folder = dirname(folder)) {
    const built = [folder, join(folder, 'dist')].map((each) => join(each, 'packages/mongo-store/main.js')).find((file) => existsSync(file));
    if (built) return built;
  }
  throw new AppError('SETTINGS_WRONG', texts.notBuilt);
}

async function startMongod(program: string, folder: string): Promise<FoundMongodb> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const socket = join(folder, 'mongodb-27017.sock');
  const child = startChild(
    program,
    [
      '--dbpath',
      folder,
      '--replSet',
      'rs0',
      '--unixSocketPrefix',
      folder,
      '--bind_ip',
      socket,
      '--port',
      '27017',
      '--quiet',
      '--logpath',
      join(folder, 'mongod.log'),
    ],
    ['ignore', 'ignore', 'inherit'],
  );
  const address = (database: string): string => `mongodb://${encodeURIComponent(socket)}/${database}?directConnection=true`;
  await untilReady(child, 'mongod', () => isPrimary(address('admin'), socket));
  return {
    kind: 'mongod',
    uri: address,
    describe: texts.mongodUsed(program, folder),
    ended: endOf(child),
    stop: () => stopChild(child),
  };
}

/** Whether the server accepts writes; a new one is first made a replica set of one. */
async function isPrimary(uri: string, socket: string): Promise<boolean> {
  if (!existsSync(socket)) return false;
  const connection = mongoose.createConnection(uri, { serverSelectionTimeoutMS: 1000 });
  try {
    await connection.asPromise();
    const admin = connection.getClient().db('admin');
    const hello = await admin.command({ hello: 1 });
    if (hello['isWritablePrimary'] === true) return true;
    if (!hello['setName']) await admin.command({ replSetInitiate: { _id: 'rs0', members: [{ _id: 0, host: socket }] } });
    return false;
  } catch {
    return false;
  } finally {
    await connection.close();
  }
}
