import type { Connection } from 'mongoose';
import { orUnavailable } from '../foundation/mongo';
import type { Activity, ActivityChange, CancelledSignUp, SignUp } from './activity';

export type ActivityCollection = ReturnType<typeof Connection.prototype.collection<Activity>>;

/** The counters after a change of seats, without the lists. */
type SeatCount = Pick<Activity, 'taken' | 'waiting' | 'capacity'>;

const counted = { projection: { _id: 0, taken: 1, waiting: 1, capacity: 1 }, returnDocument: 'after' } as const;

/**
 * Every change of seats is one conditional update of the activity's document, so the database's order is the order of
 * the seats and no two processes can give the same seat away. Null means that the condition no longer held.
 */
export function seatUpdates(activities: ActivityCollection) {
  type Filter = Parameters<typeof activities.findOneAndUpdate>[0];
  type Update = Parameters<typeof activities.findOneAndUpdate>[1];
  const change = (filter: Filter, update: Update): Promise<SeatCount | null> =>
    orUnavailable(() => activities.findOneAndUpdate(filter, update, counted));

  return {
    /** Seats the member if, at this instant, there is room, nobody waits and the member is not in yet. */
    takeSeat: (seen: Activity, signup: SignUp): Promise<SeatCount | null> =>
      change(
        { ...newcomer(seen, signup), waiting: 0, ...room(seen, signup.seats) },
        { $push: { signups: signup }, $inc: { taken: signup.seats } },
      ),

    /** Puts the member at the end of the line; `waiting` of the answer is the place in it. */
    joinLine: (seen: Activity, signup: SignUp): Promise<SeatCount | null> =>
      change(newcomer(seen, signup), { $push: { signups: { ...signup, status: 'waitlisted' } }, $inc: { waiting: 1 } }),

    /** Gives free seats to one who waits. `notified` when the member hears of it anyway. */
    promote(seen: Activity, signup: SignUp, now: Date, notified: boolean): Promise<SeatCount | null> {
      const seated = { 'signups.$.status': signup.wish, 'signups.$.promotedAt': now };
      return change(
        { ...still(seen, signup, 'waitlisted'), status: seen.status, ...room(seen, signup.seats) },
        { $set: notified ? { ...seated, 'signups.$.notifiedAt': now } : seated, $inc: { taken: signup.seats, waiting: -1 } },
      );
    },

    /** Moves a sign-up into the history and frees what it held. */
    cancelSignUp: (seen: Activity, signup: SignUp, cancelled: CancelledSignUp): Promise<SeatCount | null> =>
      change(still(seen, signup, signup.status), {
        $pull: { signups: { id: signup.id } },
        $push: { cancelled },
        $inc: signup.status === 'waitlisted' ? { waiting: -1 } : { taken: -signup.seats },
      }),

    /** A tentative sign-up that has become certain. */
    makeCertain(seen: Activity, signup: SignUp): Promise<SeatCount | null> {
      const wish = { 'signups.$.wish': 'attending' as const };
      return change(still(seen, signup, signup.status), {
        $set: signup.status === 'tentative' ? { ...wish, 'signups.$.status': 'attending' as const } : wish,
      });
    },

    /** Other seats for one who is in already; more only while there is room and nobody waits. `source` does it once. */
    changeParty(seen: Activity, signup: SignUp, seats: number, source: string): Promise<SeatCount | null> {
      const more = seats - signup.seats;
      const holds = signup.status !== 'waitlisted';
      const entry = { id: signup.id, status: signup.status, seats: signup.seats, sources: { $ne: source } };
      return change(
        {
          body: seen.body,
          id: seen.id,
          status: seen.status,
          signups: { $elemMatch: entry },
          ...(holds && more > 0 ? { waiting: 0, ...room(seen, more) } : {}),
        },
        {
          $set: { 'signups.$.seats': seats },
          $push: { 'signups.$.sources': source },
          ...(holds ? { $inc: { taken: more } } : {}),
        },
      );
    },

    /** One comes in another's place: the entry changes hands in one write, so that nobody can take the seat in between. */
    handOver: (seen: Activity, from: SignUp, to: SignUp, cancelled: CancelledSignUp): Promise<SeatCount | null> =>
      change(
        {
          ...still(seen, from, from.status),
          'signups.memberId': { $ne: to.memberId },
          'cancelled.source': { $ne: cancelled.source },
          ...(from.status !== 'waitlisted' && to.seats > from.seats ? { waiting: 0, ...room(seen, to.seats - from.seats) } : {}),
        },
        {
          $set: { 'signups.$': to },
          $push: { cancelled },
          ...(from.status !== 'waitlisted' ? { $inc: { taken: to.seats - from.seats } } : {}),
        },
      ),

    /** Other details, or another status; `changed.source` does it once. Fewer seats only while they are free. */
    async changeDetails(seen: Activity, set: Partial<Activity>, changed: ActivityChange): Promise<boolean> {
      const { title, start, place, capacity, deadline, status } = seen;
      const asSeen = { body: seen.body, id: seen.id, title, start, place, capacity, deadline, status };
      const enough = typeof set.capacity === 'number' ? { taken: { $lte: set.capacity } } : {};
      const filter = { ...asSeen, ...enough, 'changes.source': { $ne: changed.source } };
      return (await change(filter, { $set: set, $push: { changes: changed } })) !== null;
    },

    async markNotified(body: string, id: string, signupId: string, now: Date): Promise<void> {
      await change({ body, id, signups: { $elemMatch: { id: signupId } } }, { $set: { 'signups.$.notifiedAt': now } });
    },
  };
}

/** The activity as it must still be for somebody new: its status unchanged, the member not in, this event not yet done. */
const newcomer = (seen: Activity, signup: SignUp) => ({
  body: seen.body,
  id: seen.id,
  status: seen.status,
  'signups.memberId': { $ne: signup.memberId },
  'cancelled.id': { $ne: signup.id },
});

const room = ({ capacity }: Activity, seats: number) =>
  capacity === null ? { capacity } : { capacity, taken: { $lte: capacity - seats } };

/** The sign-up must still have the status it was seen with. */
const still = (seen: Activity, signup: SignUp, status: SignUp['status']) => ({
  body: seen.body,
  id: seen.id,
  signups: { $elemMatch: { id: signup.id, status } },
});
