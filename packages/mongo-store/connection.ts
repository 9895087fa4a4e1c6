import type { Socket } from 'node:net';
import type { Outcome, Reply, Store } from './command';
import { failure, run } from './commands';
import { NotDone, StoreError } from './failure';
import { type Request, readRequest, takeMessages, writeReply } from './wire';

/** Answers a client has not taken yet: beyond this its next commands wait. */
const mostUnread = 1024 * 1024;
/** Messages of all connections that have not come to their end, or wait for their turn. */
const mostUnfinished = 256 * 1024 * 1024;
let unfinished = 0;

/** Serves one client: takes messages from its bytes, runs commands, several at a time, and answers each when done. */
export function serve(socket: Socket, store: Store, host: string): void {
  new Connection(socket, store, host);
}

class Connection {
  private rest: Buffer[] = [];
  private size = 0;
  private readonly waiting: Buffer[] = [];
  private working = false;

  constructor(
    private readonly socket: Socket,
    private readonly store: Store,
    private readonly host: string,
  ) {
    socket.setNoDelay(true);
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk: Buffer) => this.take(chunk));
    socket.on('close', () => this.forget(this.size));
  }

  private take(chunk: Buffer): void {
    this.rest.push(chunk);
    this.size += chunk.length;
    unfinished += chunk.length;
    if (unfinished > mostUnfinished) {
      this.socket.destroy();
      return;
    }
    // A long message arrives in many chunks: they are joined when it is complete, not at each.
    if (this.rest.length > 1 && this.size < expected(this.rest)) return;
    try {
      const { messages, rest } = takeMessages(this.rest.length === 1 ? chunk : Buffer.concat(this.rest));
      this.forget(this.size - rest.length);
      this.rest = rest.length > 0 ? [rest] : [];
      this.waiting.push(...messages);
      if (!this.working) void this.work();
    } catch (error) {
      // Nothing after a wrong length can be trusted.
      if (!(error instanceof StoreError)) throw error;
      this.socket.destroy();
    }
  }

  private forget(bytes: number): void {
    this.size -= bytes;
    unfinished -= bytes;
  }

  /** Runs what has come. No more is read meanwhile, and nothing is run for a client that does not take its answers. */
  private async work(): Promise<void> {
    this.working = true;
    for (let message = this.waiting.shift(); message && !this.socket.destroyed; message = this.waiting.shift()) {
      const answered = this.answer(message);
      if (this.waiting.length === 0 && this.socket.writableLength < mostUnread) break;
      this.socket.pause();
      // A read is answered at once; a write waits for the disk, and what follows it need not.
      await Promise.race([answered, new Promise(setImmediate)]);
      while (this.socket.writableLength > mostUnread && !this.socket.destroyed) await drained(this.socket);
    }
    this.working = false;
    this.socket.resume();
  }

  private end(request: Request, outcome: Outcome): void {
    if (outcome === 'close') this.socket.destroy();
    else if (outcome !== 'silence') send(this.socket, request, outcome.reply);
  }

  /** Answers one message: at once when its command is done at once, which spares a read the turns of a promise. */
  private answer(message: Buffer): Promise<void> | undefined {
    const { socket, store, host } = this;
    // What is no message of the protocol ends the connection. A right message with a value that is not done does not, and a
    // wrong command in it is answered by `run`.
    const giveUp = (error: unknown): void => {
      if (socket.writable) socket.write(writeReply({ id: message.readInt32LE(4), legacy: false }, failure(error)));
      if (!(error instanceof NotDone)) socket.end();
    };
    try {
      const request = { ...readRequest(message), host };
      const fault = store.faults?.meet(request);
      if (fault) return fault.play(() => run(store, request)).then((outcome) => this.end(request, outcome), giveUp);
      const reply = run(store, request);
      if (reply instanceof Promise) return reply.then((later) => send(socket, request, later)).catch(giveUp);
      send(socket, request, reply);
    } catch (error) {
      giveUp(error);
    }
    return undefined;
  }
}

function drained(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      socket.off('drain', done).off('close', done);
      resolve();
    };
    socket.on('drain', done).on('close', done);
  });
}

function expected(chunks: Buffer[]): number {
  const [first] = chunks as [Buffer];
  return first.length >= 4 ? first.readInt32LE(0) : 0;
}

function send(socket: Socket, request: Request, reply: Reply): void {
  if (!request.silent && socket.writable) socket.write(writeReply(request, reply));
}
