import type { CommandContext, Reply } from '../chat/command';
import { namedMembers } from '../organisation/service';
import type { Activity, Attendance } from './activity';
import type { ActivityTools } from './create-activity';
import { findOwnActivity } from './find-activity';
import type { AttendanceReading, MinutesReading } from './readings';
import { activityTexts as texts } from './texts';

/** Those that have begun, the newest first, and those of today that are about to. */
async function toldOf({ activities }: ActivityTools, { body, today }: CommandContext): Promise<Activity[]> {
  const coming = await activities.comingUp(body);
  const begun = await activities.past(body);
  const known = new Set(begun.map(({ id }) => id));
  return [...begun, ...coming.filter(({ id, start }) => !known.has(id) && start.startsWith(today))];
}

/** The organiser says who was there. Whoever is named, or was signed up where all came, is credited; a count alone credits nobody. */
export async function attendanceByChat(tools: ActivityTools, context: CommandContext, reading: AttendanceReading): Promise<Reply> {
  const found = await findOwnActivity(tools.activities, context, reading, await toldOf(tools, context));
  if ('say' in found) return { text: found.say };
  const { activity } = found;
  const early = tooEarly(activity, context);
  if (early) return { text: early };
  const present = await namedMembers(tools.organisation, context.body, reading.present);
  const absent = await namedMembers(tools.organisation, context.body, reading.absent);
  const onLeave = await namedMembers(tools.organisation, context.body, reading.on_leave);
  const away = [...absent.members, ...onLeave.members].map(({ id }) => id);
  const came = whoCame(activity, reading, { named: present.members.map(({ id }) => id), away });
  if (came.length + away.length === 0 && reading.members_present === null && reading.people === null)
    return { text: [...toldSoFar(activity), texts.attendanceHow(activity), ...present.unclear].join('\n') };
  // What is not said this time stays as it was said before.
  const before = activity.attendance?.filter(({ source }) => source !== context.eventKey).at(-1);
  const attendance: Attendance = {
    source: context.eventKey,
    by: context.speaker.memberId,
    at: context.now,
    present: came.length > 0 ? came : (before?.present ?? []).filter((id) => !away.includes(id)),
    absent: absent.members.length > 0 ? absent.members.map(({ id }) => id) : (before?.absent ?? []),
    onLeave: onLeave.members.length > 0 ? onLeave.members.map(({ id }) => id) : (before?.onLeave ?? []),
    members: reading.members_present ?? (came.length > 0 ? null : (before?.members ?? null)),
    people: reading.people ?? before?.people ?? null,
  };
  await tools.activities.note(context.body, activity.id, { attendance });
  const names = await Promise.all(attendance.present.map(async (id) => (await tools.organisation.member(context.body, id))?.name ?? id));
  const unclear = [...present.unclear, ...absent.unclear, ...onLeave.unclear];
  return { text: [texts.attendanceKept(activity, attendance, names), ...unclear].join('\n') };
}

const toldSoFar = (activity: Activity): string[] => {
  const last = activity.attendance?.at(-1);
  return last ? [texts.attendanceCount(activity, last)] : [];
};

/** Named, or all who had a seat but those away, where the count says so or everybody is said to have come. */
function whoCame(activity: Activity, reading: AttendanceReading, { named, away }: { named: string[]; away: string[] }): string[] {
  if (named.length > 0) return named;
  const seated = activity.signups.filter(({ status }) => status !== 'waitlisted').map(({ memberId }) => memberId);
  const left = seated.filter((id) => !away.includes(id));
  return reading.everybody || (reading.members_present !== null && reading.members_present === left.length) ? left : [];
}

const tooEarly = (activity: Activity, { today }: CommandContext): string | null => {
  if (activity.status === 'cancelled') return texts.notHeld(activity);
  return activity.start.slice(0, 10) > today ? texts.notYetHeld(activity) : null;
};

/** What was said and decided, kept with the activity; never a contact record. */
export async function minutesByChat(tools: ActivityTools, context: CommandContext, reading: MinutesReading): Promise<Reply> {
  const found = await findOwnActivity(tools.activities, context, reading, await toldOf(tools, context));
  if ('say' in found) return { text: found.say };
  const { activity } = found;
  const early = tooEarly(activity, context);
  if (early) return { text: early };
  // As typed: the reader tidies what it reads.
  const span = reading.spans?.['content'];
  const typed = span ? context.text.slice(...span).trim() : reading.content;
  if (typed === '') return { text: texts.minutesHow(activity) };
  const content = typed.slice(0, mostKept);
  const minutes = { source: context.eventKey, by: context.speaker.memberId, at: context.now, content };
  await tools.activities.note(context.body, activity.id, { minutes });
  return { text: texts.minutesKept(activity, typed.length > mostKept) };
}

const mostKept = 4_000;
