import { type Asked, datesOf } from '../../reader/asked';
import { toIso } from '../../reader/calendar';
import { intent } from '../../reader/intent';
import type { Reading } from '../../reader/reading';
import { caseOf, type NamedCase } from './named-case';

export type CaseStatus =
  | 'reopened'
  | 'declined'
  | 'returned'
  | 'deferred'
  | 'redirected'
  | 'in_progress'
  | 'resolved'
  | 'fed_back'
  | 'archived'
  | 'answered_on_spot'
  | 'assigned'
  | 'accepted';

export interface CaseUpdateReading extends Reading, NamedCase {
  intent: 'update_case';
  status: CaseStatus | null;
  handler: string | null;
  /** By when it is to be done; the last of the days said. */
  due?: string;
}

const statuses: readonly [RegExp, CaseStatus][] = [
  [/重新办理|重办|重新打开|再办/, 'reopened'],
  [/不予受理|不受理/, 'declined'],
  [/退回|打回/, 'returned'],
  [/暂缓|条件受限|暂时办不了|缓办|办不了|搁置/, 'deferred'],
  [/12345|应急|119|110/, 'redirected'],
  [/未办结|没办结|没办完|办理中|正在办|在办|处理中|施工中|正在|开工|进行中/, 'in_progress'],
  [
    /办结|解决了|修好|已解决|办完|完成|结案|已加装|已修|装好|换好|搞定|处理好|清理完|已清理|落实了|恢复|已装|处理完|(?:弄|修|装|换|办|补|安|治|铺|清|疏通|处理)(?:好|妥|完|通|上)了/,
    'resolved',
  ],
  [/反馈给(?:群众|居民|当事人|反映人|他|她)|已反馈|已答复|回复了(?:群众|居民)/, 'fed_back'],
  [/归档/, 'archived'],
  [/当场答复/, 'answered_on_spot'],
  [/交办|转办|转给|转交|交给|派给|分给|移交|转到|派单|由[\u4e00-\u9fff]{2,8}(?:办|处理|牵头)/, 'assigned'],
  [/受理/, 'accepted'],
];
const handlerWord =
  /(?:转给|转交给?|交给|派给|交办给?|转办给?|移交给?|转到|分给|改由|由|交由|交办|转办|承办单位:?|让)[ :]*([\u4e00-\u9fff]{1,12}?(?:局|委|办|街道|社区|部门|公司|中心|物业|所|队|科|站|镇|乡|村|院|会|集团|办事处|委员|支队|大队|热线))(?:办|处理|负责|牵头|了|去|来|$|[,。;\s])/;

/** What has become of a demand. */
function readCaseUpdate(asked: Asked): CaseUpdateReading {
  const said = `${asked.command} ${asked.body}`;
  const command = statuses.find(([pattern]) => pattern.test(asked.command))?.[1];
  const status = command ?? statuses.find(([pattern]) => pattern.test(said))?.[1] ?? null;
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
        (dueAfter.test(text.slice(d.end, d.end + 4)) || dueBefore.test(text.slice(Math.max(0, d.start - 6), d.start))),
    )
    .at(-1);
  const day = token?.to ?? token?.from;
  return day === undefined ? {} : { due: toIso(day) };
}

const dueAfter = /^(?:之?前|以前|内|之内|截止|到期|办结|完成|答复)/;
const dueBefore = /(?:限|截止|期限|时限|到|最[迟晚]|不晚于)[^,。]{0,3}$/;

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
