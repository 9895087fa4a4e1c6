import type { Connection } from 'mongoose';
import { orUnavailable, upserted } from '../foundation/mongo';

interface Row {
  _id: string;
  body: string;
  memberId: string;
  /** '2026-Q4' */
  quarter: string;
  muted: boolean;
  at: Date;
}

/** Who wants no reminders in a quarter. What is asked of them stays. */
export interface ReminderMutes {
  set(body: string, memberId: string, quarter: string, to: { muted: boolean; at: Date }): Promise<void>;
  has(body: string, memberId: string, quarter: string): Promise<boolean>;
}

/** One row per member and quarter, found by its id alone. */
export function createReminderMutes(connection: Connection): ReminderMutes {
  const rows = connection.collection<Row>('reminder_mutes');
  const id = (...parts: string[]): string => JSON.stringify(parts);
  return {
    set: (body, memberId, quarter, to) =>
      upserted(async () => {
        await rows.updateOne({ _id: id(body, memberId, quarter) }, { $set: { body, memberId, quarter, ...to } }, { upsert: true });
      }),
    has: (body, memberId, quarter) => orUnavailable(async () => (await rows.findOne({ _id: id(body, memberId, quarter) }))?.muted === true),
  };
}
