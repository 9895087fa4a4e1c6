import { create, drop, dropDatabase, listCollections, listDatabases } from './collections';
import { Command, type Handler, type Reply, type Store } from './command';
import * as admin from './commands-admin';
import { aggregate } from './commands-aggregate';
import { explain } from './commands-explain';
import { count, distinct, find, getMore, killCursors } from './commands-read';
import { findAndModify, insert, remove, update } from './commands-write';
import { StoreError } from './failure';
import { createIndexes, dropIndexes, listIndexes } from './indexes';
import type { Request } from './wire';

const handlers = new Map<string, Handler>(
  Object.entries({
    hello: admin.hello,
    ismaster: admin.hello,
    isMaster: admin.hello,
    ping: admin.ping,
    buildInfo: admin.buildInfo,
    buildinfo: admin.buildInfo,
    serverStatus: admin.serverStatus,
    endSessions: admin.done,
    refreshSessions: admin.done,
    find,
    getMore,
    killCursors,
    count,
    distinct,
    aggregate,
    insert,
    update,
    delete: remove,
    findAndModify,
    findandmodify: findAndModify,
    create,
    drop,
    dropDatabase,
    createIndexes,
    dropIndexes,
    deleteIndexes: dropIndexes,
    listCollections,
    listDatabases,
    listIndexes,
    explain,
    configureFailPoint: (command: Command) => {
      if (!command.store.faults) throw unknown(command.name);
      return command.store.faults.configure(command);
    },
  }),
);

/** Runs one command and gives its answer; errors become answers in MongoDB's shape. */
export function run(store: Store, request: Request): Reply | Promise<Reply> {
  try {
    const command = new Command(request, store);
    const handler = handlers.get(command.name);
    if (!handler) throw unknown(command.name);
    const reply = handler(command);
    return reply instanceof Promise ? reply.catch(failure) : reply;
  } catch (error) {
    return failure(error);
  }
}

const unknown = (name: string): StoreError =>
  new StoreError('CommandNotFound', `no such command: '${name}' (the built-in store does not do it)`);

export function failure(error: unknown): Reply {
  if (error instanceof StoreError) return { ok: 0, errmsg: error.message, code: error.code, codeName: error.codeName, ...error.extra };
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { ok: 0, errmsg: `A fault of the built-in store: ${text}`, code: 1, codeName: 'InternalError' };
}
