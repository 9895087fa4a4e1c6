import type { Activity, LocalTime } from './activity';
import { placeInLine } from './rules';

interface Coming {
  id: string;
  title: string;
  place: string;
  /** null: put off, the new day is not known. */
  start: LocalTime | null;
}

/** What of the coming activities is one member's matter. */
export interface Ahead {
  /** Signed up for; `inLine`: place among those who wait, 0 for who has a seat. */
  joined: (Coming & { inLine: number })[];
  /** The member's own to run: seats taken, and members who wait. */
  organised: (Coming & { taken: number; waiting: number })[];
}

export function aheadOf(activities: readonly Activity[], memberId: string): Ahead {
  return {
    joined: activities.flatMap((activity) => {
      const signup = activity.signups.find((each) => each.memberId === memberId);
      return signup ? [{ ...coming(activity), inLine: placeInLine(activity, signup.id) }] : [];
    }),
    organised: activities
      .filter(({ createdBy }) => createdBy === memberId)
      .map((activity) => ({ ...coming(activity), taken: activity.taken, waiting: activity.waiting })),
  };
}

const coming = ({ id, title, place, start, status }: Activity): Coming => ({
  id,
  title,
  place,
  start: status === 'postponed' ? null : start,
});
