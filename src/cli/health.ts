import type Redis from 'ioredis';
import type { Connection } from 'mongoose';
import type { Logger } from '../foundation/logger';
import { durable } from '../foundation/mongo';
import { clocksApart, heardTime } from '../foundation/peer-clocks';
import { within } from '../foundation/within';

export interface HealthOptions {
  connection: Connection;
  redis: Redis;
  logger: Logger;
  /** Bodies whose jobs this process does, with the time of their last look by the steady clock; none for one that only listens. */
  sweeps: readonly (() => number)[];
}

/** Names of what does not work; 'mongodb' and 'mongodb-write' mean that no message can be kept. */
export type Ailment = 'mongodb' | 'mongodb-write' | 'redis' | 'clock' | 'jobs';

const answerWithinMs = 3_000;
/** A real write tells a full disk from a server that merely answers; asked often, it is made seldom. */
const writeAgainMs = 10_000;
/** Signatures, deadlines and reminders go by the clock. */
const mostSkewMs = 120_000;
const mostSilenceMs = 120_000;

const succeeds = async (work: Promise<unknown>): Promise<boolean> =>
  (await within(
    answerWithinMs,
    work.then(
      () => true,
      () => false,
    ),
  )) === true;

/** What /healthz says, and an alarm in the log when clocks differ. */
export class Health {
  private written: { at: number; well: boolean } | null = null;
  private alarmed = '';

  constructor(private readonly options: HealthOptions) {}

  async ailing(): Promise<Ailment[]> {
    const [mongodb, write, redis] = await Promise.all([succeeds(this.askTime()), this.writes(), succeeds(this.options.redis.ping())]);
    const jobs = this.options.sweeps.every((last) => performance.now() - last() < mostSilenceMs);
    const apart = this.clocks();
    return [
      ...(mongodb ? [] : ['mongodb' as const]),
      ...(mongodb && !write ? ['mongodb-write' as const] : []),
      ...(redis ? [] : ['redis' as const]),
      ...(apart ? ['clock' as const] : []),
      ...(jobs ? [] : ['jobs' as const]),
    ];
  }

  private async askTime(): Promise<void> {
    const sentAt = Date.now();
    const hello = await this.options.connection.getClient().db('admin').command({ hello: 1 });
    if (hello['localTime'] instanceof Date) heardTime('mongodb', hello['localTime'].getTime(), sentAt);
  }

  private async writes(): Promise<boolean> {
    const now = performance.now();
    if (this.written && now - this.written.at < writeAgainMs) return this.written.well;
    const beats = this.options.connection.collection<{ _id: string; at: Date }>('heartbeats');
    const well = await succeeds(
      beats.updateOne(
        { _id: 'health' },
        { $set: { at: new Date() } },
        { upsert: true, writeConcern: { ...durable, wtimeoutMS: answerWithinMs } },
      ),
    );
    this.written = { at: now, well };
    return well;
  }

  private clocks(): boolean {
    const apart = clocksApart(mostSkewMs);
    const who = apart.map((each) => each.who).join();
    if (who !== this.alarmed && who !== '')
      this.options.logger.error({ code: 'CLOCK_SKEW', apart }, 'the clock of this machine differs from others; synchronise it (NTP)');
    this.alarmed = who;
    return apart.length > 0;
  }
}
