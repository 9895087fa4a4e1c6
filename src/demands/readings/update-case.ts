import { type Asked, datesOf } from '../../reader/asked';
import { toIso } from '../../reader/calendar';
import { intent } from '../../reader/intent';
import { saysIn } from '../../reader/means';
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

const handlerWord =
  /(?:转给|转交给?|交给|派给|交办给?|转办给?|移交给?|转到|分给|改由|由|交由|交办|转办|承办单位:?|让)[ :]*([\u4e00-\u9fff]{1,12}?(?:局|委|办|街道|社区|部门|公司|中心|物业|所|队|科|站|镇|乡|村|院|会|集团|办事处|委员|支队|大队|热线))(?:办|处理|负责|牵头|了|去|来|$|[,。;\s])/;

/** What has become of a demand. */
function readCaseUpdate(asked: Asked): CaseUpdateReading {
  const said = `${asked.command} ${asked.body}`;
  const statusIn = (text: string): CaseStatus | undefined => statuses.find((status) => saysIn(text, asked.document, `case_${status}`));
  const status = statusIn(asked.command) ?? statusIn(said) ?? null;
  const handler =
    handlerWord.exec(`${asked.body} `)?.[1] ??
    (status === 'assigned' ? (/([\u4e00-\u9fff]{2,8}(?:局|委|办|街道|社区|公司|中心|物业|所|队))/.exec(asked.body)?.[1] ?? null) : null);
  return { intent: 'update_case', ...caseOf(asked), status, handler, ...dueOf(asked) };
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
    '退回',
    '归档',
    '暂缓',
    '不予受理',
  ],
  read: readCaseUpdate,
});
