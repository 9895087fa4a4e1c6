import { createHash, randomBytes } from 'node:crypto';
import type { Connection } from 'mongoose';
import { isDuplicateKey } from './mongo';

export const randomId = (bytes = 12): string => randomBytes(bytes).toString('hex');

/** A short stable digest for keys that are built from longer parts. */
export const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 24);

/**
 * The next short number of a series within a body, e.g. 1024 for 'R1024'. Numbers may be skipped after a crash, never
 * given twice.
 */
export async function nextNumber(connection: Connection, body: string, series: string, first: number): Promise<number> {
  const counters = connection.collection<{ _id: string; body: string; value: number }>('counters');
  const _id = `${body}:${series}`;
  for (;;) {
    const next = await counters.findOneAndUpdate({ _id, body }, { $inc: { value: 1 } }, { returnDocument: 'after' });
    if (next) return next.value;
    try {
      await counters.insertOne({ _id, body, value: first });
      return first;
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
  }
}
