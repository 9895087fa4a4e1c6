import type { Socket } from 'node:net';
import type { Store } from './command';
import { failure, run } from './commands';
import { StoreError } from './failure';
import { readRequest, takeMessages, writeReply } from './wire';

const mostPending = 1000;

/** Serves one client: takes messages from its bytes, runs commands, several at a time, and answers each when done. */
export function serve(socket: Socket, store: Store): void {
  let rest: Buffer[] = [];
  let size = 0;
  let pending = 0;
  const finish = (): void => {
    pending--;
    if (pending < mostPending / 2 && socket.isPaused()) socket.resume();
  };
  socket.setNoDelay(true);
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk: Buffer) => {
    rest.push(chunk);
    size += chunk.length;
    // A long message arrives in many chunks: they are joined when it is complete, not at each.
    if (rest.length > 1 && size < expected(rest)) return;
    try {
      const taken = takeMessages(rest.length === 1 ? chunk : Buffer.concat(rest));
      rest = taken.rest.length > 0 ? [taken.rest] : [];
      size = taken.rest.length;
      for (const message of taken.messages) {
        pending++;
        void answer(socket, store, message).finally(finish);
      }
      if (pending > mostPending || socket.writableLength > 64 * 1024 * 1024) socket.pause();
    } catch (error) {
      // Nothing after a wrong length can be trusted.
      if (!(error instanceof StoreError)) throw error;
      socket.destroy();
    }
  });
  socket.on('drain', () => socket.resume());
}

function expected(chunks: Buffer[]): number {
  const [first] = chunks as [Buffer];
  return first.length >= 4 ? first.readInt32LE(0) : 0;
}

async function answer(socket: Socket, store: Store, message: Buffer): Promise<void> {
  const head = { id: message.readInt32LE(4), legacy: false };
  try {
    const request = readRequest(message);
    const reply = await run(store, request);
    if (!request.silent && socket.writable) socket.write(writeReply(request, reply));
  } catch (error) {
    if (socket.writable) socket.write(writeReply(head, failure(error)));
    socket.end();
  }
}
