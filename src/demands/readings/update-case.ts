import { type Asked, datesOf } from '../../reader/asked';
import { toIso } from '../../reader/calendar';
import { within } from '../../reader/document';
import { intent } from '../../reader/intent';
import { readOut, saysIn } from '../../reader/means';
import type { Reading } from '../../reader/reading';
import { caseOf, type NamedCase } from './named-case';

/** What may have become of one; the first that is said counts. */
const statuses = [
  'reopened',
  'declined',
  'returned',
  'deferred',
  'redirected',
  'in_progress',
  'resolved',
  'fed_back',
  'archived',
  'answered_on_spot',
  'assigned',
  'accepted',
] as const;
export type CaseStatus = (typeof statuses)[number];

export interface CaseUpdateReading extends Reading, NamedCase {
  intent: 'update_case';
  status: CaseStatus | null;
  handler: string | null;
  /** By when it is to be done; the last of the days said. */
  due?: string;
}

/** What has become of a demand. */
function readCaseUpdate(asked: Asked): CaseUpdateReading {
  const said = `${asked.command} ${tellingNow(asked)}`;
  const statusIn = (text: string): CaseStatus | undefined => statuses.find((status) => saysIn(text, asked.document, `case_${status}`));
  const status = statusIn(asked.command) ?? statusIn(said) ?? null;
  const handler =
    readOut(asked.body, asked.document, 'handled_by') ??
    (status === 'assigned' ? (readOut(asked.body, asked.document, 'some_office') ?? null) : null);
  return { intent: 'update_case', ...caseOf(asked), status, handler, ...dueOf(asked) };
}

/** 12月1号前处理完 is to be done by then and has not been: nothing behind such a day says how it stands. */
function tellingNow({ document, section, body }: Asked): string {
  const due = document.dates.find(
    (d) => d.from !== undefined && within(d, section) && saysIn(document.text.slice(d.end, d.end + 4), document, 'due_after'),
  );
  if (!due) return body;
  const rest = document.text.slice(due.end, section.end).replace(/^[^,。;]*/, '');
  return document.text.slice(section.start, due.start) + rest;
}

/** 11月底前, 限一周内: by then it is to be done; a day without such a word is the day of the news. */
function dueOf(asked: Asked): { due?: string } {
  const { text } = asked.document;
  const token = datesOf(asked)
    .filter(
      (d) =>
        d.from !== undefined &&
        (saysIn(text.slice(d.end, d.end + 4), asked.document, 'due_after') ||
          saysIn(text.slice(Math.max(0, d.start - 6), d.start), asked.document, 'due_before')),
    )
    .at(-1);
  const day = token?.to ?? token?.from;
  return day === undefined ? {} : { due: toIso(day) };
}

export const updateCase = intent<CaseUpdateReading>('update_case', {
  words: [
    '办结',
    '办理',
    '交办',
    '转办',
    '受理',
    '已办结',
    '已办',
    '诉求更新',
    '更新诉求',
    '办理中',
    '更新',
    '结案',
    '诉求跟进',
    '跟进诉求',
    '退回',
    '归档',
    '暂缓',
    '不予受理',
  ],
  read: readCaseUpdate,
});
