import { orUnavailable } from '../foundation/mongo';
import type { Activity, ActivityChange, Attendance, Minutes } from './activity';
import { type ActivityCollection, changeOf } from './seat-conditions';

const listLimit = 500;

/** What an organiser says of an activity once it is announced, and how those that have been are found. */
export function afterwards(activities: ActivityCollection) {
  const change = changeOf(activities);
  return {
    /** Other details, or another status; `changed.source` does it once. Fewer seats only while they are free. */
    async changeDetails(seen: Activity, set: Partial<Activity>, changed: ActivityChange): Promise<boolean> {
      const { title, start, place, capacity, deadline, status } = seen;
      const asSeen = { body: seen.body, id: seen.id, title, start, place, capacity, deadline, status };
      const enough = typeof set.capacity === 'number' ? { taken: { $lte: set.capacity } } : {};
      const filter = { ...asSeen, ...enough, 'changes.source': { $ne: changed.source } };
      return (await change(filter, { $set: set, $push: { changes: changed } })) !== null;
    },

    /** Adds what the organiser says of it afterwards, once per event. */
    note: (body: string, id: string, kept: { attendance: Attendance } | { minutes: Minutes }): Promise<boolean> =>
      orUnavailable(async () => {
        const [[list, entry]] = Object.entries(kept) as [['attendance' | 'minutes', Attendance & Minutes]];
        const done = await activities.updateOne({ body, id, [`${list}.source`]: { $ne: entry.source } }, { $push: { [list]: entry } });
        return done.modifiedCount > 0;
      }),

    /** Those held between two days at which any of `members` was; without members all with an attendance. */
    attended: (body: string, { from, to, members }: { from: Date; to: Date; members?: readonly string[] }): Promise<Activity[]> =>
      orUnavailable(() =>
        activities
          .find(
            {
              body,
              endsAt: { $gt: from, $lte: to },
              ...(members ? { 'attendance.present': { $in: [...members] } } : { 'attendance.0': { $exists: true } }),
            },
            { projection: { _id: 0 } },
          )
          .toArray(),
      ),

    /** Those whose day has been, newest first: what an organiser still tells of. */
    past: (body: string, now: Date, since: Date): Promise<Activity[]> =>
      orUnavailable(() =>
        activities
          .find({ body, endsAt: { $gt: since }, startsAt: { $lte: now } }, { projection: { _id: 0 } })
          .sort({ endsAt: -1 })
          .limit(listLimit)
          .toArray(),
      ),
  };
}
