import { hostname } from 'node:os';
import { ObjectId, Timestamp } from 'bson';
import type { Command, Reply, Store } from './command';
import { maxBatch, maxDocument, maxMessage } from './wire';

/** The MongoDB version whose behaviour the store shows; a client that needs to know reads `builtInStore`. */
export const version = '7.0.0';

/** The name of the set whose only member this is. */
export const setName = 'rs0';

export function hello(command: Command): Reply {
  const { store, request } = command;
  return {
    helloOk: true,
    ...(command.name === 'hello' ? { isWritablePrimary: true } : { ismaster: true }),
    ...member(store, request.host),
    // No topologyVersion: with it the driver asks for a stream of hellos, which this store does not send; it polls instead.
    maxBsonObjectSize: maxDocument,
    maxMessageSizeBytes: maxMessage,
    maxWriteBatchSize: maxBatch,
    localTime: command.store.now(),
    logicalSessionTimeoutMinutes: 30,
    connectionId: 1,
    minWireVersion: 0,
    maxWireVersion: 21,
    readOnly: false,
    ok: 1,
  };
}

/** A replica set of one, always its primary. Drivers send retryable writes to such only. */
function member({ startedAt, documents }: Store, host = 'localhost'): Reply {
  const lastWriteDate = documents.engine.lastWrite ?? startedAt;
  const opTime = { ts: new Timestamp({ t: Math.floor(lastWriteDate.getTime() / 1000), i: 1 }), t: 1n };
  return {
    setName,
    setVersion: 1,
    hosts: [host],
    primary: host,
    me: host,
    secondary: false,
    // Greater at each start: a driver takes a smaller one for a primary that was deposed.
    electionId: new ObjectId(`7fffffff${startedAt.getTime().toString(16).padStart(16, '0')}`),
    lastWrite: { opTime, lastWriteDate, majorityOpTime: opTime, majorityWriteDate: lastWriteDate },
  };
}

export const ping = (): Reply => ({ ok: 1 });

export const buildInfo = (): Reply => ({
  version,
  versionArray: [7, 0, 0, 0],
  gitVersion: 'built-in store',
  builtInStore: true,
  modules: [],
  allocator: 'system',
  javascriptEngine: 'none',
  sysInfo: 'deprecated',
  storageEngines: ['lmdb'],
  bits: 64,
  debug: false,
  maxBsonObjectSize: maxDocument,
  ok: 1,
});

export function serverStatus(command: Command): Reply {
  const uptime = (command.store.now().getTime() - command.store.startedAt.getTime()) / 1000;
  const memory = process.memoryUsage();
  return {
    host: hostname(),
    version,
    process: 'lianxinqiao built-in store',
    pid: BigInt(process.pid),
    uptime,
    localTime: command.store.now(),
    connections: { current: command.store.connections(), available: 1000 },
    mem: { bits: 64, resident: Math.round(memory.rss / 1_048_576) },
    metrics: { cursor: { open: { total: command.store.cursors.size } } },
    storageEngine: { name: 'lmdb', persistent: true },
    ok: 1,
  };
}

export const done = (): Reply => ({ ok: 1 });
