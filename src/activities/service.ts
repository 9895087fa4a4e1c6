import type { Activity, ActivityDetails } from './activity';
import { type Ahead, aheadOf } from './ahead';
import { type CancelRequest, cancel } from './giving-back';
import { change, create } from './organising';
import { past } from './past';
import { nextPromotion } from './rules';
import type { ChangeWish } from './rules-of-change';
import { awaitsNotice, type SeatNotice, settle, type Tools } from './settling';
import { handOver, type SignUpRequest, signUp } from './taking-seats';

export type { Ahead } from './ahead';
export type { ChangeResult } from './organising';
export type { SeatNotice } from './settling';
export type { HandOverResult, SignUpResult } from './taking-seats';

export type Activities = ReturnType<typeof createActivities>;

/** Activities and their seats. Effects carry the key of the message that asked for them; null means that there is no such activity. */
export function createActivities(tools: Tools) {
  const { store, clock } = tools;
  /** Not cancelled and not over, soonest first. */
  async function comingUp(body: string): Promise<Activity[]> {
    const activities = await store.comingUp(body, clock.now());
    return activities.filter(({ status }) => status !== 'cancelled').toSorted((a, b) => a.startsAt.getTime() - b.startsAt.getTime());
  }

  return {
    /** Announces an activity; times are local to `zone`. A fault means that nothing was kept. */
    create: (body: string, zone: string, details: ActivityDetails, made: { eventKey: string; by: string }) =>
      create(tools, { body, zone, details, ...made }),

    /** Keeps finished activities as they are, unless their id is there already. */
    importMany: (body: string, activities: readonly Activity[]): Promise<void> => store.insertMany(body, activities),

    find: (body: string, id: string): Promise<Activity | null> => store.find(body, id),

    comingUp,

    /** What is ahead of one member, soonest first. */
    ahead: async (body: string, memberId: string): Promise<Ahead> => aheadOf(await comingUp(body), memberId),

    change: (body: string, id: string, request: { zone: string; wish: ChangeWish; eventKey: string; by: string }) =>
      change(tools, body, id, request),

    ...past(tools),

    signUp: (body: string, id: string, request: SignUpRequest) => signUp(tools, body, id, request),

    handOver: (body: string, id: string, request: SignUpRequest & { from: string }) => handOver(tools, body, id, request),

    /** Notices for those who got the freed seats come from `settle`. */
    cancel: (body: string, id: string, request: CancelRequest) => cancel(tools, body, id, request),

    /** Gives free seats to those waiting, in order, and returns the notices nobody has been handed yet. */
    settle: (body: string, id: string): Promise<SeatNotice[]> => settle(tools, body, id),

    /** The same for every coming activity: what a crash between a cancellation and its notice has left. */
    async finishPromotions(body: string): Promise<SeatNotice[]> {
      const messages: SeatNotice[] = [];
      for (const activity of await store.comingUp(body, clock.now())) {
        const unfinished = nextPromotion(activity, clock.now()) !== null || activity.signups.some(awaitsNotice);
        if (unfinished) messages.push(...(await settle(tools, body, activity.id)));
      }
      return messages;
    },

    /** Says that these notices are in the outbox's hands. */
    async markNotified(body: string, notices: readonly SeatNotice[]): Promise<void> {
      for (const { activityId, signupId } of notices) await store.markNotified(body, activityId, signupId, clock.now());
    },
  };
}
