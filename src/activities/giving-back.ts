import { AppError } from '../foundation/errors';
import { type Phase, phaseOf } from './rules';
import { type Tools, turns } from './settling';

export interface CancelRequest {
  eventKey: string;
  memberId: string;
  by: string;
  reason: string | null;
}

export type CancelResult = { kind: 'cancelled' | 'not_in' } | { kind: 'too_late'; phase: Extract<Phase, 'running' | 'ended'> };

/** Takes a sign-up back into the history. Null when there is no such activity. */
export async function cancel({ store, clock }: Tools, body: string, id: string, request: CancelRequest): Promise<CancelResult | null> {
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
