import { connect, type Socket } from 'node:net';
import type { Shot } from './messages';

/** An acknowledged message: what was sent, what came back, how long it took. */
export interface Answered {
  shot: Shot;
  body: string;
  ms: number;
}

export interface Turn {
  answered: Answered[];
  /** Answers other than 200. */
  refused: number;
  seconds: number;
}

/** One connection that is kept, with one request at a time on it. */
class Wire {
  private got: Buffer = Buffer.alloc(0);
  private take: ((answer: { status: number; body: string }) => void) | null = null;
  private fail: ((error: Error) => void) | null = null;

  private constructor(private readonly socket: Socket) {
    socket.setNoDelay(true);
    socket.on('data', (chunk) => this.read(chunk));
    socket.on('error', (error) => this.fail?.(error));
    socket.on('close', () => this.fail?.(new Error('the server closed the connection')));
  }

  static open(port: number): Promise<Wire> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () => resolve(new Wire(socket)));
      socket.once('error', reject);
    });
  }

  send(bytes: Buffer): Promise<{ status: number; body: string }> {
    return new Promise((take, fail) => {
      this.take = take;
      this.fail = fail;
      this.socket.write(bytes);
    });
  }

  close(): void {
    this.fail = null;
    this.socket.destroy();
  }

  private read(chunk: Buffer): void {
    this.got = this.got.length === 0 ? chunk : Buffer.concat([this.got, chunk]);
    const end = this.got.indexOf('\r\n\r\n');
    if (end < 0) return;
    const head = this.got.toString('latin1', 0, end);
    const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
    if (this.got.length < end + 4 + length) return;
    const body = this.got.toString('utf8', end + 4, end + 4 + length);
    this.got = this.got.subarray(end + 4 + length);
    this.take?.({ status: Number(head.slice(9, 12)), body });
  }
}

/** Sends the shots over `width` connections, the next as soon as one is answered, until none is left or the time is up. */
export async function fire(port: number, shots: readonly Shot[], { width, seconds }: { width: number; seconds: number }): Promise<Turn> {
  const wires = await Promise.all(Array.from({ length: width }, () => Wire.open(port)));
  const turn: Turn = { answered: [], refused: 0, seconds: 0 };
  let next = 0;
  const start = performance.now();
  const end = start + seconds * 1_000;
  await Promise.all(
    wires.map(async (wire) => {
      for (let at = performance.now(); next < shots.length && at < end; at = performance.now()) {
        const shot = shots[next++] as Shot;
        const { status, body } = await wire.send(shot.bytes);
        if (status === 200 && body !== '') turn.answered.push({ shot, body, ms: performance.now() - at });
        else turn.refused += 1;
      }
    }),
  );
  turn.seconds = (performance.now() - start) / 1_000;
  for (const wire of wires) wire.close();
  return turn;
}

/** Asks again and again until the server answers; for the time from a process's start. */
export async function untilAnswered(port: number, shot: Shot, patienceMs = 30_000): Promise<string> {
  for (const end = performance.now() + patienceMs; performance.now() < end; ) {
    const wire = await Wire.open(port).catch(() => null);
    const answer = await wire?.send(shot.bytes).catch(() => null);
    wire?.close();
    if (answer?.status === 200 && answer.body !== '') return answer.body;
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  throw new Error(`nothing answered on port ${port}`);
}
