import type { Activity, CancelledSignUp, SignUp } from './activity';
import { type ActivityCollection, changeOf, newcomer, nobodyElseBy, room, type SeatCount, still } from './seat-conditions';

/**
 * Every change of seats is one conditional update of the activity's document, so the database's order is the order of
 * the seats and no two processes can give the same seat away. Null means that the condition no longer held.
 */
export function seatUpdates(activities: ActivityCollection) {
  const change = changeOf(activities);

  return {
    /**
     * Seats the member if, at this instant, there is room, nobody waits and the member is not in yet. `limited`: whoever signs up may do
     * so for a few only, who were counted in `seen`.
     */
    takeSeat: (seen: Activity, signup: SignUp, limited = false): Promise<SeatCount | null> =>
      change(
        { ...newcomer(seen, signup), waiting: 0, ...room(seen, signup.seats), ...(limited ? nobodyElseBy(seen, signup.by) : {}) },
        { $push: { signups: signup }, $inc: { taken: signup.seats } },
      ),

    /** Puts the member at the end of the line; `waiting` of the answer is the place in it. */
    joinLine: (seen: Activity, signup: SignUp, limited = false): Promise<SeatCount | null> =>
      change(
        { ...newcomer(seen, signup), ...(limited ? nobodyElseBy(seen, signup.by) : {}) },
        { $push: { signups: { ...signup, status: 'waitlisted' } }, $inc: { waiting: 1 } },
      ),

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

    async markNotified(body: string, id: string, signupId: string, now: Date): Promise<void> {
      await change({ body, id, signups: { $elemMatch: { id: signupId } } }, { $set: { 'signups.$.notifiedAt': now } });
    },
  };
}
