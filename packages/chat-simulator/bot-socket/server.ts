import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { type WebSocket, WebSocketServer } from 'ws';
import { type ApiAnswer, failure, success } from '../api-answer';
import type { ApiCalls } from '../api-calls';
import type { Payload } from '../bot-payload';
import type { FaultSwitches } from '../faults';
import type { BotSettings, SimulatorClock } from '../options';
import { randomId } from '../random-id';
import { hasBadEscape } from '../unicode-escapes';
import { type AppFrame, acknowledgement, callbackFrame, readAppFrame } from './frame';

interface SocketServerParts {
  bot: BotSettings;
  clock: SimulatorClock;
  faults: FaultSwitches;
  calls: ApiCalls;
  fault: (line: string) => void;
  /** What WeCom does with a frame over the live connection. */
  obey: (frame: AppFrame) => ApiAnswer;
  disconnectedEvent: () => Payload;
}

/** The largest upload chunk in base64, with room around it. */
const frameBytes = 1_048_576;
/** "Do not loop it"; the number is ours. */
const subscriptionsPerMinute = 30;
/** Measured on the real one: 2 s to 5 min. */
const kickDelayMs = 30;

/** WeCom's end of the bot's long connection: one live connection, the older one is thrown out. */
export class BotSocketServer {
  private readonly server = new WebSocketServer({ noServer: true, maxPayload: frameBytes });
  private readonly subscriptions: number[] = [];
  private live: WebSocket | null = null;
  private mute = false;

  constructor(private readonly parts: SocketServerParts) {
    this.server.on('connection', (socket: WebSocket) => this.greet(socket));
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.server.handleUpgrade(request, socket, head, (client) => this.server.emit('connection', client, request));
  }

  /** Connections open now, subscribed or not. */
  get open(): number {
    return this.server.clients.size;
  }

  get connected(): boolean {
    return this.live !== null;
  }

  /** Pushes a callback to the bot; false when nobody is connected. */
  push(cmd: 'aibot_msg_callback' | 'aibot_event_callback', reqId: string, body: Payload): boolean {
    if (!this.live) return false;
    if (!this.mute) this.live.send(callbackFrame(cmd, reqId, body));
    return true;
  }

  /** Somebody else connects with the bot: the application's connection is told and closed. */
  takeOver(): void {
    const { live } = this;
    this.live = null;
    if (live) void this.throwOut(live);
  }

  /** The network breaks every connection without a word. */
  drop(): void {
    this.live = null;
    for (const client of this.server.clients) client.terminate();
  }

  /** The network swallows everything in both directions while connections look open. */
  silence(on: boolean): void {
    this.mute = on;
  }

  close(): void {
    this.drop();
    this.server.close();
  }

  private greet(socket: WebSocket): void {
    socket.on('message', (data: Buffer, binary) => {
      if (!this.mute) void this.hear(socket, binary ? '' : data.toString('utf8'));
    });
    socket.on('error', (error) => this.parts.fault(`long connection: ${error.message}`));
    socket.on('close', () => {
      if (this.live === socket) this.live = null;
    });
  }

  private async hear(socket: WebSocket, text: string): Promise<void> {
    const frame = readAppFrame(text);
    if (!frame) {
      this.parts.fault('long connection: a frame that is none');
      socket.close(1007);
      return;
    }
    const trouble = await this.parts.faults.takeApi(frame.cmd);
    const answer = this.answerTo(socket, frame, text, trouble);
    this.note(frame, answer);
    if (answer && trouble !== 'lost-after' && !this.mute) socket.send(acknowledgement(frame.reqId, answer));
  }

  /** Null when the frame never arrived. */
  private answerTo(
    socket: WebSocket,
    frame: AppFrame,
    text: string,
    trouble: Awaited<ReturnType<FaultSwitches['takeApi']>>,
  ): ApiAnswer | null {
    if (trouble === 'lost-before') return null;
    if (trouble === 'server-error') return failure(-1);
    if (trouble === 'rate-limited') return failure(45009);
    if (hasBadEscape(text)) return failure(40033);
    if (frame.cmd === 'ping') return success();
    if (frame.cmd === 'aibot_subscribe') return this.subscribe(socket, frame.body);
    if (socket === this.live) return this.parts.obey(frame);
    this.parts.fault(`long connection: ${frame.cmd} over a connection that is not the live one`);
    return failure(846605, 'not subscribed');
  }

  private subscribe(socket: WebSocket, { bot_id: botId, secret }: AppFrame['body']): ApiAnswer {
    const { bot, clock } = this.parts;
    const now = clock.now().getTime();
    this.subscriptions.push(now);
    while (this.subscriptions[0] !== undefined && this.subscriptions[0] <= now - 60_000) this.subscriptions.shift();
    if (this.subscriptions.length > subscriptionsPerMinute) return failure(45009);
    if (botId !== bot.botId || secret !== bot.secret) return failure(853000);
    const older = this.live;
    this.live = socket;
    if (older && older !== socket) void this.throwOut(older);
    return success();
  }

  private async throwOut(socket: WebSocket): Promise<void> {
    socket.send(callbackFrame('aibot_event_callback', randomId(), this.parts.disconnectedEvent()));
    await pause(kickDelayMs);
    socket.close();
  }

  private note({ cmd, body }: AppFrame, answer: ApiAnswer | null): void {
    if (cmd === 'ping') return;
    const { secret: _secret, ...shown } = body;
    const at = this.parts.clock.now().toISOString();
    this.parts.calls.add({ at, method: 'WS', path: cmd, query: {}, body: shown, errcode: answer?.errcode ?? null });
  }
}
