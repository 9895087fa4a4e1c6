import { dayText, modeLabels, resultText, serviceText, topicText } from '../../chat/labels';
import type { ContactMode } from '../../reader/contact-mode';
import type { MissingField } from '../readings';
import { type RecordWords, recordText } from './record-text';

export { type RecordWords, recordText } from './record-text';

const questions: Readonly<Record<MissingField, string>> = {
  mode: '是走访、座谈、电话，还是其他方式',
  date: '是哪一天',
  where: '在哪个社区、村或单位',
  people: '联系了多少位群众',
};
const mostQuestions = 2;
const asked = (missing: readonly MissingField[]): string =>
  missing
    .slice(0, mostQuestions)
    .map((field) => `${questions[field]}？`)
    .join('');

const fieldLabels: Readonly<Record<string, string>> = {
  people: '人次',
  contactDate: '日期',
  place: '地点',
  organisation: '单位',
  mode: '方式',
  results: '结果',
  services: '服务',
  topics: '领域',
  content: '内容',
  time: '时间',
};

const listText: Readonly<Record<string, (codes: readonly string[]) => string>> = {
  results: resultText,
  services: serviceText,
  topics: topicText,
};

function valueText(field: string, value: unknown, year: string): string {
  if (field === 'mode' && value) return modeLabels[value as ContactMode];
  if (Array.isArray(value)) return listText[field]?.(value as string[]) || '未填';
  if (typeof value === 'string') return field === 'contactDate' ? dayText(value, year) : value;
  return typeof value === 'number' ? String(value) : '未填';
}

const rejections = {
  future_date: '这个日期还没到，所以没有记下；等联系过了再告诉我就行。',
  invalid_date: '没有这个日期，所以没有记下，请核对日期后再发一次。',
  negated: '您说的是这次没有联系，所以没有记下。',
} as const;

export const contactTexts = {
  asked,
  page: {
    title: '最近的记录',
    none: '还没有您的记录。联系群众后发一句，例如“/记录 走访 昨天 红柳社区 12人 物业收费”。',
    incomplete: '待补充',
    asked: '待确认，未计数',
    howToCorrect: '记错了？在群里回复“更正”或“撤回”加编号就行。',
  },
  help: {
    record: '/记录 走访 昨天 红柳社区 12人 物业收费（顺序随意，缺什么我会问）',
    forOthers: '/代记 姓名 走访 昨天 红柳社区 12人（替委员记，会告诉本人）',
    correct: '/更正 R1024 人数15（也可以说“上一条地点是红柳社区”）',
    withdraw: '/撤回 R1024（不写编号就是刚才那条；撤错了发“/恢复 R1024”）',
    list: '/我的记录 看自己最近的几条',
  },
  kept: (record: RecordWords): string => `已为您记录（${record.id}）：${recordText(record)}。如有误请回复“更正”，也可“撤回”。`,
  keptIncomplete: (record: RecordWords, missing: readonly MissingField[]): string =>
    `先为您记下（${record.id}）：${recordText(record) || '内容待补'}。还差一点：${asked(missing)}直接回复我就能补全。`,
  duplicate: (record: RecordWords, earlier: string): string =>
    `${record.id}先存着，还没有计数：${recordText(record)}——看起来和${earlier}是同一次。如果是另外一次，请回复“确认”；重复了就回复“撤回”。`,
  duplicateKept: (record: RecordWords): string => `好的，${record.id}已计入：${recordText(record)}。`,
  completed: (record: RecordWords): string => `已补全（${record.id}）：${recordText(record)}。如有误请回复“更正”，也可“撤回”。`,
  corrected: (record: RecordWords, before: Record<string, unknown>, after: Record<string, unknown>): string => {
    // What has no name of its own (precision and the like) goes along silently.
    const named = Object.keys(after).filter((field) => field in fieldLabels);
    const changes = named.map(
      (field) =>
        `${fieldLabels[field] ?? field}${valueText(field, before[field], record.year)}→${valueText(field, after[field], record.year)}`,
    );
    return `已更正${record.id}：${changes.join('，')}。现在是：${recordText(record)}。`;
  },
  correctionUnclear: (id: string): string => `要把${id}的哪一项改成什么？例如“更正 ${id} 人数15”或“更正 ${id} 日期9月20日”。`,
  correctionInFuture: (record: RecordWords): string => `改成的日期还没到，所以没有改。${record.id}仍是：${recordText(record)}。`,
  stillAsked: (earlier: string): string => `它还没有计数：如果和${earlier}不是同一次，请回复“确认”；重复了就回复“撤回”。`,
  released: (ids: readonly string[]): string => (ids.length > 0 ? `${ids.join('、')}不再算重复，已计入。` : ''),
  unchanged: (record: RecordWords): string => `${record.id}本来就是这样：${recordText(record)}。`,
  rejected: (why: keyof typeof rejections, understood: string): string =>
    `${rejections[why]}${understood ? `看懂的是：${understood}。` : ''}`,
  dateRefused: (why: 'future_date' | 'invalid_date', id: string): string =>
    `${why === 'future_date' ? '这个日期还没到' : '没有这个日期'}，${id}的日期先空着。是哪一天联系的？直接回复我就能补全。`,
  impossiblePeople: (record: RecordWords, people: number): string =>
    `先为您记下（${record.id}）：${recordText(record) || '内容待补'}。人数${people}看着不太寻常，没有计入；请问实际联系了多少位群众？直接回复数字即可。`,
  companionsUnknown: (names: readonly string[]): string => `（名册里没能对上${names.join('、')}，没有替他们计入。）`,
  companionsCounted: (names: readonly string[]): string => `（${names.join('、')}委员自己记过这一次，没有重复计入。）`,
  answerNotUnderstood: (recordId: string, duplicate: boolean): string =>
    duplicate
      ? `这句没太听懂。${recordId}先存着，还没有计数：是另外一次，请回复“确认”；重复了就回复“撤回”。`
      : `这句没太听懂。${recordId}已经给您存着，不会丢；请再说一次要补的内容，例如“12人”，现在不补也可以。`,
  askedNoMore: (recordId: string, duplicate: boolean): string =>
    duplicate
      ? `好的，不再问了。${recordId}先存着，没有计数；不要了就发“/撤回 ${recordId}”。`
      : `好的，不再问了。${recordId}先这样存着，补全以后才计数；不要了就发“/撤回 ${recordId}”。`,
  mineLine: (record: RecordWords, told: string): string =>
    `${record.id}：${recordText(record, 'member')}${told}${record.status === 'asked' ? '（待确认，未计数）' : ''}`,
};

/** Answers to “是不是同一次”. */
export const sayYes = /^(是|对|确认|不重复|没重复|不是重复|不是同一次|另外一次|另一次|嗯|好|要|算)/;
export const sayNo = /(撤回|重复|同一次|不要|删)/;
