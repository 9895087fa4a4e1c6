import type { Activity, CancelledSignUp, SignUp } from './activity';
import { type ActivityCollection, changeOf, room, type SeatCount, still } from './seat-conditions';

/** What happens to seats that are taken already: conditional updates like those that take them. */
export function partyUpdates(activities: ActivityCollection) {
  const change = changeOf(activities);
  return {
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
  };
}
