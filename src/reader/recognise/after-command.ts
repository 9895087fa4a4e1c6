import type { DateToken } from '../date-grammar';

/** /走访 红柳社区 12人: a contact mode behind a slash stands for this intent, misspelt or not. */
export const afterModeWord = 'record_contact';

type Applies = (body: string, dates: readonly DateToken[]) => boolean;

/** /诉求 查询 …, /报名 A23 查一下: the word of a thing, and then a question about it. */
const asks: Applies = (body) =>
  /^(?:[A-Z]-?\d{1,6} ?的?)?(?:查一?[下查]?|查询|查看|看看|进度|进展|状态)(?=$|[\s:,。]|[\u4e00-\u9fff])/.test(body);

/**
 * The intent of a command word, the one it turns into, and what the words behind it must show: /修改 A23 … is a general word
 * and then what it is about. The first row that applies wins; without one the command word decides.
 */
export const afterCommand: readonly (readonly [string, string, Applies])[] = [
  ['correct_record', 'activity_update', (body) => /^(?:[\u4e00-\u9fff]{1,4} ?)?[ABD-LN-QS-Z]-?\d/i.test(body)],
  ['correct_record', 'update_case', (body) => /^(?:[\u4e00-\u9fff]{1,4} ?)?C-?\d/i.test(body)],
  [
    'activity_query',
    'activity_create',
    (body, dates) => dates.length > 0 && /名额|截止|前报名|限\d+人/.test(body) && !/[?吗没]/.test(body),
  ],
  ['activity_query', 'activity_create', (body) => /^(?:新建|新增|创建|发起|发布|建立)/.test(body)],
  ['activity_query', 'activity_update', (body) => /^(?:取消|延期|改期|推迟|变更|修改)/.test(body)],
  ['add_case', 'case_query', asks],
  ['submit_opinion', 'opinion_query', asks],
  ['record_contact', 'record_query', asks],
  ['signup', 'activity_query', asks],
];

/** What `command` means with `body` behind it. */
export const commandFor = (command: string, body: string, dates: readonly DateToken[]): string =>
  afterCommand.find(([from, , applies]) => from === command && applies(body, dates))?.[1] ?? command;
