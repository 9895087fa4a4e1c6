import { createHash, randomBytes } from 'node:crypto';
import type { Connection } from 'mongoose';
import { Batcher } from './batcher';
import { isDuplicateKey } from './mongo';

export const randomId = (bytes = 12): string => randomBytes(bytes).toString('hex');

/** A short stable digest for keys that are built from longer parts. */
export const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 24);

/**
 * The short numbers of a series, e.g. 1024 for 'R1024': by body, without a gap, never the same twice. Those that are asked for
 * at the same time are taken together, as many as are asked for. A number whose owner is not kept after all stays unused.
 */
export function numberSeries(connection: Connection, series: string, first: number): (body: string) => Promise<number> {
  const byBody = new Map<string, Batcher<null, number>>();
  return (body) => {
    const takes =
      byBody.get(body) ?? new Batcher({ all: (rows) => take(connection, `${body}:${series}`, { body, first, count: rows.length }) });
    byBody.set(body, takes);
    return takes.one(null);
  };
}

async function take(
  connection: Connection,
  _id: string,
  { body, first, count }: { body: string; first: number; count: number },
): Promise<{ value: number }[]> {
  const counters = connection.collection<{ _id: string; body: string; value: number }>('counters');
  for (;;) {
    const taken = await counters.findOneAndUpdate({ _id, body }, { $inc: { value: count } }, { returnDocument: 'after' });
    if (taken) return Array.from({ length: count }, (_, at) => ({ value: taken.value - count + 1 + at }));
    try {
      await counters.insertOne({ _id, body, value: first - 1 });
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
  }
}
