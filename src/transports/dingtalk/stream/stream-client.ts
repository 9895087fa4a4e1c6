import { jitteredBackOff } from '../../../foundation/back-off';
import type { Steady } from '../../../foundation/clock';
import type { Logger } from '../../../foundation/logger';
import type { LongConnection } from '../../long-connection';
import { type ConnectionEnd, StreamConnection } from './connection';
import type { Ack, DownFrame } from './frames';
import type { Ticket } from './ticket';

interface StreamClientOptions {
  askTicket: () => Promise<Ticket>;
  /** Never rejects. */
  handle: (frame: DownFrame) => Promise<Ack>;
  steady: Steady;
  tickMs: number;
  logger: Logger;
}

const second = 1_000;
const lost = { firstMs: second, mostMs: 60 * second };
const denied = { firstMs: 60 * second, mostMs: 600 * second };
/** A connection that lived this long was a good one; one that did not counts as a failure, whoever ended it. */
const provenMs = 60 * second;
/** The gateway closes by itself about 10 s after `disconnect`; then the old socket goes, new one or not. */
const leaveWithinMs = 15 * second;
const mostInProgress = 100;
const drainMs = 5 * second;

/**
 * Keeps one connection to the gateway while the process works: a new one is opened before an old one that was told to go is
 * closed, and pauses grow while connections do not last. Every process may hold its own: DingTalk picks one for each
 * message, and the inbox knows a message whichever way it comes twice.
 */
export class StreamClient implements LongConnection {
  private current: StreamConnection | null = null;
  private liveSince: number | null = null;
  private readonly leaving = new Map<StreamConnection, number>();
  private readonly inProgress = new Set<Promise<Ack>>();
  private opening = false;
  private failures = 0;
  private connectAt = 0;
  private beat: NodeJS.Timeout | null = null;

  constructor(private readonly options: StreamClientOptions) {}

  get live(): boolean {
    return this.liveSince !== null;
  }

  start(): void {
    if (this.beat) return;
    this.connectAt = this.options.steady();
    this.beat = setInterval(() => this.look(), this.options.tickMs);
    this.look();
  }

  /** Takes what has come in, at most 5 s, then closes every socket. */
  async stop(): Promise<void> {
    const { steady, tickMs } = this.options;
    if (this.beat) clearInterval(this.beat);
    this.beat = null;
    this.current?.pause();
    const end = steady() + drainMs;
    while (this.inProgress.size > 0 && steady() < end) await new Promise((resolve) => setTimeout(resolve, Math.min(tickMs, 50)));
    // The acks of what was just taken go out in the next turn.
    await new Promise((resolve) => setImmediate(resolve));
    for (const connection of [...this.leaving.keys(), this.current]) connection?.close();
  }

  private look(): void {
    const now = this.options.steady();
    for (const [connection, since] of this.leaving) if (now - since > leaveWithinMs) connection.close();
    if (this.beat && !this.current && !this.opening && now >= this.connectAt) void this.connect();
  }

  private async connect(): Promise<void> {
    this.opening = true;
    const ticket = await this.options.askTicket().catch((error: unknown): Ticket => ({ kind: 'unreachable', code: String(error) }));
    this.opening = false;
    if (!this.beat) return;
    if (ticket.kind === 'open') this.open(ticket.url);
    else this.refused(ticket);
  }

  private open(url: URL): void {
    const { steady, tickMs, logger } = this.options;
    const connection: StreamConnection = new StreamConnection({
      url,
      steady,
      tickMs,
      onLive: () => this.lives(),
      onFrame: (frame) => this.take(connection, frame),
      onLeaving: () => this.leaves(connection),
      onMalformed: (bytes) => logger.warn({ code: 'MALFORMED', bytes }, 'a frame of DingTalk could not be read'),
      onEnd: (end) => this.ended(connection, end),
    });
    this.current = connection;
  }

  private lives(): void {
    this.liveSince = this.options.steady();
    this.options.logger.info('DingTalk Stream is connected');
    for (const old of this.leaving.keys()) old.close();
  }

  private take(connection: StreamConnection, frame: DownFrame): Promise<Ack> {
    const work = this.options.handle(frame).finally(() => {
      this.inProgress.delete(work);
      if (this.inProgress.size === mostInProgress - 1) for (const each of [...this.leaving.keys(), this.current]) each?.resume();
    });
    this.inProgress.add(work);
    if (this.inProgress.size >= mostInProgress) connection.pause();
    return work;
  }

  private leaves(connection: StreamConnection): void {
    if (connection !== this.current) return;
    this.leaving.set(connection, this.options.steady());
    this.gone();
    this.look();
  }

  private ended(connection: StreamConnection, end: ConnectionEnd): void {
    if (this.leaving.delete(connection) || connection !== this.current) return;
    this.gone();
    if (end === 'stopped') return;
    const pauseMs = Math.max(0, Math.ceil(this.connectAt - this.options.steady()));
    this.options.logger.warn(
      { code: 'PLATFORM_UNREACHABLE', end, pauseMs },
      'the DingTalk Stream connection has ended; it is opened again',
    );
  }

  /** Decides when the next connection is opened: at once after a good one, later and later after bad ones. */
  private gone(): void {
    const now = this.options.steady();
    const good = this.liveSince !== null && now - this.liveSince >= provenMs;
    this.current = null;
    this.liveSince = null;
    this.failures = good ? 0 : this.failures + 1;
    this.connectAt = good ? now : now + jitteredBackOff(this.failures, lost);
  }

  private refused(ticket: Exclude<Ticket, { kind: 'open' }>): void {
    this.failures += 1;
    const pauseMs = jitteredBackOff(this.failures, ticket.kind === 'denied' ? denied : lost);
    this.connectAt = this.options.steady() + pauseMs;
    const { logger } = this.options;
    if (ticket.kind === 'denied')
      logger.error(
        { code: 'PLATFORM_MISCONFIGURED', platformCode: ticket.code, advice: ticket.advice, pauseMs },
        'DingTalk Stream is refused',
      );
    else logger.warn({ code: 'PLATFORM_UNREACHABLE', platformCode: ticket.code, pauseMs }, 'DingTalk Stream cannot be opened');
  }
}
