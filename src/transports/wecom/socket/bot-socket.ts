import type { Steady } from '../../../foundation/clock';
import type { Logger } from '../../../foundation/logger';
import { codeEntry } from '../error-codes';
import { BotConnection, type ConnectionEnd } from './connection';
import type { CallbackFrame, Command } from './frames';
import { Leadership, type LossReason } from './leadership';
import type { Lease } from './lease';
import { Pauses } from './pauses';
import type { AckOutcome } from './pending-acks';

/** Sends a frame over the connection on which the callback came, and over no other: its req_id means nothing elsewhere. */
export type Respond = (command: Command, body: object) => Promise<AckOutcome>;

interface BotSocketOptions {
  url: string;
  botId: string;
  secret: string;
  lease: Lease;
  leaseMs: number;
  tickMs: number;
  steady: Steady;
  logger: Logger;
  /** Never rejects. */
  handle(frame: CallbackFrame, respond: Respond): Promise<void>;
}

/** Messages that are being worked on and have no answer yet. */
const mostUndecided = 200;
const drainMs = 5_000;
/** Then another process may try: perhaps only our own network is broken. */
const failuresBeforeSteppingBack = 5;

/** The bot's long connection: one over all processes, opened only while this one leads. */
export class BotSocket {
  private readonly leadership: Leadership;
  private readonly inProgress = new Set<Promise<void>>();
  private readonly pauses = new Pauses();
  private undecided = 0;
  private connection: BotConnection | null = null;
  private liveSince: number | null = null;
  /** When to connect, by `steady`; null while this process does not lead. */
  private connectAt: number | null = null;
  /** Not before, also when the lease was lost and gained again meanwhile: thrown out or refused. */
  private awayUntil = 0;
  private beat: NodeJS.Timeout | null = null;

  constructor(private readonly options: BotSocketOptions) {
    const { lease, steady, leaseMs, tickMs } = options;
    this.leadership = new Leadership({
      lease,
      steady,
      leaseMs,
      tickMs,
      onGain: (fence) => this.begin(fence),
      onLoss: (why) => this.cease(why),
    });
  }

  start(): void {
    this.beat ??= setInterval(() => this.look(), this.options.tickMs);
    this.leadership.start();
  }

  /** Answers what has come in, at most 5 s, then closes and lets another process lead at once. */
  async stop(): Promise<void> {
    const { steady, tickMs } = this.options;
    const end = steady() + drainMs;
    while (this.inProgress.size > 0 && steady() < end) await new Promise((resolve) => setTimeout(resolve, Math.min(tickMs, 50)));
    if (this.beat) clearInterval(this.beat);
    this.beat = null;
    await this.leadership.stop();
  }

  /** True while this process holds the subscribed connection. */
  get live(): boolean {
    return this.connection?.live === true;
  }

  /** Sends a frame of our own, e.g. a push. Checks before that this process still leads. */
  ask(command: Command, body: object): Promise<AckOutcome> {
    return this.send(this.connection, command, body);
  }

  private async send(connection: BotConnection | null, command: Command, body: object, reqId?: string): Promise<AckOutcome> {
    if (!connection?.live) return { kind: 'never', code: 'not connected' };
    if (!(await this.leadership.confirm())) return { kind: 'never', code: 'not the leader' };
    return connection.ask(command, body, reqId);
  }

  private begin(fence: number): void {
    this.options.logger.info({ fence }, 'this process leads the WeCom bot connection');
    this.connectAt = Math.max(this.options.steady(), this.awayUntil);
    this.look();
  }

  private cease(why: LossReason): void {
    if (this.connectAt !== null) this.options.logger.info({ why }, 'this process no longer leads the WeCom bot connection');
    this.connectAt = null;
    this.connection?.close();
  }

  private look(): void {
    if (this.connection || this.connectAt === null || this.options.steady() < this.connectAt || !this.leadership.leads) return;
    this.connect();
  }

  private connect(): void {
    const { url, botId, secret, steady, tickMs, logger } = this.options;
    const connection: BotConnection = new BotConnection({
      url,
      botId,
      secret,
      steady,
      tickMs,
      onLive: () => {
        this.liveSince = steady();
        logger.info('the WeCom bot is connected');
      },
      onCallback: (frame) => this.take(connection, frame),
      onMalformed: (bytes) => logger.warn({ code: 'MALFORMED', bytes }, 'a frame of WeCom could not be read'),
      onEnd: (end) => this.ended(end),
    });
    this.connection = connection;
  }

  private take(connection: BotConnection, frame: CallbackFrame): void {
    let counted = true;
    // An answer on its way no longer counts: while nothing is read, its acknowledgement could not come in.
    const decided = (): void => {
      if (counted && (this.undecided -= 1) === mostUndecided - 1) connection.resume();
      counted = false;
    };
    const respond: Respond = (command, body) => {
      decided();
      return this.send(connection, command, body, frame.reqId);
    };
    if ((this.undecided += 1) === mostUndecided) connection.pause();
    const work = this.options.handle(frame, respond).finally(() => {
      decided();
      this.inProgress.delete(work);
    });
    this.inProgress.add(work);
  }

  private ended(end: ConnectionEnd): void {
    const { steady, logger, leaseMs } = this.options;
    const livedMs = this.liveSince === null ? 0 : steady() - this.liveSince;
    this.connection = null;
    this.liveSince = null;
    if (end.why === 'stopped') return;
    const pauseMs = this.pauses.after(end, livedMs);
    const until = steady() + pauseMs;
    if (this.connectAt !== null) this.connectAt = until;
    if (end.why === 'kicked') void this.thrownOut(until, pauseMs);
    else if (end.why === 'denied') this.refused(end.errcode, until, pauseMs);
    else {
      logger.warn({ code: 'PLATFORM_UNREACHABLE', end: end.why, pauseMs }, 'the connection of the WeCom bot has ended; it is opened again');
      if (this.pauses.failures >= failuresBeforeSteppingBack) void this.leadership.stepBack(2 * leaseMs);
    }
  }

  // The lease is kept: no other process of ours may start the fight either.
  private async thrownOut(until: number, pauseMs: number): Promise<void> {
    // Another process of ours leads by now: all is well.
    if (!(await this.leadership.confirm())) return;
    this.awayUntil = until;
    this.options.logger.error(
      { code: 'PLATFORM_MISCONFIGURED', pauseMs },
      'another program has connected with this WeCom bot and is left alone; one bot may serve one deployment only: stop the other or give it a bot of its own, then restart',
    );
  }

  private refused(errcode: number, until: number, pauseMs: number): void {
    this.awayUntil = until;
    const { advice } = codeEntry(errcode);
    this.options.logger.error({ code: 'PLATFORM_MISCONFIGURED', errcode, pauseMs, advice }, 'WeCom refused to connect the bot');
  }
}
