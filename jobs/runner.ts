import type { Job, Queue, Worker } from 'bullmq';
import type Redis from 'ioredis';
import { DateTime } from 'luxon';
import { type ScheduledTask, schedule } from 'node-cron';
import type { Clock } from '../src/foundation/clock';
import type { Logger } from '../src/foundation/logger';
import type { ReadyJob } from './registry';

interface RunnerOptions {
  jobs: ReadonlyMap<string, ReadyJob>;
  body: string;
  /** IANA zone of the body: schedules are in its time. */
  zone: string;
  /** Fail-fast connection for adding, patient one for the worker. */
  redis: { add: Redis; work: Redis };
  prefix: string;
  clock: Clock;
  logger: Logger;
  /** How often the safety net looks without being rung. */
  sweepMs: number;
  /** Jobs the safety net runs by itself, also with Redis dead. */
  swept: readonly string[];
}

interface Runner {
  /** Rings the doorbell for a job; a dead Redis only costs latency, because the sweep looks anyway. */
  ring(name: string): void;
  /** Runs every scheduled job once, soon: at the start, and when the demo's clock has been moved. */
  ringScheduled(): void;
  /** Starts worker, schedules and sweep. */
  start(): void;
  close(): Promise<void>;
}

/** Loaded by the first who rings or works: a process that only listens carries none of it. */
const bullmq = (): typeof import('bullmq') => require('bullmq');

/** Finished jobs are kept for a day so that an equal id is one job; the ledger decides in any case. */
const kept = { age: 86_400, count: 2_000 };

/** The jobs of one body: node-cron owns time, BullMQ owns work, the database owns truth. */
export class JobRunner implements Runner {
  private opened: Queue | undefined;
  private worker: Worker | undefined;
  private ticks: ScheduledTask[] = [];
  private sweepTimer: NodeJS.Timeout | undefined;
  private sweeping: Promise<void> = Promise.resolve();
  private closing = false;
  /** When the safety net last finished its look, by the steady clock; a process whose net hangs works no more. */
  lastSweep = Number.NEGATIVE_INFINITY;

  constructor(private readonly options: RunnerOptions) {}

  private queue(): Queue {
    if (this.opened) return this.opened;
    const { redis, prefix } = this.options;
    const defaultJobOptions = { removeOnComplete: kept, removeOnFail: kept };
    this.opened = new (bullmq().Queue)('work', { connection: redis.add, prefix, defaultJobOptions });
    this.opened.on('error', () => undefined);
    return this.opened;
  }

  ring(name: string): void {
    this.add(name, this.local("yyyyMMdd'T'HHmmssSSS"));
  }

  ringScheduled(): void {
    // What fell due while everything was down is found in the ledger: look once now.
    for (const { definition } of this.options.jobs.values()) {
      if (definition.schedule) this.ring(definition.name);
    }
  }

  start(): void {
    this.lastSweep = performance.now();
    const { jobs, redis, prefix, logger } = this.options;
    const work = async (job: Job): Promise<void> => jobs.get(job.name)?.run(job.data);
    this.worker = new (bullmq().Worker)('work', work, { connection: redis.work, prefix, concurrency: 4 });
    this.worker.on('error', () => undefined);
    this.worker.on('failed', (job, error) => logger.error({ job: job?.name, id: job?.id, err: error }, 'a job failed'));
    this.ticks = [...jobs.values()].flatMap(({ definition }) =>
      definition.schedule ? [this.tick(definition.name, definition.schedule)] : [],
    );
    this.ringScheduled();
    this.sweepLater();
  }

  async close(): Promise<void> {
    this.closing = true;
    clearTimeout(this.sweepTimer);
    for (const tick of this.ticks) await tick.destroy();
    await this.sweeping;
    // Nobody hears a polite farewell where Redis is dead.
    await this.worker?.close(this.options.redis.work.status !== 'ready');
    await this.opened?.close();
  }

  private tick(name: string, cron: string): ScheduledTask {
    const ring = (): void => this.add(name, this.local("yyyyMMdd'T'HHmm"));
    return schedule(cron, ring, { timezone: this.options.zone, name, noOverlap: true });
  }

  private local(format: string): string {
    return DateTime.fromJSDate(this.options.clock.now(), { zone: this.options.zone }).toFormat(format);
  }

  private add(name: string, occasion: string): void {
    if (this.closing) return;
    const job = this.options.jobs.get(name);
    if (!job) throw new RangeError(`no job named ${name}`);
    const payload = { body: this.options.body, occasion };
    const retry = { attempts: job.definition.attempts, backoff: { type: 'exponential', delay: 1_000, jitter: 0.5 } };
    this.queue()
      .add(name, payload, { jobId: job.uniqueId(payload), ...retry })
      .catch((error: unknown) =>
        this.options.logger.warn({ code: 'QUEUE_UNAVAILABLE', job: name, err: error }, 'the doorbell could not be rung'),
      );
  }

  private sweepLater(): void {
    if (this.closing) return;
    this.sweepTimer = setTimeout(() => {
      this.sweeping = this.sweep().then(() => {
        this.lastSweep = performance.now();
        this.sweepLater();
      });
    }, this.options.sweepMs);
  }

  private async sweep(): Promise<void> {
    const { body, swept, jobs, logger } = this.options;
    for (const name of swept) {
      await jobs
        .get(name)
        ?.run({ body, occasion: 'sweep' })
        .catch((error: unknown) => logger.warn({ job: name, body, err: error }, 'the sweep will try again'));
    }
  }
}
