import { WebSocket } from 'ws';
import type { Steady } from '../../../foundation/clock';
import { type Ack, type DownFrame, mostBytes, readFrame, taken, writeAck } from './frames';

/** Why a connection ended. 'unreachable': it never opened. */
export type ConnectionEnd = 'closed' | 'silence' | 'unreachable' | 'stopped';

interface ConnectionOptions {
  url: URL;
  steady: Steady;
  /** How often the connection looks at the time. */
  tickMs: number;
  onLive: () => void;
  /** Callbacks and events; each is acked by what this resolves with. Never rejects. */
  onFrame: (frame: DownFrame) => Promise<Ack>;
  /** No more messages come over this one: another must be opened, then this one closed. */
  onLeaving: () => void;
  /** What could not be read; its size only, it may hold anything. */
  onMalformed: (bytes: number) => void;
  /** Once, whatever the reason. */
  onEnd: (end: ConnectionEnd) => void;
}

const openWithinMs = 10_000;
const pingEveryMs = 20_000;
/** Three pings without a sign of life: half open, the most reported fault of this platform. */
const silenceMs = 65_000;
/** The gateway pings regularly by frames. Where the socket lives and no frame comes, the gateway has forgotten us. */
const forgottenMs = 600_000;

/** One WebSocket from opening to its end; never reopened, and always terminated, so that no socket is left. */
export class StreamConnection {
  private readonly socket: WebSocket;
  private readonly beat: NodeJS.Timeout;
  private readonly openedAt: number;
  private heardAt: number;
  private framedAt: number;
  private pingedAt: number;
  private state: 'opening' | 'live' | 'leaving' | 'ended' = 'opening';

  constructor(private readonly options: ConnectionOptions) {
    this.openedAt = this.heardAt = this.framedAt = this.pingedAt = options.steady();
    this.socket = new WebSocket(options.url, { maxPayload: mostBytes, perMessageDeflate: false, handshakeTimeout: openWithinMs });
    this.socket.on('open', () => this.opened());
    this.socket.on('message', (data: Buffer, binary) => this.hear(data, binary));
    this.socket.on('pong', () => this.heard());
    this.socket.on('ping', () => this.heard());
    this.socket.on('close', () => this.end(this.state === 'opening' ? 'unreachable' : 'closed'));
    // 'close' follows every error; without a listener the error itself would end the process.
    this.socket.on('error', () => undefined);
    this.beat = setInterval(() => this.look(), options.tickMs);
  }

  /** Reads no further, until `resume`: the platform keeps what we have no room for. */
  pause(): void {
    this.socket.pause();
  }

  resume(): void {
    this.heardAt = this.framedAt = this.options.steady();
    this.socket.resume();
  }

  close(): void {
    this.end('stopped');
  }

  private opened(): void {
    if (this.state !== 'opening') return;
    this.state = 'live';
    this.heard();
    this.options.onLive();
  }

  private heard(): void {
    this.heardAt = this.options.steady();
  }

  private hear(data: Buffer, binary: boolean): void {
    if (this.state === 'ended') return;
    this.heard();
    this.framedAt = this.heardAt;
    const frame = binary ? null : readFrame(data.toString('utf8'));
    if (!frame) return this.options.onMalformed(data.length);
    if (frame.type === 'SYSTEM') return this.obey(frame);
    void this.options.onFrame(frame).then((ack) => this.ack(frame, ack));
  }

  private obey(frame: DownFrame): void {
    // A ping wants its own data back; the others look at the code only.
    this.ack(frame, frame.headers.topic === 'ping' ? { code: 200, data: frame.data } : taken());
    if (frame.headers.topic === 'disconnect') this.leave();
  }

  private leave(): void {
    if (this.state !== 'live') return;
    this.state = 'leaving';
    this.options.onLeaving();
  }

  private ack(frame: DownFrame, ack: Ack): void {
    // What is not acked comes again, and the inbox knows it by its own id.
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(writeAck(frame.headers.messageId, ack));
  }

  private look(): void {
    const now = this.options.steady();
    if (this.state === 'opening' && now - this.openedAt > openWithinMs) return this.end('unreachable');
    if (this.state === 'opening' || this.socket.isPaused) return;
    if (now - this.heardAt > silenceMs) return this.end('silence');
    if (now - this.framedAt > forgottenMs) this.leave();
    if (now - this.pingedAt < pingEveryMs) return;
    this.pingedAt = now;
    this.socket.ping();
  }

  private end(end: ConnectionEnd): void {
    if (this.state === 'ended') return;
    this.state = 'ended';
    clearInterval(this.beat);
    this.socket.terminate();
    this.options.onEnd(end);
  }
}
