import type { CommandContext, PrivateMessage, Reply } from '../chat/command';
import { may } from '../organisation/may';
import type { Activity } from './activity';
import type { ActivityTools } from './create-activity';
import { findActivity } from './find-activity';
import { type PersonMeant, peopleMeant } from './people-meant';
import { type LeaveReading, rights, type SignupCancelReading } from './readings';
import { most } from './rules';
import { activityTexts as texts } from './texts';

/**
 * Takes back the speaker's sign-up or, where that is allowed, another member's; freed seats go to those waiting. Leave is the same,
 * and whoever runs the activity hears of it with the reason.
 */
export async function cancelByChat(
  tools: ActivityTools,
  context: CommandContext,
  reading: SignupCancelReading | LeaveReading,
): Promise<Reply> {
  if (reading.names.length > most.names) return { text: texts.tooManyNames(most.names) };
  const { people, unclear } = await peopleMeant(tools, context, reading);
  if (people.length === 0) return { text: unclear.join('\n') };
  const found = await theirActivity(tools, context, reading, people);
  if ('say' in found) return { text: found.say };

  const lines: string[] = [];
  const notices: PrivateMessage[] = [];
  for (const person of people) {
    const leave = reading.intent === 'leave_request';
    const { text, notice, organiser } = await cancelOne(tools, context, {
      person,
      activity: found.activity,
      reason: reading.reason,
      leave,
    });
    lines.push(text);
    notices.push(...[notice, organiser].filter((each) => each !== undefined));
  }
  notices.push(...(await tools.activities.settle(context.body, found.activity.id)));
  return { text: [...lines, ...unclear].join('\n'), ...(notices.length ? { private: notices } : {}) };
}

/**
 * Among what these people are in, as far as it is the speaker's business; what they have just left counts too, so that the
 * same message again finds it. 不去 alone is the answer to having been signed up by somebody else.
 */
async function theirActivity(
  tools: ActivityTools,
  context: CommandContext,
  reading: SignupCancelReading | LeaveReading,
  people: readonly PersonMeant[],
) {
  const mine = (activity: Activity, person: PersonMeant): boolean => mayCancel(context, activity, person);
  const touches = (activity: Activity): boolean =>
    people.some(
      (person) =>
        mine(activity, person) &&
        (activity.signups.some((each) => each.memberId === person.id) ||
          activity.cancelled.some((each) => each.source === `${context.eventKey}:${person.id}`)),
    );
  const among = (await tools.activities.comingUp(context.body)).filter(touches);
  const vague = reading.activity === null && reading.activity_date === null && context.quoted === undefined;
  const [only] = people;
  if (vague && among.length === 0) return { say: isOwn(context, only) ? nothingOf(reading) : texts.cancelNotYours(only?.name ?? '') };
  const byOthers = among.filter(({ signups }) => signups.some(({ memberId, by }) => memberId === only?.id && by !== memberId));
  const refuses = vague && among.length > 1 && byOthers.length === 1 && isOwn(context, only) && people.length === 1;
  return findActivity(tools.activities, context, reading, refuses ? byOthers : among);
}

const nothingOf = ({ intent }: SignupCancelReading | LeaveReading): string =>
  intent === 'leave_request' ? texts.nothingToLeave : texts.nothingToCancel;

const isOwn = ({ speaker }: CommandContext, person: PersonMeant | undefined): boolean => person?.id === speaker.memberId;

/** One's own, one's sector's, or what one has signed up oneself. */
function mayCancel({ speaker }: CommandContext, activity: Activity, person: PersonMeant): boolean {
  const by = [...activity.signups, ...activity.cancelled].find((each) => each.memberId === person.id)?.by;
  const scopes = [{ memberId: person.id, sector: person.sector }, ...(by === undefined ? [] : [{ memberId: by }])];
  return scopes.some((scope) => may(rights.cancelSignUp, speaker, scope));
}

interface Cancellation {
  person: PersonMeant;
  activity: Activity;
  reason: string | null;
  /** Asked for as leave (请假). */
  leave?: boolean;
}

interface Said {
  text: string;
  /** To the person, who did not say it. */
  notice?: PrivateMessage;
  organiser?: PrivateMessage;
}

/** One person's sign-up; whoever has no business with it does not learn whether there is one. */
export async function cancelOne(
  tools: ActivityTools,
  context: CommandContext,
  { person, activity, reason, leave = false }: Cancellation,
): Promise<Said> {
  const { speaker, eventKey, body } = context;
  if (!mayCancel(context, activity, person)) return { text: texts.cancelNotYours(person.name) };
  const result = await tools.activities.cancel(body, activity.id, { eventKey, memberId: person.id, by: speaker.memberId, reason });
  if (!result || result.kind === 'not_in')
    return { text: leave ? texts.notInForLeave(person.name, activity) : texts.notIn(person.name, activity) };
  if (result.kind === 'too_late') return { text: texts.cancelTooLate(activity, result.phase) };
  const told = leave && ![person.id, speaker.memberId].includes(activity.createdBy);
  const messageTo = (memberId: string, what: string, text: string): PrivateMessage => ({
    memberId,
    key: `${what}:${activity.id}:${eventKey}:${person.id}`,
    purpose: 'activity_notice',
    text,
  });
  const said = leave ? texts.excused : texts.cancelled;
  return {
    text: isOwn(context, person) ? said(person.name, activity, told) : texts.cancelledOther(person.name, activity),
    ...(isOwn(context, person) ? {} : { notice: messageTo(person.id, 'cancelled_for_you', texts.cancelledForYou(speaker.name, activity)) }),
    ...(told ? { organiser: messageTo(activity.createdBy, 'excused', texts.leaveTaken(person.name, activity, reason)) } : {}),
  };
}
