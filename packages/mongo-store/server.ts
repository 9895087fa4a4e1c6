import { chmodSync, mkdirSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { join, resolve } from 'node:path';
import { Catalog } from './catalog';
import type { Store } from './command';
import { serve } from './connection';
import { Cursors } from './cursors';
import { Documents } from './documents';
import { Engine } from './engine';
import { Faults } from './faults';
import { lockFolder } from './folder-lock';
import { Sweeper } from './sweeper';
import { startExpiry } from './ttl';

export interface RunningStore {
  /** The address of a database for the driver or mongoose. */
  uri(database: string): string;
  socket?: string;
  port?: number;
  close: () => Promise<void>;
}

export interface StoreOptions {
  folder: string;
  /** Path of the Unix socket; without it and without a port, `store.sock` in the folder. */
  socket?: string;
  /** Loopback TCP port; 0 for any free one. */
  port?: number;
  /** Lets clients tell it to misbehave (`configureFailPoint`): for tests only. */
  faults?: boolean;
}

/** Further ones are closed at once. */
const maxConnections = 1000;

// A Unix socket's path has 107 bytes at most on Linux; macOS has 103.
const longestSocket = 103;

/** Starts the built-in store on its data folder. Throws when another live process uses the folder. */
export async function startStore(options: StoreOptions): Promise<RunningStore> {
  const folder = resolve(options.folder);
  const sockets = new Set<Socket>();
  if (options.faults && process.env['NODE_ENV'] === 'production')
    throw new Error('A store that misbehaves is for tests, never for production.');
  const { store, close } = await openFolder(folder, () => sockets.size);
  if (options.faults) store.faults = new Faults();
  const stopExpiry = startExpiry(store);
  const onConnection = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    serve(socket, store, socket.localPort === undefined ? path : `127.0.0.1:${socket.localPort}`);
  };
  const path = options.socket ?? join(folder, 'store.sock');
  const servers: Server[] = [];
  const stop = async (): Promise<void> => {
    stopExpiry();
    for (const open of sockets) open.destroy();
    await Promise.all(servers.map((server) => new Promise((closed) => server.close(closed))));
    await close();
  };
  try {
    const socket = options.socket !== undefined || options.port === undefined ? path : undefined;
    if (socket !== undefined) servers.push(await listenSocket(socket, onConnection));
    const tcp = options.port === undefined ? undefined : await listen(onConnection, { port: options.port, host: '127.0.0.1' });
    if (tcp) servers.push(tcp);
    return { ...addresses(socket, tcp), close: stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function addresses(socket: string | undefined, tcp: Server | undefined): Omit<RunningStore, 'close'> {
  const address = tcp?.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return {
    // Drivers write the members of a set in small letters, which a path does not survive: nobody shall look for them.
    uri: (database) => `mongodb://${socket ? encodeURIComponent(socket) : `127.0.0.1:${port}`}/${database}?directConnection=true`,
    ...(socket ? { socket } : {}),
    ...(port === undefined ? {} : { port }),
  };
}

/** Claims a data folder and opens the store in it, without a network. */
export async function openFolder(folder: string, connections?: () => number): Promise<{ store: Store; close: () => Promise<void> }> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
  const unlock = lockFolder(folder);
  const store = openStore(folder, connections);
  await store.sweeper.sweep();
  const close = async (): Promise<void> => {
    await store.sweeper.stop();
    await store.documents.engine.close();
    unlock();
  };
  return { store, close };
}

/** The store itself, without a network and without a claim on its folder. */
export function openStore(folder: string, connections: () => number = () => 0): Store {
  const engine = new Engine(join(folder, 'data'));
  const now = (): Date => new Date();
  const documents = new Documents(engine, new Catalog(engine));
  return {
    documents,
    cursors: new Cursors(() => Date.now()),
    sweeper: new Sweeper(documents),
    now,
    startedAt: now(),
    connections,
  };
}

async function listenSocket(path: string, onConnection: (socket: Socket) => void): Promise<Server> {
  if (Buffer.byteLength(path) > longestSocket) {
    throw new Error(
      `The path of the store's socket is too long for the system (${longestSocket} bytes): ${path}. Choose a shorter data folder.`,
    );
  }
  // The folder is ours alone, so a socket that is still there was left by a process that died.
  rmSync(path, { force: true });
  const server = await listen(onConnection, { path });
  chmodSync(path, 0o600);
  return server;
}

function listen(onConnection: (socket: Socket) => void, where: { path: string } | { port: number; host: string }): Promise<Server> {
  return new Promise((listening, failed) => {
    const server = createServer(onConnection);
    server.maxConnections = maxConnections;
    server.once('error', failed);
    server.listen(where, () => {
      server.off('error', failed);
      listening(server);
    });
  });
}
