import type { PrivateMessage } from '../chat/command';
import type { Clock } from '../foundation/clock';
import { AppError } from '../foundation/errors';
import type { Activity, ActivityDetails, SeatWish, SignUp } from './activity';
import {
  type CreateFault,
  decideSignUp,
  faultOf,
  instantsOf,
  nextPromotion,
  type Phase,
  phaseOf,
  placeInLine,
  type SignUpDecision,
  seatsMayMove,
} from './rules';
import type { ActivityStore } from './store';
import { activityTexts as texts } from './texts';

interface SignUpRequest {
  /** Key of the message: the same message again gets the same answer and changes nothing. */
  eventKey: string;
  memberId: string;
  seats: number;
  wish: SeatWish;
  by: string;
}

export type SignUpResult =
  | { kind: 'seated' | 'already'; activity: Activity; signup: SignUp }
  | { kind: 'waiting'; activity: Activity; signup: SignUp; place: number }
  | { kind: 'refused'; activity: Activity; why: Exclude<Phase, 'open'> | 'never_fits' };

/** Tells one who waited that there is a seat, and which sign-up it is about. */
export interface SeatNotice extends PrivateMessage {
  activityId: string;
  signupId: string;
}

interface CancelRequest {
  eventKey: string;
  memberId: string;
  by: string;
  reason: string | null;
}

type CancelResult = { kind: 'cancelled' | 'not_in' } | { kind: 'too_late'; phase: 'running' | 'ended' };

type CreateResult = { kind: 'created'; activity: Activity } | { kind: 'fault'; fault: CreateFault };

export type Activities = ReturnType<typeof createActivities>;

// Each turn lost means that somebody else's change went through; so many in a row does not happen by chance.
const turns = 20;

/** Activities and their seats. Effects carry the key of the message that asked for them. */
export function createActivities({ store, clock }: { store: ActivityStore; clock: Clock }) {
  return {
    /** Announces an activity; times are local to `zone`. A fault means that nothing was kept. */
    create: (body: string, zone: string, details: ActivityDetails, made: { eventKey: string; by: string }) =>
      create({ store, clock }, { body, zone, details, ...made }),

    /** Keeps finished activities as they are, unless their id is there already. */
    importMany: (body: string, activities: readonly Activity[]): Promise<void> => store.insertMany(body, activities),

    find: (body: string, id: string): Promise<Activity | null> => store.find(body, id),

    /** Not cancelled and not over, soonest first. */
    async comingUp(body: string): Promise<Activity[]> {
      const activities = await store.comingUp(body, clock.now());
      return activities
        .filter((activity) => activity.status !== 'cancelled')
        .toSorted((a, b) => a.startsAt.getTime() - b.startsAt.getTime());
    },

    /** Null when there is no such activity. */
    signUp: (body: string, id: string, request: SignUpRequest): Promise<SignUpResult | null> => signUp({ store, clock }, body, id, request),

    /** Null when there is no such activity. Notices for those who got the freed seats come from `settle`. */
    cancel: (body: string, id: string, request: CancelRequest): Promise<CancelResult | null> => cancel({ store, clock }, body, id, request),

    /** Gives free seats to those waiting, in order, and returns the notices nobody has been handed yet. */
    settle: (body: string, id: string): Promise<SeatNotice[]> => settle({ store, clock }, body, id),

    /** The same for every coming activity: what a crash between a cancellation and its notice has left. */
    async finishPromotions(body: string): Promise<SeatNotice[]> {
      const messages: SeatNotice[] = [];
      for (const activity of await store.comingUp(body, clock.now())) {
        const unfinished = nextPromotion(activity, clock.now()) !== null || activity.signups.some(awaitsNotice);
        if (unfinished) messages.push(...(await settle({ store, clock }, body, activity.id)));
      }
      return messages;
    },

    /** Says that these notices are in the outbox's hands. */
    async markNotified(body: string, notices: readonly SeatNotice[]): Promise<void> {
      for (const { activityId, signupId } of notices) await store.markNotified(body, activityId, signupId, clock.now());
    },
  };
}

interface Tools {
  store: ActivityStore;
  clock: Clock;
}

interface Creation {
  body: string;
  zone: string;
  details: ActivityDetails;
  eventKey: string;
  by: string;
}

async function create({ store, clock }: Tools, { body, zone, details, eventKey, by }: Creation): Promise<CreateResult> {
  const earlier = await store.bySource(body, eventKey);
  if (earlier) return { kind: 'created', activity: earlier };
  const now = clock.now();
  const fault = faultOf(details, now, zone);
  if (fault) return { kind: 'fault', fault };
  const id = await store.nextId(body);
  const activity: Activity = {
    ...details,
    ...instantsOf(details, zone),
    body,
    id,
    status: 'published',
    createdBy: by,
    createdAt: now,
    source: eventKey,
    signups: [],
    taken: 0,
    waiting: 0,
    cancelled: [],
  };
  return { kind: 'created', activity: await store.insert(activity) };
}

async function signUp({ store, clock }: Tools, body: string, id: string, request: SignUpRequest): Promise<SignUpResult | null> {
  const { eventKey, memberId, seats, wish, by } = request;
  const at = clock.now();
  const signup: SignUp = { id: `${eventKey}:${memberId}`, memberId, seats, status: wish, wish, by, at };
  for (let turn = 0; turn < turns; turn += 1) {
    const activity = await store.find(body, id);
    if (!activity) return null;
    const decision = decideSignUp(activity, signup, at);
    if (decision.kind === 'already' && wish === 'attending') await store.makeCertain(activity, decision.signup);
    const result = await carryOut({ store, clock }, activity, signup, decision);
    if (result) return result;
  }
  throw new AppError('UNEXPECTED', `sign-up for ${id} lost ${turns} turns in a row`);
}

async function carryOut(tools: Tools, activity: Activity, signup: SignUp, decision: SignUpDecision): Promise<SignUpResult | null> {
  if (decision.kind === 'refused') return { ...decision, activity };
  if (decision.kind === 'already' || decision.kind === 'done') return standing(activity, decision.signup, decision.kind);
  if (decision.kind === 'seat') {
    return (await tools.store.takeSeat(activity, signup)) && { kind: 'seated', activity, signup };
  }
  const line = await tools.store.joinLine(activity, signup);
  if (!line) return null;
  const waiting: SignUpResult = { kind: 'waiting', activity, signup: { ...signup, status: 'waitlisted' }, place: line.waiting };
  // A seat freed between reading and queueing, or one that those ahead cannot use, is given out at once.
  if (line.capacity !== null && line.taken >= line.capacity) return waiting;
  const settled = await promoteAll(tools, activity.body, activity.id, signup.id);
  const own = settled?.signups.find((each) => each.id === signup.id);
  return settled && own ? standing(settled, own, 'done') : waiting;
}

function standing(activity: Activity, signup: SignUp, why: 'already' | 'done'): SignUpResult {
  if (signup.status === 'waitlisted') return { kind: 'waiting', activity, signup, place: placeInLine(activity, signup.id) };
  return { kind: why === 'already' ? 'already' : 'seated', activity, signup };
}

async function cancel({ store, clock }: Tools, body: string, id: string, request: CancelRequest): Promise<CancelResult | null> {
  const source = `${request.eventKey}:${request.memberId}`;
  for (let turn = 0; turn < turns; turn += 1) {
    const activity = await store.find(body, id);
    if (!activity) return null;
    if (activity.cancelled.some((each) => each.source === source)) return { kind: 'cancelled' };
    const signup = activity.signups.find((each) => each.memberId === request.memberId);
    if (!signup) return { kind: 'not_in' };
    const now = clock.now();
    const phase = phaseOf(activity, now);
    if (phase === 'running' || phase === 'ended') return { kind: 'too_late', phase };
    const history = { ...signup, cancelledAt: now, cancelledBy: request.by, source, reason: request.reason };
    if (await store.cancelSignUp(activity, signup, history)) return { kind: 'cancelled' };
  }
  throw new AppError('UNEXPECTED', `cancellation for ${id} lost ${turns} turns in a row`);
}

async function promoteAll({ store, clock }: Tools, body: string, id: string, own?: string): Promise<Activity | null> {
  for (;;) {
    const activity = await store.find(body, id);
    const next = activity && nextPromotion(activity, clock.now());
    if (!next) return activity;
    await store.promote(activity, next, clock.now(), next.id === own);
  }
}

const awaitsNotice = ({ promotedAt, notifiedAt }: SignUp): boolean => promotedAt !== undefined && notifiedAt === undefined;

async function settle(tools: Tools, body: string, id: string): Promise<SeatNotice[]> {
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
