import { most } from './rules';
import type { SignUpResult } from './service';
import { activityTexts as texts } from './texts';

export function sayOwn(name: string, result: SignUpResult, seats: number): string {
  const { activity } = result;
  if (result.kind === 'refused' || result.kind === 'too_many') return sayRefused(result, seats);
  if (result.kind === 'waiting') return texts.waiting(name, activity, result.place, result.signup.seats);
  if (result.kind === 'already') return texts.already(name, activity, result.signup.seats);
  if (result.kind === 'party') return texts.party(name, activity, result.signup.seats);
  if (result.kind === 'no_room') return texts.noRoom(name, activity, result.signup.seats);
  const { wish } = result.signup;
  return (wish === 'tentative' ? texts.signedUpTentatively : texts.signedUp)(name, activity, result.signup.seats);
}

/** `managed`: said by one who may know whether the member was in before; a colleague hears the same in both cases. */
export function sayOther(name: string, result: SignUpResult, seats: number, managed: boolean): string {
  const { activity } = result;
  if (result.kind === 'refused' || result.kind === 'too_many') return sayRefused(result, seats);
  if (result.kind === 'waiting') return texts.waitingOther(name, activity, result.place, result.signup.seats);
  if (!managed) return texts.onList(name, activity);
  if (result.kind === 'already' || result.kind === 'no_room') return texts.alreadyOther(name, activity);
  return texts.signedUpOther(name, activity, result.signup.seats);
}

function sayRefused(result: Extract<SignUpResult, { kind: 'refused' | 'too_many' }>, seats: number): string {
  if (result.kind === 'too_many') return texts.tooManyOthers(most.colleagues);
  const { activity, why } = result;
  return why === 'never_fits' ? texts.neverFits(activity, seats) : texts.refused(activity, why);
}
