import { dayText } from '../chat/labels';
import type { Feedback } from './feedback';
import type { FeedbackKind } from './readings';
import type { TextFault } from './rules';

export const kindText: Readonly<Record<FeedbackKind, string>> = {
  suggestion: '建议',
  complaint: '投诉',
  question: '疑问',
  deferral: '延期说明',
};

const shortened = (text: string, most = 40): string => (text.length > most ? `${text.slice(0, most)}……` : text);
const line = ({ id, kind, day, text }: Feedback, year: string): string =>
  `${id}（${kindText[kind]}，${dayText(day, year)}）：${shortened(text)}`;
const answersOf = ({ answers }: Feedback): string[] => answers.map(({ text }) => `答复：${text}`);

/** Every sentence about suggestions and complaints. */
export const feedbackTexts = {
  purposes: { received: '建议、投诉转办', answered: '建议、投诉的答复' },
  help: {
    give: '/建议 …… 或 /投诉 ……（给本单位工作提建议、投诉，都会答复您）',
    mine: '/我的建议 看自己提过的和答复',
    open: '/待答复 看还没答复的建议和投诉',
  },
  given: ({ id, kind, text }: Feedback): string =>
    `已收到您的${kindText[kind]}（${id}）：${shortened(text)}。已转给机关，有了答复会私下告诉您。`,
  toOffice: ({ id, kind, text }: Feedback, from: string): string =>
    `收到一件${kindText[kind]}（${id}），${from}：${text}\n答复请发“/答复 ${id} ……”，会私下转给本人。`,
  answered: ({ id }: Feedback, name: string, again: boolean): string => `${again ? '已补充答复' : '已答复'}${id}，会私下告诉${name}。`,
  answerFor: ({ id, kind, text }: Feedback, answer: string): string =>
    `您的${kindText[kind]}（${id}：${shortened(text)}）有答复了：${answer}`,
  faults: {
    empty: '请把要说的写在后面，例如“/建议 活动通知能不能早三天发”。',
    too_long: '这段话太长，没有收下。请分开发，每条不超过1000字。',
  } satisfies Record<TextFault, string>,
  answerEmpty: (id: string): string => `${id}要怎么答复？请写在后面，例如“/答复 ${id} 已经安排，下周起提前三天通知”。`,
  whichOne: '要答复哪一件？请带上编号，例如“/答复 J12 已经安排”。发“/待答复”可以看还没答复的。',
  none: (id: string): string => `没有找到${id}。发“/我的建议”可以看自己提过的。`,
  onlyOffice: '答复建议和投诉由机关工作人员来办。发“/我的建议”可以看自己提过的和答复。',
  listOnlyOffice: '还没答复的清单只有机关工作人员能看。发“/我的建议”可以看自己提过的和答复。',
  one: (feedback: Feedback, year: string): string =>
    [line(feedback, year), ...(feedback.answers.length > 0 ? answersOf(feedback) : ['还没有答复，机关正在办理。'])].join('\n'),
  mine: (all: readonly Feedback[], year: string): string =>
    all.length === 0
      ? '您还没有提过建议或投诉。想说的直接发“/建议 ……”就行。'
      : [
          '您提过的建议和投诉：',
          ...all.flatMap((each) => [`${line(each, year)}${each.status === 'open' ? '（待答复）' : ''}`, ...answersOf(each)]),
        ].join('\n'),
  open: (first: readonly Feedback[], all: number, year: string): string =>
    all === 0
      ? '建议和投诉都已答复。'
      : [
          `还有${all}件待答复${all > first.length ? `，最早的${first.length}件` : ''}：`,
          ...first.map((each) => line(each, year)),
          '答复请发“/答复 编号 ……”。',
        ].join('\n'),
  page: {
    title: '建议和投诉',
    open: (count: number): string => (count === 0 ? '都已答复' : `待答复 ${count} 件`),
    more: (count: number): string => `还有 ${count} 件没有列出，先答复上面的。`,
    answered: '最近答复的',
    from: (name: string, day: string): string => `${name} · ${day}`,
    answer: '答复',
    send: '答复并告诉本人',
    answerOf: (text: string): string => `答复：${text}`,
    note: '答复会以私聊发给提出的委员，不会发到群里。',
  },
} as const;
