import { addDays, type Day, instantOf } from '../foundation/day';
import type { Activity, Attendance, Minutes } from './activity';
import type { Tools } from './settling';

/** How long after its day an organiser may still tell of an activity by its name. */
const toldOfMs = 92 * 86_400_000;

/** Activities that have been. */
export const past = ({ store, clock }: Tools) => ({
  /** Begun within the last quarter, newest first. */
  async past(body: string): Promise<Activity[]> {
    const now = clock.now();
    const activities = await store.past(body, now, new Date(now.getTime() - toldOfMs));
    return activities.filter((activity) => activity.status === 'published');
  },

  /** Keeps who was there, or what was said, with the activity; the same event again keeps nothing more. */
  note: (body: string, id: string, kept: { attendance: Attendance } | { minutes: Minutes }): Promise<boolean> => store.note(body, id, kept),

  /** With an attendance, held on these days in `zone`. */
  attended: (body: string, zone: string, { from, to, members }: { from: Day; to: Day; members?: readonly string[] }) =>
    store.attended(body, {
      from: instantOf(from, '00:00', zone),
      to: instantOf(addDays(to, 1), '00:00', zone),
      ...(members ? { members } : {}),
    }),
});
