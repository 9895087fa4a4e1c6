import { dayText } from '../chat/labels';
import type { OpinionNote } from './note';
import type { OpinionKind } from './readings';
import type { NoteFault } from './rules';

export const kindText: Readonly<Record<OpinionKind, string>> = {
  opinion: '社情民意',
  micro_suggestion: '微建议',
  proposal_lead: '提案线索',
};

const shortened = (text: string, most = 60): string => (text.length > most ? `${text.slice(0, most)}……` : text);
const line = ({ id, kind, day, text }: OpinionNote, year: string): string =>
  `${id}（${kindText[kind]}，${dayText(day, year)}）：${shortened(text)}`;
const remarksOf = ({ remarks }: OpinionNote): string[] => remarks.map(({ text }) => `机关补记：${text}`);

const adoption = '采用没采用，请以机关通知为准。';

/** Every sentence about opinion reports, micro-suggestions and leads for proposals. */
export const opinionTexts = {
  help: {
    note: '/社情民意 ……、/微建议 …… 或 /提案线索 ……（先记下给机关看）',
    mine: '/我的社情民意 看自己报过的',
    all: '/查社情民意 看委员报来的社情民意和提案线索',
  },
  noted: ({ id, kind, text }: OpinionNote): string =>
    `已记下（${id}，${kindText[kind]}）：${shortened(text)}。先作为线索给机关看，还没有正式报送；发“/我的社情民意”可以看自己报过的。`,
  toOffice: ({ id, kind }: OpinionNote): string =>
    `今天有委员报来${kindText[kind]}（从${id}起）。发“/查社情民意”可以看全部；今天再有新的不另外提醒。`,
  faults: {
    empty: '请把要说的写在后面，例如“/社情民意 校门口放学时太堵，建议错峰放学”。',
    too_long: '这段话太长，没有收下。请分开发，每条不超过2000字。',
  } satisfies Record<NoteFault, string>,
  none: (id: string): string => `没有找到${id}。发“/我的社情民意”可以看自己报过的。`,
  whichOne: '说的是哪一条？请带上编号，例如“M12 市里单篇采用”。这句没有记下。',
  remarked: ({ id }: OpinionNote): string => `已在${id}下面记了一笔，报的委员本人查得到。正式的采用登记还没有，以机关台账为准。`,
  onlyOffice: '采用、批示的情况由机关来记，这句没有记下。发“/我的社情民意”可以看自己报过的。',
  one: (note: OpinionNote, year: string): string => [line(note, year), ...remarksOf(note), adoption].join('\n'),
  mine: (all: readonly OpinionNote[], year: string): string =>
    all.length === 0
      ? '您还没有报过社情民意或提案线索。想说的直接发“/社情民意 ……”或“/提案线索 ……”就行。'
      : ['您报过的社情民意和提案线索：', ...all.flatMap((each) => [line(each, year), ...remarksOf(each)]), adoption].join('\n'),
  all: (newest: readonly OpinionNote[], count: number, year: string): string =>
    count === 0
      ? '还没有委员报来社情民意或提案线索。'
      : [
          `委员报来的线索共${count}条${count > newest.length ? `，最近的${newest.length}条` : ''}：`,
          ...newest.flatMap((each) => [line(each, year), ...remarksOf(each)]),
        ].join('\n'),
  page: {
    title: '社情民意和提案线索',
    count: (count: number): string => (count === 0 ? '还没有委员报来' : `共 ${count} 条`),
    more: (shown: number): string => `这里列出最近的 ${shown} 条。`,
    from: (name: string, day: string): string => `${name} · ${day}`,
    remark: (text: string): string => `机关补记：${text}`,
    note: '这些是委员在聊天里报来的线索，还没有正式报送。要补记采用、批示情况，给助手发一句，例如“M12 市里单篇采用”。',
    mine: '我报的线索',
  },
} as const;
