import type { PrivateMessage } from '../chat/command';
import type { Clock } from '../foundation/clock';
import type { Activity, SignUp } from './activity';
import { nextPromotion, seatsMayMove } from './rules';
import type { ActivityStore } from './store';
import { activityTexts as texts } from './texts';

export interface Tools {
  store: ActivityStore;
  clock: Clock;
}

// Each turn lost means that somebody else's change went through; so many in a row does not happen by chance.
export const turns = 20;

/** Tells one who waited that there is a seat, and which sign-up it is about. */
export interface SeatNotice extends PrivateMessage {
  activityId: string;
  signupId: string;
}

/** Gives every free seat to those waiting, in order. `own`: the sign-up whose member hears of it anyway. */
export async function promoteAll({ store, clock }: Tools, body: string, id: string, own?: string): Promise<Activity | null> {
  for (;;) {
    const activity = await store.find(body, id);
    const next = activity && nextPromotion(activity, clock.now());
    if (!next) return activity;
    await store.promote(activity, next, clock.now(), next.id === own);
  }
}

export const awaitsNotice = ({ promotedAt, notifiedAt }: SignUp): boolean => promotedAt !== undefined && notifiedAt === undefined;

/** The same, with the notices nobody has been handed yet. */
export async function settle(tools: Tools, body: string, id: string): Promise<SeatNotice[]> {
  const activity = await promoteAll(tools, body, id);
  if (!activity || !seatsMayMove(activity, tools.clock.now())) return [];
  return activity.signups.filter(awaitsNotice).map((each) => ({
    activityId: id,
    signupId: each.id,
    memberId: each.memberId,
    key: `seat_freed:${id}:${each.id}`,
    purpose: 'seat_freed',
    text: texts.seatFreed(activity),
  }));
}
