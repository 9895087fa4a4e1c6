import type { CommandContext, GroupMessage, PrivateMessage, Reply } from '../chat/command';
import type { Activity, ActivityChange, Changeable } from './activity';
import { type ActivityTools, groupsToTell } from './create-activity';
import { findOwnActivity } from './find-activity';
import type { ActivityUpdateReading } from './readings';
import { type ChangeWish, concernsThem } from './rules-of-change';
import type { ChangeResult } from './service';
import { activityTexts as texts } from './texts';

/** An organiser changes what was announced: seats, time, place, name, deadline; puts it off or calls it off. */
export async function changeByChat(tools: ActivityTools, context: CommandContext, reading: ActivityUpdateReading): Promise<Reply> {
  const found = await findOwnActivity(tools.activities, context, reading, await tools.activities.comingUp(context.body));
  if ('say' in found) return { text: found.say };
  const wish = wishOf(reading);
  const { id } = found.activity;
  if (saysNothing(wish)) return { text: texts.changeNothing(found.activity) };
  const request = { zone: context.zone, wish, eventKey: context.eventKey, by: context.speaker.memberId };
  const result = await tools.activities.change(context.body, id, request);
  if (!result) return { text: texts.noSuchActivity(id) };
  return result.kind === 'changed' ? tell(tools, context, result) : { text: sayUnchanged(result, wish) };
}

function wishOf(reading: ActivityUpdateReading): ChangeWish {
  const { change, start, place, title, deadline, capacity, capacity_by, time, shift, reason } = reading;
  return {
    kind: change,
    details: {
      ...(start !== undefined && { start }),
      ...(place !== undefined && { place }),
      ...(title !== undefined && { title }),
      ...(deadline !== undefined && { deadline }),
    },
    ...(capacity !== undefined && { capacity }),
    ...(capacity_by !== undefined && { capacityBy: capacity_by }),
    ...(time !== undefined && { time }),
    ...(shift && { shift }),
    reason,
  };
}

const saysNothing = ({ kind, details, capacity, capacityBy, time, shift }: ChangeWish): boolean =>
  kind === 'changed' && Object.keys(details).length === 0 && [capacity, capacityBy, time, shift].every((each) => each === undefined);

function sayUnchanged(result: Exclude<ChangeResult, { kind: 'changed' }>, { kind }: ChangeWish): string {
  const { activity } = result;
  if (result.kind === 'same') return kind === 'as_planned' ? texts.asPlanned(activity) : texts.changeSame(activity);
  return result.why === 'seats_taken' ? texts.seatsTaken(activity) : texts.changeFault(activity, result.why);
}

/** Those signed up hear of what concerns them, each once in private; more seats go to those waiting. */
async function tell(tools: ActivityTools, context: CommandContext, result: Extract<ChangeResult, { kind: 'changed' }>): Promise<Reply> {
  const { activity, change } = result;
  const said = whatChanged(change);
  const news = concernsThem(change);
  const notices: PrivateMessage[] = news ? noticesOf(context, activity, change) : [];
  notices.push(...(await tools.activities.settle(context.body, activity.id)));
  const groupText = texts.groupNews(activity, said);
  const groups: GroupMessage[] = news
    ? (await groupsToTell(tools, context, activity, `changed:${change.source}`)).map((group) => ({ ...group, text: groupText }))
    : [];
  return {
    text: texts.changed(activity, said, news ? noticesOf(context, activity, change).length : 0),
    ...(notices.length > 0 ? { private: notices } : {}),
    ...(groups.length > 0 ? { groups } : {}),
  };
}

const whatChanged = ({ kind, reason, before }: ActivityChange) => ({ kind, reason, fields: Object.keys(before) as (keyof Changeable)[] });

const noticesOf = ({ speaker }: CommandContext, activity: Activity, change: ActivityChange): PrivateMessage[] =>
  activity.signups
    .filter(({ memberId }) => memberId !== speaker.memberId)
    .map(({ memberId }) => ({
      memberId,
      key: `activity_changed:${activity.id}:${change.source}:${memberId}`,
      purpose: 'activity_changed',
      reason: { activity: activity.id, change: change.source },
      text: texts.changeNews(activity, whatChanged(change)),
    }));
