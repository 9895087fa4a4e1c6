import type { Recheck } from '../feature';
import { newestNews } from './rules-of-change';
import type { Activities } from './service';

/** Just before a change is told: not when a newer one is on its way, and not to somebody who is out by now. */
export const stillNews =
  (activities: Pick<Activities, 'find'>): Recheck =>
  async ({ body, memberId, reason }) => {
    const activity = await activities.find(body, reason?.['activity'] ?? '');
    if (!activity || newestNews(activity)?.source !== reason?.['change']) return { skip: 'superseded' };
    return activity.signups.some((each) => each.memberId === memberId) ? { go: true } : { skip: 'not_signed_up' };
  };
