import type { Connection } from 'mongoose';
import type { Clock } from '../foundation/clock';
import { dayOf } from '../foundation/day';
import type { Logger } from '../foundation/logger';
import { insertedOnce, orUnavailable } from '../foundation/mongo';
import type { Platform } from './incoming';
import type { MonthlyUse, Usage, UsageKind } from './usage';

interface MonthlyUsageOptions {
  connection: Connection;
  body: string;
  platform: Platform;
  zone: string;
  /** What the organisation may use in a month. */
  limits: Record<UsageKind, number>;
  /** What the operator can do about it; logged with each warning. */
  advice: string;
  clock: Clock;
  logger: Logger;
}

interface Row {
  _id: string;
  body: string;
  month: string;
  calls: number;
  pushes: number;
  /** Highest share (%) warned of, so that each warning is given once in a month by one process. */
  warnedcalls: number;
  warnedpushes: number;
}

const shares = [95, 80] as const;
const scarceShare = 80;
const counts = ['calls', 'pushes'] as const;

/**
 * One document per body, platform and month. In MongoDB and not in Redis, because Redis may be emptied at any moment and a
 * forgotten month would end in silence.
 */
export class MonthlyUsage implements Usage {
  private readonly rows;

  constructor(private readonly options: MonthlyUsageOptions) {
    this.rows = options.connection.collection<Row>('platform_usage');
  }

  async add(kind: UsageKind, times = 1): Promise<void> {
    try {
      const row = await orUnavailable(() => this.increment(kind, times));
      const share = this.share(row, kind);
      const reached = shares.find((each) => share >= each);
      if (reached !== undefined && row[`warned${kind}`] < reached) await orUnavailable(() => this.warn(row, kind, reached));
    } catch (error) {
      this.options.logger.warn({ code: 'STORE_UNAVAILABLE', kind, times, err: error }, 'use of the platform could not be counted');
    }
  }

  async scarce(kind: UsageKind): Promise<boolean> {
    const row = await orUnavailable(() => this.rows.findOne(this.thisMonth()));
    return row !== null && this.share(row, kind) >= scarceShare;
  }

  async month(): Promise<MonthlyUse> {
    const { month } = this.thisMonth();
    const row = await orUnavailable(() => this.rows.findOne(this.thisMonth()));
    const used = Object.fromEntries(counts.map((kind) => [kind, row?.[kind] ?? 0])) as Record<UsageKind, number>;
    return { month, used, limits: this.options.limits };
  }

  private thisMonth(): Pick<Row, '_id' | 'body' | 'month'> {
    const { body, platform, zone, clock } = this.options;
    const month = dayOf(clock.now(), zone).slice(0, 7);
    return { _id: `${body}:${platform}:${month}`, body, month };
  }

  private share(row: Row, kind: UsageKind): number {
    return (row[kind] * 100) / this.options.limits[kind];
  }

  private async increment(kind: UsageKind, times: number): Promise<Row> {
    const month = this.thisMonth();
    for (;;) {
      const row = await this.rows.findOneAndUpdate(month, { $inc: { [kind]: times } }, { returnDocument: 'after' });
      if (row) return row;
      await insertedOnce(() => this.rows.insertOne({ ...month, calls: 0, pushes: 0, warnedcalls: 0, warnedpushes: 0 }));
    }
  }

  private async warn(row: Row, kind: UsageKind, reached: number): Promise<void> {
    const { logger, limits, platform, advice } = this.options;
    const flag = `warned${kind}` as const;
    const changed = await this.rows.updateOne({ _id: row._id, body: row.body, [flag]: { $lt: reached } }, { $set: { [flag]: reached } });
    if (changed.modifiedCount !== 1) return;
    const { month } = row;
    logger.warn({ platform, month, kind, used: row[kind], limit: limits[kind], advice }, `${reached} % of the month's ${kind} are used`);
  }
}
