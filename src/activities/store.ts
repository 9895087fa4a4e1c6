import type { Connection } from 'mongoose';
import { numberSeries } from '../foundation/ids';
import { isDuplicateKey, orUnavailable } from '../foundation/mongo';
import type { Activity } from './activity';
import { afterwards } from './afterwards';
import { partyUpdates } from './party-updates';
import type { ActivityCollection } from './seat-conditions';
import { seatUpdates } from './seat-updates';

export type ActivityStore = ReturnType<typeof createActivityStore>;

const firstNumber = 23;
const listLimit = 500;
/** What was put off and never held is forgotten after a quarter. */
const putOffSince = (now: Date): Date => new Date(now.getTime() - 92 * 86_400_000);
const whole = { projection: { _id: 0 }, returnDocument: 'after' } as const;

/** Activities, one document each with everything about its seats. */
export function createActivityStore(connection: Connection) {
  const activities = connection.collection<Activity>('activities');
  const nextNumber = numberSeries(connection, 'A', firstNumber);
  const find = (body: string, filter: { id?: string; source?: string }): Promise<Activity | null> =>
    orUnavailable(() => activities.findOne({ body, ...filter }, whole));

  return {
    ensureIndexes: () => orUnavailable(() => ensureIndexes(activities)),

    nextId: async (body: string): Promise<string> => `A${await orUnavailable(() => nextNumber(body))}`,

    find: (body: string, id: string) => find(body, { id }),
    bySource: (body: string, source: string) => find(body, { source }),

    /** Keeps a new activity; the same event again gets the one it made before. */
    async insert(activity: Activity): Promise<Activity> {
      try {
        await orUnavailable(() => activities.insertOne({ ...activity }));
        return activity;
      } catch (error) {
        const earlier = isDuplicateKey(error) ? await find(activity.body, { source: activity.source }) : null;
        if (earlier) return earlier;
        throw error;
      }
    },

    /** Keeps those whose id is not there yet. */
    async insertMany(body: string, many: readonly Activity[]): Promise<void> {
      const known = await orUnavailable(() => activities.distinct('id', { body }));
      const fresh = many.filter((each) => each.body === body && !known.includes(each.id));
      if (fresh.length > 0) await orUnavailable(() => activities.insertMany(fresh.map((each) => ({ ...each }))));
    },

    /** Those whose day is not over, by day, and those put off. */
    comingUp: (body: string, now: Date): Promise<Activity[]> =>
      orUnavailable(() =>
        activities
          .find(
            { body, $or: [{ endsAt: { $gt: now } }, { status: 'postponed', endsAt: { $gt: putOffSince(now) } }] },
            { projection: { _id: 0 } },
          )
          .sort({ endsAt: 1 })
          .limit(listLimit)
          .toArray(),
      ),

    ...Object.assign(seatUpdates(activities), partyUpdates(activities), afterwards(activities)),
  };
}

async function ensureIndexes(activities: ActivityCollection): Promise<void> {
  await activities.createIndex({ body: 1, id: 1 }, { unique: true });
  await activities.createIndex({ body: 1, source: 1 }, { unique: true });
  await activities.createIndex({ body: 1, endsAt: 1 });
}
