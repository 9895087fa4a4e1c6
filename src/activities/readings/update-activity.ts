import { type Asked, atTime, datesOf, dayOf, momentOf } from '../../reader/asked';
import { fromIso, toIso } from '../../reader/calendar';
import type { DateToken } from '../../reader/date-grammar';
import { type Section, within } from '../../reader/document';
import { intent } from '../../reader/intent';
import { means, saysIn } from '../../reader/means';
import type { Reading } from '../../reader/reading';
import type { TimeToken } from '../../reader/time-of-day';
import { closingDate, deadlineOf } from './activity-when';
import { type ChangedFields, changedPlace, changedSeats, changedTitle } from './changed-fields';
import { activityOf } from './named-activity';

export interface ActivityUpdateReading extends Reading, ChangedFields {
  intent: 'activity_update';
  activity: string | null;
  /** Its day, where that says which one is meant (11月20日的座谈). */
  activity_date?: string;
  /** The activity just spoken of (刚才那个活动). */
  latest?: true;
  /** No activity is named: the one just spoken of may be meant. */
  unnamed?: true;
  change: 'postponed' | 'cancelled' | 'changed' | 'as_planned';
  /** Of what is put off, or brought forward. */
  new_date?: string | null;
  /** The new day, with its hour where one is said. */
  start?: string;
  /** A new hour on the same day. */
  time?: string;
  /** 推迟一周, 提前半小时. */
  shift?: { days: number; minutes: number };
  deadline?: string;
  reason: string | null;
}

/** What changes: called off, put off, or a field of it. */
function readActivityUpdate(asked: Asked): ActivityUpdateReading {
  const said = `${asked.command} ${asked.body}`;
  const fields = { ...changedTimes(asked), ...changedSeats(asked), ...changedPlace(asked), ...changedTitle(asked) };
  const change = changeOf(asked, said, fields);
  const activity = activityOf(withoutTitle(asked, fields.title));
  const day = dayOf(daysSaid(asked).find((d) => saysWhich(asked, d)));
  const { newDate: toldDay, ...rest } = fields;
  const newDate = toldDay ?? (day !== null && fields.shift?.days ? toIso(fromIso(day) + fields.shift.days) : null);
  return {
    intent: 'activity_update',
    activity,
    ...(day !== null && { activity_date: day }),
    ...(means(asked, 'just_opened') ? { latest: true as const } : activity === null && day === null && { unnamed: true as const }),
    change,
    ...(change === 'cancelled' ? {} : rest),
    ...(change === 'postponed' ? { new_date: newDate } : {}),
    reason: reasonOf(asked, change),
  };
}

/** The new name is not the one it is known by. */
const withoutTitle = (asked: Asked, title: string | undefined): Asked =>
  title === undefined ? asked : { ...asked, body: asked.body.replace(title, ' '.repeat(title.length)).replace(/"\s*"/, '') };

type Fields = ReturnType<typeof changedTimes> & ChangedFields;

function changeOf({ document }: Asked, said: string, { newDate, ...fields }: Fields): ActivityUpdateReading['change'] {
  if (saysIn(said, document, 'called_off') && !saysIn(said, document, 'put_off') && fields.capacity === undefined) return 'cancelled';
  if (newDate !== null || fields.shift?.days) return 'postponed';
  if (Object.keys(fields).length > 0) return 'changed';
  if (saysIn(said, document, 'goes_on_as_planned')) return 'as_planned';
  return saysIn(said, document, 'put_off_only') ? 'postponed' : 'changed';
}

interface Times extends Pick<ActivityUpdateReading, 'start' | 'time' | 'shift' | 'deadline'> {
  newDate: string | null;
}

/** The new day or hour, how far it moves, and until when people may sign up. */
function changedTimes(asked: Asked): Times {
  const closing = closingDate(asked);
  const end = closing ? deadlineOf(asked, closing) : null;
  const moved = movedTo(asked, closing);
  const start = moved ? (momentOf(asked, moved) ?? undefined) : undefined;
  const clocks = asked.document.times.filter((t) => t.time !== undefined && within(t, asked.section) && !(end && isOf(t, end.span)));
  const { text } = asked.document;
  const hour = inTheDay(clocks.find((t) => movedWord.test(text.slice(Math.max(0, t.start - 5), t.start))) ?? clocks.at(-1));
  return {
    newDate: dayOf(moved) ?? null,
    ...(start !== undefined && { start: start.length === 10 && hour ? atTime(start, hour) : start }),
    ...(start === undefined && hour !== undefined && { time: hour }),
    ...(start === undefined && shiftOf(asked)),
    ...(end?.moment && { deadline: end.moment }),
  };
}

/** 时间改4点: without 凌晨 nothing is held in the small hours. */
function inTheDay(clock: TimeToken | undefined): string | undefined {
  const early = clock?.time !== undefined && clock.part === undefined && /^0[1-6]:/.test(clock.time);
  return early ? `${Number(clock.time?.slice(0, 2)) + 12}${clock.time?.slice(2)}` : clock?.time;
}

/** 截止到22号中午: the hour of the last day for signing up is not when the activity is. */
const isOf = (clock: Section, { start, end }: Section): boolean => clock.start < end + 3 && start < clock.end;

const movedWord =
  /(?:改到|改为|改在|推迟到|延期到|延到|延至|推到|推迟至|延期至|顺延到|顺延至|调整到|调整为|调到|换到|改成|挪到|提前到|到|至|变更为|定在|定到|定于|改定|应该是|是)[: ]?$/;

/** The date it is moved to, among others that say which activity is meant. */
function movedTo(asked: Asked, closing: DateToken | undefined): DateToken | undefined {
  const dates = daysSaid(asked).filter((d) => d !== closing && (d.kind === 'day' || d.kind === 'range'));
  const said = dates.find((d) => movedWord.test(asked.document.text.slice(Math.max(0, d.start - 5), d.start)));
  return said ?? dates.filter((d) => !saysWhich(asked, d)).at(-1);
}

/** 刚才 is when somebody spoke, no day of an activity. */
const daysSaid = (asked: Asked): DateToken[] => datesOf(asked).filter((d) => !asked.document.text.startsWith('刚', d.start));

const saysWhich = ({ document }: Asked, { end }: DateToken): boolean =>
  saysIn(document.text.slice(end, end + 6), document, 'of_the_activity');

const shifted =
  /(推迟|延后|延迟|推后|往后[推延挪移顺拖放]?|顺延|晚|延期|延|提前|提早|往前[提挪移推]?)(?:了)?(半|一|两|三|四|五|六|七|八|九|十|\d{1,2})个?(半)?(天|日|周|星期|礼拜|小时|钟头|刻钟|分钟)/;
const minutesOf: Readonly<Record<string, number>> = { 小时: 60, 钟头: 60, 刻钟: 15, 分钟: 1 };

function shiftOf({ body, document }: Asked): Pick<ActivityUpdateReading, 'shift'> {
  const match = shifted.exec(body);
  if (!match) return {};
  const [, way = '', count = '', half, unit = ''] = match;
  const number = count === '半' ? 0.5 : (/\d/.test(count) ? Number(count) : '零一两三四五六七八九十'.indexOf(count)) + (half ? 0.5 : 0);
  const sign = saysIn(way, document, 'forward') ? -1 : 1;
  const minutes = minutesOf[unit];
  if (minutes !== undefined) return { shift: { days: 0, minutes: sign * Math.round(number * minutes) } };
  return { shift: { days: sign * Math.round(number * (saysIn(unit, document, 'weekday_word') ? 7 : 1)), minutes: 0 } };
}

function reasonOf(asked: Asked, change: ActivityUpdateReading['change']): string | null {
  const said = /(?:原因:?|因为?|由于|理由:?)(?:是)?([^。;\n]{2,60})/.exec(asked.body)?.[1]?.trim();
  if (said) return said.replace(/[,，]?(?:所以)?(?:活动)?(?:取消|延期|推迟|改期)[^,。]{0,20}$/, '') || said;
  return change === 'cancelled' || change === 'postponed' ? leftover(asked) : null;
}

/** A clause that says nothing else is why. */
function leftover(asked: Asked): string | null {
  const clause = asked.body
    .split(/[,。;\n ]/)
    .find(
      (c) =>
        c.length >= 3 &&
        !/[A-Z]\d|改|延|推迟|取消|顺延|活动|提前|不办|不搞|停办|照常|不变|照旧|定[在到于]|还在|[又重]新?要?[开办]|地点|名额|截止|通知|[点时:]\d*$/.test(
          c,
        ) &&
        !/\d月|\d号|周|\d点|\d:/.test(c) &&
        c !== activityOf(asked),
    );
  return clause ?? null;
}

export const updateActivity = intent<ActivityUpdateReading>('activity_update', {
  words: ['活动变更', '活动延期', '活动取消', '取消活动', '活动改期', '改期', '延期活动', '修改活动', '活动调整', '更改活动'],
  read: readActivityUpdate,
});
