import type { CommandContext, PrivateMessage, Reply } from '../chat/command';
import type { ActivityTools } from './create-activity';
import { findActivity } from './find-activity';
import { peopleMeant } from './people-meant';
import type { SignupReading } from './readings';
import { most } from './rules';
import type { SignUpResult } from './service';
import { activityTexts as texts } from './texts';

/**
 * Signs up the speaker, the named members (each with an entry of their own) and unnamed companions, who share the
 * entry of the first of them.
 */
export async function signUpByChat(tools: ActivityTools, context: CommandContext, reading: SignupReading): Promise<Reply> {
  const { extra } = reading;
  if (extra > most.companions) return { text: texts.tooManyCompanions(most.companions) };
  if (reading.names.length > most.names) return { text: texts.tooManyNames(most.names) };
  const found = await findActivity(tools.activities, context, reading, await tools.activities.comingUp(context.body));
  if ('say' in found) return { text: found.say };

  const { people, unclear } = await peopleMeant(tools, context, reading);
  const lines: string[] = [];
  const notices: PrivateMessage[] = [];
  for (const [at, { id: memberId, name }] of people.entries()) {
    const seats = at === 0 ? 1 + extra : 1;
    const request = { eventKey: context.eventKey, memberId, seats, wish: reading.status, by: context.speaker.memberId };
    const result = await tools.activities.signUp(context.body, found.activity.id, request);
    if (!result) continue;
    const own = memberId === context.speaker.memberId;
    lines.push(own ? sayOwn(name, result, seats) : sayOther(name, result, seats));
    if (!own) notices.push(...noticeFor(context, memberId, result));
  }
  // One refusal is the same for everybody.
  return { text: [...new Set(lines), ...unclear].join('\n'), ...(notices.length ? { private: notices } : {}) };
}

function sayOwn(name: string, result: SignUpResult, seats: number): string {
  const { activity } = result;
  if (result.kind === 'refused') return sayRefused(result, seats);
  if (result.kind === 'waiting') return texts.waiting(name, activity, result.place, result.signup.seats);
  if (result.kind === 'already') return texts.already(name, activity, result.signup.seats);
  const { wish } = result.signup;
  return (wish === 'tentative' ? texts.signedUpTentatively : texts.signedUp)(name, activity, result.signup.seats);
}

function sayOther(name: string, result: SignUpResult, seats: number): string {
  const { activity } = result;
  if (result.kind === 'refused') return sayRefused(result, seats);
  if (result.kind === 'waiting') return texts.waitingOther(name, activity, result.place, result.signup.seats);
  if (result.kind === 'already') return texts.alreadyOther(name, activity);
  return texts.signedUpOther(name, activity, result.signup.seats);
}

function sayRefused({ activity, why }: Extract<SignUpResult, { kind: 'refused' }>, seats: number): string {
  return why === 'never_fits' ? texts.neverFits(activity, seats) : texts.refused(activity, why);
}

/** Whoever was signed up by somebody else hears of it and may object (F28). */
function noticeFor(context: CommandContext, memberId: string, result: SignUpResult): PrivateMessage[] {
  if (result.kind === 'refused' || !result.signup.id.startsWith(`${context.eventKey}:`)) return [];
  const say = result.kind === 'waiting' ? texts.waitingForYou : texts.signedUpForYou;
  const text = say(context.speaker.name, result.activity);
  return [{ memberId, key: `signed_up_for_you:${result.activity.id}:${result.signup.id}`, purpose: 'activity_notice', text }];
}
