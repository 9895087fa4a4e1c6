import { DateTime } from 'luxon';

/** What a sentence needs to know of an activity. Times are local: 'YYYY-MM-DDTHH:MM' or a day alone. */
export interface Named {
  id: string;
  title: string;
  start: string;
  place: string;
}

export type Seats = { capacity: number | null; taken: number };

const weekdays = ['一', '二', '三', '四', '五', '六', '日'];

/** '9月26日（周六）9:00' */
export function whenText(local: string): string {
  const time = DateTime.fromISO(local, { zone: 'utc' });
  const day = `${time.month}月${time.day}日（周${weekdays[time.weekday - 1] ?? ''}）`;
  return local.length > 10 ? day + time.toFormat('H:mm') : day;
}

/** '2026年9月26日（周六）9:00': where what is said is to be checked. */
export const fullWhenText = (local: string): string => `${local.slice(0, 4)}年${whenText(local)}`;

export const named = ({ id, title }: Pick<Named, 'id' | 'title'>): string => `${id}“${title}”`;
export const whenWhere = ({ start, place }: Named): string => `${whenText(start)}，${place}`;

/** 1 Monday … 7 Sunday. */
export const weekdayOf = (local: string): number => DateTime.fromISO(local, { zone: 'utc' }).weekday;

export const weekdayText = (weekday: number): string => `周${weekdays[weekday - 1] ?? ''}`;

export const limits = (capacity: number | null, deadline: string | null): string =>
  `${capacity === null ? '不限名额' : `名额${capacity}人`}${deadline === null ? '' : `，${whenText(deadline)}截止报名`}`;

export const why = (reason: string | null): string => (reason === null ? '' : `，原因：${reason}`);
