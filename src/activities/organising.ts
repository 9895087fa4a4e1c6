import { AppError } from '../foundation/errors';
import type { Activity, ActivityChange, ActivityDetails } from './activity';
import { type CreateFault, faultOf, instantsOf } from './rules';
import { type ChangeRefusal, type ChangeWish, decideChange } from './rules-of-change';
import { type Tools, turns } from './settling';

export interface Creation {
  body: string;
  zone: string;
  details: ActivityDetails;
  eventKey: string;
  by: string;
}

export type CreateResult = { kind: 'created'; activity: Activity } | { kind: 'fault'; fault: CreateFault };

/** Announces an activity; the same event again gets the one it made. */
export async function create({ store, clock }: Tools, { body, zone, details, eventKey, by }: Creation): Promise<CreateResult> {
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

interface ChangeRequest {
  zone: string;
  wish: ChangeWish;
  eventKey: string;
  by: string;
}

export type ChangeResult =
  | { kind: 'changed'; activity: Activity; change: ActivityChange }
  | { kind: 'same'; activity: Activity }
  | { kind: 'refused'; activity: Activity; why: ChangeRefusal };

/** Changes what was announced, once per event. Null when there is no such activity. */
export async function change({ store, clock }: Tools, body: string, id: string, request: ChangeRequest): Promise<ChangeResult | null> {
  const { eventKey: source, by, zone, wish } = request;
  for (let turn = 0; turn < turns; turn += 1) {
    const activity = await store.find(body, id);
    if (!activity) return null;
    const done = activity.changes?.find((each) => each.source === source);
    if (done) return { kind: 'changed', activity, change: done };
    const at = clock.now();
    const decision = decideChange(activity, wish, at, zone);
    if (decision.kind !== 'change') return { ...decision, activity };
    const made: ActivityChange = { source, by, at, ...decision.change };
    if (await store.changeDetails(activity, decision.set, made))
      return { kind: 'changed', activity: { ...activity, ...decision.set, changes: [...(activity.changes ?? []), made] }, change: made };
  }
  throw new AppError('UNEXPECTED', `change of ${id} lost ${turns} turns in a row`);
}
