import type { CommandContext, Reply } from '../chat/command';
import { inPrivate } from '../chat/in-private';
import type { OrganisationService } from '../organisation/service';
import type { Activity, SignUp } from './activity';
import type { ActivityTools } from './create-activity';
import { mayChange } from './find-activity';
import type { ActivityQueryReading } from './readings';
import { activityTexts as texts } from './texts';

/** What was kept of an activity, for whoever asks: counts for everybody, names and minutes for those they concern, in private. */
export async function readBack(
  { organisation }: Pick<ActivityTools, 'organisation'>,
  context: CommandContext,
  { activity, of }: { activity: Activity; of: NonNullable<ActivityQueryReading['of']> },
): Promise<Reply> {
  if (of === 'minutes') return minutes(context, activity);
  const count =
    of === 'names' ? texts.signUpCount(activity, countsOf(activity)) : texts.attendanceCount(activity, activity.attendance?.at(-1) ?? null);
  if (!mayChange(context, activity)) return { text: count + texts.namesNotYours };
  const names = namesIn(organisation, context.body);
  const list = of === 'names' ? await whoIsIn(names, activity) : await whoCame(names, activity);
  if (list === null) return { text: count };
  if (context.chat.kind === 'private') return { text: `${count}\n${list}` };
  const reply = inPrivate(context, 'activity_names', `${count}\n${list}`);
  return { ...reply, text: `${count}${reply.text}` };
}

/** For those who run it, and those who were in it. */
function minutes(context: CommandContext, activity: Activity): Reply {
  const { memberId } = context.speaker;
  const concerns =
    mayChange(context, activity) ||
    activity.signups.some((each) => each.memberId === memberId) ||
    (activity.attendance?.at(-1)?.present.includes(memberId) ?? false);
  if (!concerns) return { text: texts.minutesNotYours(activity) };
  const kept = activity.minutes ?? [];
  if (kept.length === 0) return { text: texts.noMinutes(activity, mayChange(context, activity)) };
  return inPrivate(
    context,
    'activity_minutes',
    texts.minutesAre(
      activity,
      kept.map(({ content }) => content),
    ),
  );
}

type Names = (ids: readonly string[]) => Promise<string[]>;

const namesIn =
  (organisation: OrganisationService, body: string): Names =>
  (ids) =>
    Promise.all(ids.map(async (id) => (await organisation.member(body, id))?.name ?? id));

const countsOf = ({ signups, taken, waiting }: Activity) => ({ members: signups.length - waiting, taken, waiting });

async function whoIsIn(names: Names, { signups }: Activity): Promise<string | null> {
  if (signups.length === 0) return null;
  const called = await names(signups.map(({ memberId }) => memberId));
  const told = signups.map(({ status, seats }: SignUp, at) => ({ name: called[at] ?? '', status, seats }));
  return texts.signUpNames(told);
}

async function whoCame(names: Names, { attendance }: Activity): Promise<string | null> {
  const last = attendance?.at(-1);
  if (!last) return null;
  const [present, onLeave, absent] = await Promise.all([names(last.present), names(last.onLeave), names(last.absent)]);
  return texts.attendanceNames({ present, onLeave, absent });
}
