import type { Connection } from 'mongoose';
import { orUnavailable } from '../foundation/mongo';
import type { Activity, SignUp } from './activity';
import { othersBy } from './rules';

export type ActivityCollection = ReturnType<typeof Connection.prototype.collection<Activity>>;

/** The counters after a change of seats, without the lists. */
export type SeatCount = Pick<Activity, 'taken' | 'waiting' | 'capacity'>;

const counted = { projection: { _id: 0, taken: 1, waiting: 1, capacity: 1 }, returnDocument: 'after' } as const;

/** One conditional update of an activity's document; null when its condition no longer holds. */
export function changeOf(activities: ActivityCollection) {
  type Filter = Parameters<typeof activities.findOneAndUpdate>[0];
  type Update = Parameters<typeof activities.findOneAndUpdate>[1];
  return (filter: Filter, update: Update): Promise<SeatCount | null> =>
    orUnavailable(() => activities.findOneAndUpdate(filter, update, counted));
}

/** The activity as it must still be for somebody new: its status unchanged, the member not in, this event not yet done. */
export const newcomer = (seen: Activity, signup: SignUp) => ({
  body: seen.body,
  id: seen.id,
  status: seen.status,
  'signups.memberId': { $ne: signup.memberId },
  'cancelled.id': { $ne: signup.id },
});

/** Nobody else has been signed up by this member since: what was counted still holds. */
export const nobodyElseBy = (seen: Activity, by: string) => ({
  $nor: [{ signups: { $elemMatch: { by, memberId: { $nin: [by, ...othersBy(seen, by)] } } } }],
});

export const room = ({ capacity }: Activity, seats: number) =>
  capacity === null ? { capacity } : { capacity, taken: { $lte: capacity - seats } };

/** The sign-up must still have the status it was seen with. */
export const still = (seen: Activity, signup: SignUp, status: SignUp['status']) => ({
  body: seen.body,
  id: seen.id,
  signups: { $elemMatch: { id: signup.id, status } },
});
