import type { CommandContext, Reply } from '../chat/command';
import { may } from '../organisation/may';
import type { Activity, SignUp } from './activity';
import type { ActivityTools } from './create-activity';
import { findActivity, findOwnActivity } from './find-activity';
import { readBack } from './read-back';
import { type ActivityQueryReading, rights } from './readings';
import { phaseOf, placeInLine } from './rules';
import { activityTexts as texts } from './texts';

const shown = 10;

/** /活动: the coming ones, one of them, or the speaker's own; who has signed up for whoever runs it. Never who has not. */
export async function askActivity(tools: ActivityTools, context: CommandContext, reading: ActivityQueryReading): Promise<Reply> {
  const coming = await tools.activities.comingUp(context.body);
  if (reading.of && (reading.activity !== null || context.quoted !== undefined || mayRun(context))) {
    // Who was there is asked of one that has been, who is in of one to come.
    const among = reading.of === 'names' ? coming : await tools.activities.past(context.body);
    const find = reading.activity === null && context.quoted === undefined ? findOwnActivity : findActivity;
    const asked = await find(tools.activities, context, { activity: reading.activity, activity_date: null }, among);
    return 'say' in asked ? { text: asked.say } : readBack(tools, context, { activity: asked.activity, of: reading.of });
  }
  if (reading.activity === null && context.quoted === undefined) {
    return { text: reading.ask === 'my_status' ? mine(context, coming) : list(context, coming) };
  }
  const found = await findActivity(tools.activities, context, { activity: reading.activity, activity_date: null }, coming);
  if ('say' in found) return { text: found.say };
  const { activity } = found;
  const signup = signUpOf(activity, context.speaker.memberId);
  const phase = phaseOf(activity, context.now);
  const text = texts.card({ ...activity, phase }, signup ? standingOf(activity, signup) : texts.standing.none);
  // In a group the buttons are everybody's, so they do not depend on who asked.
  const buttons = phase === 'open' ? [texts.buttons.signUp(activity.id), texts.buttons.cancel(activity.id)] : [];
  return buttons.length > 0 ? { text, card: { title: activity.title, buttons } } : { text };
}

const mayRun = ({ speaker }: CommandContext): boolean => may(rights.change, speaker);

const signUpOf = ({ signups }: Activity, memberId: string): SignUp | undefined => signups.find((each) => each.memberId === memberId);

function standingOf(activity: Activity, signup: SignUp): string {
  if (signup.status === 'waitlisted') return texts.standing.waitlisted(placeInLine(activity, signup.id));
  return texts.standing[signup.status](signup.seats);
}

/** The speaker's own sector first: in a city there are more coming activities than a message should hold. */
function list({ now, speaker }: CommandContext, coming: readonly Activity[]): string {
  if (coming.length === 0) return texts.noneComing;
  const own = coming.filter(({ sector }) => sector === speaker.sector);
  const first = [...own, ...coming.filter((each) => !own.includes(each))].slice(0, shown);
  const inOrder = first.toSorted((a, b) => a.startsAt.getTime() - b.startsAt.getTime());
  return texts.list(
    inOrder.map((activity) => ({ ...activity, phase: phaseOf(activity, now) })),
    coming.length - first.length,
  );
}

function mine({ speaker }: CommandContext, coming: readonly Activity[]): string {
  return texts.mine(
    coming.flatMap((activity) => {
      const signup = signUpOf(activity, speaker.memberId);
      return signup ? [{ ...activity, standing: standingOf(activity, signup) }] : [];
    }),
  );
}
