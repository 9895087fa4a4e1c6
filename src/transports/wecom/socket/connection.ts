import { WebSocket } from 'ws';
import type { Steady } from '../../../foundation/clock';
import { type CallbackFrame, type Command, isTakenOver, mostBytes, newReqId, readFrame, writeFrame } from './frames';
import { type AckOutcome, PendingAcks } from './pending-acks';

/** Why a connection ended. 'kicked': another connection took the bot over. 'denied': bot id or secret refused, with the errcode. */
export type ConnectionEnd =
  | { why: 'kicked' | 'silence' | 'babble' | 'closed' | 'unreachable' | 'stopped' }
  | { why: 'denied'; errcode: number };

interface ConnectionOptions {
  url: string;
  botId: string;
  secret: string;
  steady: Steady;
  /** How often the connection looks at the time. */
  tickMs: number;
  /** Subscribed: messages may come. */
  onLive: () => void;
  onCallback: (frame: CallbackFrame) => void;
  /** What could not be read; its size only, it may hold anything. */
  onMalformed: (bytes: number) => void;
  /** Once, whatever the reason. */
  onEnd: (end: ConnectionEnd) => void;
}

const openWithinMs = 10_000;
const ackWithinMs = 5_000;
const pingEveryMs = 30_000;
/** Two pings without an answer. */
const silenceMs = 65_000;
const mostBuffered = 4_194_304;
/** Whoever sends that many is not WeCom, or no longer the one we know. */
const mostMalformed = 100;

/** One connection of the bot, from opening to its end; never reopened. */
export class BotConnection {
  private readonly socket: WebSocket;
  private readonly acks: PendingAcks;
  private readonly beat: NodeJS.Timeout;
  private readonly subscription = newReqId('aibot_subscribe');
  private readonly openedAt: number;
  private malformedFrames = 0;
  private heardAt: number;
  private pingedAt: number;
  private state: 'opening' | 'live' | 'ended' = 'opening';

  constructor(private readonly options: ConnectionOptions) {
    this.openedAt = this.heardAt = this.pingedAt = options.steady();
    this.acks = new PendingAcks(options.steady, ackWithinMs);
    this.socket = new WebSocket(options.url, { maxPayload: mostBytes, perMessageDeflate: false, handshakeTimeout: openWithinMs });
    this.socket.on('open', () => this.subscribe());
    this.socket.on('message', (data: Buffer, binary) => this.hear(data, binary));
    this.socket.on('close', () => this.end({ why: this.state === 'live' ? 'closed' : 'unreachable' }));
    // 'close' follows every error; without a listener the error itself would end the process.
    this.socket.on('error', () => undefined);
    this.beat = setInterval(() => this.look(), options.tickMs);
  }

  get live(): boolean {
    return this.state === 'live';
  }

  /** Sends and waits for the acknowledgement, at most 5 s. `reqId`: of the callback it answers; its own when absent. */
  ask(command: Command, body?: object, reqId = newReqId(command)): Promise<AckOutcome> {
    if (this.socket.readyState !== WebSocket.OPEN || this.state === 'ended')
      return Promise.resolve({ kind: 'never', code: 'not connected' });
    if (this.socket.bufferedAmount > mostBuffered) return Promise.resolve({ kind: 'never', code: 'congested' });
    const acknowledged = this.acks.wait(reqId);
    this.socket.send(writeFrame(command, reqId, body));
    return acknowledged;
  }

  /** Reads no further, until `resume`: the platform keeps what we have no room for. */
  pause(): void {
    this.socket.pause();
  }

  resume(): void {
    this.heardAt = this.options.steady();
    this.socket.resume();
  }

  close(): void {
    this.end({ why: 'stopped' });
  }

  private subscribe(): void {
    const { botId, secret } = this.options;
    this.socket.send(writeFrame('aibot_subscribe', this.subscription, { bot_id: botId, secret }));
  }

  // At once, not in a later turn: the first message may stand right behind the acknowledgement.
  private subscribed(errcode: number): void {
    if (this.state !== 'opening') return;
    if (errcode !== 0) return this.end({ why: 'denied', errcode });
    this.state = 'live';
    this.options.onLive();
  }

  private hear(data: Buffer, binary: boolean): void {
    if (this.state === 'ended') return;
    this.heardAt = this.options.steady();
    const frame = binary ? null : readFrame(data.toString('utf8'));
    if (!frame) return this.malformed(data.length);
    if (frame.kind === 'ack' && frame.reqId === this.subscription) this.subscribed(frame.errcode);
    else if (frame.kind === 'ack') this.acks.acknowledge(frame.reqId, frame.errcode);
    // Before we are subscribed nothing can be meant for us.
    else if (frame.kind !== 'callback' || !this.live) return;
    else if (isTakenOver(frame)) this.end({ why: 'kicked' });
    else this.options.onCallback(frame);
  }

  private malformed(bytes: number): void {
    this.options.onMalformed(bytes);
    if ((this.malformedFrames += 1) >= mostMalformed) this.end({ why: 'babble' });
  }

  private look(): void {
    const now = this.options.steady();
    this.acks.expire();
    if (this.state === 'opening' && now - this.openedAt > openWithinMs) return this.end({ why: 'unreachable' });
    if (!this.live || this.socket.isPaused) return;
    if (now - this.heardAt > silenceMs) return this.end({ why: 'silence' });
    if (now - this.pingedAt < pingEveryMs) return;
    this.pingedAt = now;
    void this.ask('ping');
  }

  private end(end: ConnectionEnd): void {
    if (this.state === 'ended') return;
    this.state = 'ended';
    clearInterval(this.beat);
    this.socket.terminate();
    this.acks.abandon();
    this.options.onEnd(end);
  }
}
