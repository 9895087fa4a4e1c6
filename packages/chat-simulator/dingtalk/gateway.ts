import { randomInt } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { SimulatorClock } from '../options';
import { randomId } from '../random-id';
import { type ApiAnswer, failure, success } from './api-answer';
import { type Ack, type Frame, type FrameType, readAck, writeFrame } from './frames';
import type { RobotApp } from './options';

interface GatewayParts {
  app: RobotApp;
  clock: SimulatorClock;
  base: () => string;
  /** The robot receives by Stream; else the gateway refuses. */
  on: boolean;
  ackWithinMs: number;
  pingEveryMs: number;
  closeAfterMs: number;
  fault: (line: string) => void;
}

interface Line {
  id: string;
  socket: WebSocket;
  /** 'TYPE topic' */
  subscribed: ReadonlySet<string>;
  /** Told to go: gets nothing any more. */
  leaving: boolean;
}

const ticketLifeMs = 90_000;
const frameBytes = 1_048_576;

/** The gateway of Stream mode: gives tickets, keeps any number of connections, picks one at random for each frame. */
export class Gateway {
  private readonly server = new WebSocketServer({ noServer: true, maxPayload: frameBytes, autoPong: false });
  private readonly tickets = new Map<string, { until: number; subscribed: ReadonlySet<string> }>();
  private readonly lines = new Set<Line>();
  /** Frames that may be acked and need not. */
  private readonly unawaited = new Set<string>();
  private readonly waiting = new Map<string, (ack: Ack | null) => void>();
  private readonly beat: NodeJS.Timeout;
  private mute = false;
  /** How often a connection was asked for. */
  asked = 0;

  constructor(private readonly parts: GatewayParts) {
    this.beat = setInterval(() => void this.ping(), parts.pingEveryMs);
    this.beat.unref();
  }

  /** Connections that would be given a message now. */
  get live(): number {
    return [...this.lines].filter(({ leaving }) => !leaving).length;
  }

  /** Sockets that are open, those told to go included. */
  get open(): number {
    return this.lines.size;
  }

  /** POST /v1.0/gateway/connections/open */
  openConnection({ clientId, clientSecret, subscriptions }: Record<string, unknown>): ApiAnswer {
    this.asked += 1;
    const { app, on, clock, base } = this.parts;
    if (clientId !== app.clientId || clientSecret !== app.clientSecret)
      return failure('invalidClientIdOrSecret', 'wrong clientId or clientSecret');
    if (!on) return failure('invalidMode', 'the robot of this app does not receive by Stream');
    const subscribed = subscriptionsIn(subscriptions);
    if (!subscribed) return failure('invalidSubscriptions', 'subscriptions must be a list of type and topic');
    const ticket = randomId(20);
    this.tickets.set(ticket, { until: clock.now().getTime() + ticketLifeMs, subscribed });
    return success({ endpoint: `${base().replace('http', 'ws')}/connect`, ticket });
  }

  /** A client comes with its ticket, which works once and for 90 seconds. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://gateway');
    const name = searchParams.get('ticket') ?? '';
    const ticket = this.tickets.get(name);
    this.tickets.delete(name);
    if (pathname !== '/connect' || !ticket || ticket.until <= this.parts.clock.now().getTime()) {
      socket.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\n\r\n');
      return;
    }
    this.server.handleUpgrade(request, socket, head, (client) => this.greet(client, ticket.subscribed));
  }

  /** Sends to one connection that has subscribed to it and waits for its ack; null when there is none in time. */
  async deliver(frame: Frame): Promise<Ack | null> {
    const able = [...this.lines].filter((line) => !line.leaving && takes(line, frame.type, frame.topic));
    const line = able.length > 0 ? able[randomInt(able.length)] : undefined;
    return line ? this.send(line, frame) : null;
  }

  /** Sends to any connection, whether it has asked for such frames or not. */
  async push(frame: Frame): Promise<Ack | null> {
    const line = [...this.lines].find(({ leaving }) => !leaving);
    return line ? this.send(line, frame) : null;
  }

  /** A SYSTEM ping to every connection; true when all of them gave the data back. */
  async ping(): Promise<boolean> {
    const opaque = randomId();
    const lines = [...this.lines].filter(({ leaving }) => !leaving);
    const acks = await Promise.all(lines.map((line) => this.send(line, { type: 'SYSTEM', topic: 'ping', data: { opaque } })));
    return acks.every((ack) => ack?.code === 200 && ack.data['opaque'] === opaque);
  }

  /** Tells every connection that it gets nothing any more, and ends it some seconds later. */
  disconnect(reason = 'persistent connection is timeout'): void {
    for (const line of this.lines) {
      line.leaving = true;
      this.unawaited.add(this.write(line, { type: 'SYSTEM', topic: 'disconnect', data: { reason } }));
      setTimeout(() => line.socket.close(1000), this.parts.closeAfterMs).unref();
    }
  }

  /** Puts any text on every connection, whatever it is. */
  raw(text: string | Buffer): void {
    for (const { socket } of this.lines) socket.send(text);
  }

  /** The network breaks every connection without a word. */
  drop(): void {
    for (const { socket } of this.lines) socket.terminate();
  }

  /** The network swallows everything in both directions while connections look open. */
  silence(on: boolean): void {
    this.mute = on;
  }

  close(): void {
    clearInterval(this.beat);
    this.drop();
    for (const settle of this.waiting.values()) settle(null);
    this.server.close();
  }

  private greet(socket: WebSocket, subscribed: ReadonlySet<string>): void {
    const line: Line = { id: randomId(), socket, subscribed, leaving: false };
    this.lines.add(line);
    socket.on('message', (data: Buffer, binary) => this.hear(binary ? '' : data.toString('utf8')));
    socket.on('ping', (data: Buffer) => {
      if (!this.mute) socket.pong(data);
    });
    socket.on('error', (error) => this.parts.fault(`stream: ${error.message}`));
    socket.on('close', () => this.lines.delete(line));
  }

  private hear(text: string): void {
    if (this.mute) return;
    const read = readAck(text);
    if (typeof read === 'string') return this.parts.fault(`stream: an ack that is none: ${read}`);
    const settle = this.waiting.get(read.messageId);
    if (settle) settle(read.ack);
    else if (!this.unawaited.delete(read.messageId)) this.parts.fault('stream: an ack for nothing, or the second for one frame');
  }

  private send(line: Line, frame: Frame): Promise<Ack | null> {
    const messageId = this.write(line, frame);
    return new Promise((resolve) => {
      const settle = (ack: Ack | null): void => {
        clearTimeout(timer);
        this.waiting.delete(messageId);
        resolve(ack);
      };
      const timer = setTimeout(() => settle(null), this.parts.ackWithinMs);
      this.waiting.set(messageId, settle);
    });
  }

  private write(line: Line, frame: Frame): string {
    const { messageId, text } = writeFrame(frame, line.id, this.parts.clock.now());
    if (!this.mute) line.socket.send(text);
    return messageId;
  }
}

const takes = ({ subscribed }: Line, type: FrameType, topic: string): boolean =>
  subscribed.has(`${type} ${topic}`) || (type === 'EVENT' && subscribed.has('EVENT *'));

function subscriptionsIn(value: unknown): ReadonlySet<string> | null {
  if (!Array.isArray(value) || value.length === 0) return null;
  const each = value.map((one) => one as { type?: unknown; topic?: unknown });
  // SYSTEM is asked for by the official Go client, and always sent.
  const whole = each.every(
    ({ type, topic }) => (type === 'EVENT' || type === 'CALLBACK' || type === 'SYSTEM') && typeof topic === 'string' && topic !== '',
  );
  return whole ? new Set(each.map(({ type, topic }) => `${String(type)} ${String(topic)}`)) : null;
}
