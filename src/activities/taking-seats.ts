import { AppError } from '../foundation/errors';
import type { Activity, SeatWish, SignUp } from './activity';
import { cancel } from './giving-back';
import { decideSignUp, type Phase, partySeats, phaseOf, placeInLine, type SignUpDecision } from './rules';
import { promoteAll, type Tools, turns } from './settling';

export interface SignUpRequest {
  eventKey: string;
  memberId: string;
  /** The member and unnamed companions. */
  seats: number;
  wish: SeatWish;
  by: string;
  /**
   * What the companions are to somebody who is in already: their new number, so many more, or not said.
   * Absent: not said.
   */
  party?: 'set' | 'more';
  /** So many members `by` may sign up besides itself; absent or null: without limit. */
  mostOthers?: number | null;
}

export type SignUpResult =
  | { kind: 'seated' | 'already' | 'party'; activity: Activity; signup: SignUp }
  | { kind: 'waiting'; activity: Activity; signup: SignUp; place: number }
  | { kind: 'no_room'; activity: Activity; signup: SignUp }
  | { kind: 'too_many'; activity: Activity }
  | { kind: 'refused'; activity: Activity; why: Exclude<Phase, 'open'> | 'never_fits' };

/** Seats a member, or changes who comes along with one who is in. Null when there is no such activity. */
export async function signUp(tools: Tools, body: string, id: string, request: SignUpRequest): Promise<SignUpResult | null> {
  const { eventKey, memberId, seats, wish, by } = request;
  const at = tools.clock.now();
  const signup: SignUp = { id: `${eventKey}:${memberId}`, memberId, seats, status: wish, wish, by, at };
  for (let turn = 0; turn < turns; turn += 1) {
    const activity = await tools.store.find(body, id);
    if (!activity) return null;
    const decision = decideSignUp(activity, signup, at, request.mostOthers);
    if (decision.kind === 'already' && wish === 'attending') await tools.store.makeCertain(activity, decision.signup);
    const result =
      decision.kind === 'already' && request.party
        ? await changeParty(tools, activity, decision.signup, request)
        : await carryOut(tools, activity, { signup, limited: (request.mostOthers ?? null) !== null }, decision);
    if (result) return result;
  }
  throw new AppError('UNEXPECTED', `sign-up for ${id} lost ${turns} turns in a row`);
}

async function carryOut(
  tools: Tools,
  activity: Activity,
  { signup, limited }: { signup: SignUp; limited: boolean },
  decision: SignUpDecision,
): Promise<SignUpResult | null> {
  if (decision.kind === 'refused' || decision.kind === 'too_many') return { ...decision, activity };
  if (decision.kind === 'already' || decision.kind === 'done') return standing(activity, decision.signup, decision.kind);
  if (decision.kind === 'seat') {
    return (await tools.store.takeSeat(activity, signup, limited)) && { kind: 'seated', activity, signup };
  }
  const line = await tools.store.joinLine(activity, signup, limited);
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

/** Other companions of one who is in: against the seats that are free at this instant, once per event. */
async function changeParty(
  { store, clock }: Tools,
  activity: Activity,
  signup: SignUp,
  request: SignUpRequest,
): Promise<SignUpResult | null> {
  if (signup.sources?.includes(request.eventKey)) return said(activity, signup);
  const seats = partySeats(activity, signup, request);
  if (seats === signup.seats) return standing(activity, signup, 'already');
  const phase = phaseOf(activity, clock.now());
  // Fewer may still be said after the deadline.
  const fewer = seats !== null && seats < signup.seats;
  if (phase !== 'open' && !(fewer && phase === 'closed')) return { kind: 'refused', activity, why: phase };
  if (seats === null) return { kind: 'no_room', activity, signup };
  const changed = await store.changeParty(activity, signup, seats, request.eventKey);
  return changed && said({ ...activity, taken: changed.taken }, { ...signup, seats });
}

const said = (activity: Activity, signup: SignUp): SignUpResult =>
  signup.status === 'waitlisted' ? standing(activity, signup, 'done') : { kind: 'party', activity, signup };

export type HandOverResult =
  | { kind: 'handed_over'; activity: Activity; signup: SignUp }
  | { kind: 'not_in' }
  | { kind: 'already_in'; activity: Activity }
  | { kind: 'no_room' | 'too_late'; activity: Activity };

/** One member comes in the place of another who is in. Null when there is no such activity. */
export async function handOver(
  tools: Tools,
  body: string,
  id: string,
  { from, ...request }: SignUpRequest & { from: string },
): Promise<HandOverResult | null> {
  const { eventKey, memberId, by } = request;
  const source = `${eventKey}:${from}`;
  for (let turn = 0; turn < turns; turn += 1) {
    const activity = await tools.store.find(body, id);
    if (!activity) return null;
    const there = activity.signups.find((each) => each.memberId === memberId);
    const done = activity.cancelled.find((each) => each.source === source);
    if (done)
      return there?.id === `${eventKey}:${memberId}` ? { kind: 'handed_over', activity, signup: there } : { kind: 'already_in', activity };
    const present = activity.signups.find((each) => each.memberId === from);
    if (!present) return { kind: 'not_in' };
    const phase = phaseOf(activity, tools.clock.now());
    if (phase === 'running' || phase === 'ended' || phase === 'cancelled') return { kind: 'too_late', activity };
    if (there) {
      await cancel(tools, body, id, { eventKey, memberId: from, by, reason: null });
      return { kind: 'already_in', activity };
    }
    const at = tools.clock.now();
    const seats = request.seats;
    const status = present.status === 'waitlisted' ? present.status : request.wish;
    const signup: SignUp = { id: `${eventKey}:${memberId}`, memberId, seats, status, wish: request.wish, by, at };
    if (partySeats(activity, present, { seats, party: 'set' }) === null) return { kind: 'no_room', activity };
    const history = { ...present, cancelledAt: at, cancelledBy: by, source, reason: null };
    if (await tools.store.handOver(activity, present, signup, history)) return { kind: 'handed_over', activity, signup };
  }
  throw new AppError('UNEXPECTED', `handing over in ${id} lost ${turns} turns in a row`);
}
