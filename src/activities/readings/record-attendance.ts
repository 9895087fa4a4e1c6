import { type Asked, datesOf, dayOf } from '../../reader/asked';
import { within } from '../../reader/document';
import { intent } from '../../reader/intent';
import { means, saysIn } from '../../reader/means';
import { membersIn } from '../../reader/members';
import type { Reading } from '../../reader/reading';
import { activityOf } from './named-activity';

export interface AttendanceReading extends Reading {
  intent: 'activity_attendance';
  activity: string | null;
  activity_date?: string;
  members_present: number | null;
  /** Everybody who was signed up came. */
  everybody?: true;
  /** Members named as having come. */
  present: string[];
  /** Constituents. */
  people: number | null;
  absent: string[];
  on_leave: string[];
}

/** Who was there: 委员 by count or name, constituents by count, who was absent or on leave. */
function readAttendance(asked: Asked): AttendanceReading {
  const { document, section } = asked;
  const here = document.quantities.filter((q) => within(q, section) && q.value >= 0);
  const members =
    here.find((q) => q.role === 'member') ??
    here.find(
      (q) =>
        q.kind !== 'unit' &&
        q.role !== 'constituent' &&
        saysIn(document.text.slice(Math.max(0, q.start - 8), q.start), document, 'came_before'),
    );
  const people =
    here.find((q) => q !== members && q.role === 'constituent') ??
    here.find(
      (q) =>
        q !== members &&
        q.kind === 'person' &&
        saysIn(document.text.slice(Math.max(0, q.start - 8), q.start), document, 'constituent_words'),
    );
  const absent = namesNear(asked, 'absent');
  const on_leave = namesNear(asked, 'on_leave');
  const day = dayOf(datesOf(asked)[0]);
  return {
    intent: 'activity_attendance',
    activity: activityOf(asked),
    ...(day !== null && { activity_date: day }),
    members_present: members?.value ?? null,
    ...(means(asked, 'all_came') && { everybody: true as const }),
    present: membersIn(asked).filter((name) => !absent.includes(name) && !on_leave.includes(name)),
    people: people?.value ?? null,
    absent,
    on_leave,
  };
}

/** The members named in the clause that says so. */
function namesNear(asked: Asked, act: 'absent' | 'on_leave'): string[] {
  let at = asked.section.start;
  const names: string[] = [];
  for (const clause of asked.body.split(/(?<=[,。;\n ])/)) {
    const section = { start: at, end: at + clause.length };
    at = section.end;
    const said = asked.document.lexicon.acts[act].exec(clause);
    const listGoesOn = said && /[:： ]$/.test(clause) && clause.trim().replace(/:$/, '') === said[0];
    if (said && !listGoesOn) names.push(...membersIn({ ...asked, section, body: clause }));
    if (listGoesOn) names.push(...membersIn({ ...asked, ...nextClause(asked, section.end) }));
  }
  return [...new Set(names)];
}

/** 缺席 郑怀远: the names stand in the clause after the word. */
function nextClause(asked: Asked, start: number): Pick<Asked, 'section' | 'body'> {
  const rest = asked.document.text.slice(start, asked.section.end);
  const stop = rest.search(/[,。;\n ]/);
  const body = stop < 0 ? rest : rest.slice(0, stop);
  return { section: { start, end: start + body.length }, body };
}

export const recordAttendance = intent<AttendanceReading>('activity_attendance', {
  words: [
    '出席',
    '签到',
    '考勤',
    '到会',
    '活动出席',
    '出席情况',
    '到会情况',
    '出席登记',
    '活动签到',
    '出勤',
    '到场',
    '出席记录',
    '活动记录',
  ],
  looksBack: true,
  read: readAttendance,
});
