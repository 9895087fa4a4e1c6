import { dayText, modeLabels } from '../chat/labels';
import { measures } from '../measures';
import type { InHand } from './in-hand';

const periods = { quarter: '本季度', half_year: '本半年', year: '全年' } as const;
const lacking = { mode: '方式', date: '日期', where: '地点', people: '人数' } as const;

type Unfinished = InHand['unfinished']['records'][number];
type Coming = Pick<InHand['joined'][number], 'id' | 'title' | 'place' | 'start'>;

const open = ({ rule, remaining }: InHand['open'][number]): string => `${periods[rule.every]}${measures[rule.metric].open(remaining)}`;

function unfinished({ id, contactDate, mode, place, organisation, missing, status, duplicateOf }: Unfinished, year: string): string {
  const words = [contactDate && dayText(contactDate, year), mode && modeLabels[mode], place, organisation].filter((each) => each);
  const repeat = status === 'asked' ? [`像是和${duplicateOf ?? '另一条'}重复，还没计数，重复了就发“/撤回 ${id}”`] : [];
  const lacks = missing.length > 0 ? [`还缺${missing.map((field) => lacking[field]).join('、')}，发“/更正 ${id} ……”补上`] : [];
  return `${id}${words.length > 0 ? `（${words.join(' ')}）` : ''}：${[...lacks, ...repeat].join('；')}`;
}

function when({ start }: Coming, year: string): string {
  if (start === null) return '已延期，时间待定';
  return `${dayText(start.slice(0, 10), year)}${start.slice(11, 16).replace(/^0/, '')}`;
}

const named = (activity: Coming, year: string): string => `${activity.id}“${activity.title}”，${when(activity, year)}，${activity.place}`;

/** Every sentence about what is still to be done. */
export const todoTexts = {
  help: '/待办 看您手上还有什么（私下答复）',
  onlyOwn: '待办只能看自己的，发“/待办”就行。',
  inHand: (all: InHand, today: string): string => {
    const year = today.slice(0, 4);
    const { records, count } = all.unfinished;
    const lines = [
      ...(all.open.length > 0 ? [`联系要求：${all.open.map(open).join('；')}`] : []),
      ...records.map((each) => `待补记录${unfinished(each, year)}`),
      ...(count > records.length ? [`还有${count - records.length}条记录没补全，发“/我的记录”可以看`] : []),
      ...all.joined.map((each) => `您报名的${named(each, year)}${each.inLine > 0 ? `，候补第${each.inLine}位` : ''}`),
      ...all.organised.map(
        (each) => `您发起的${named(each, year)}，已报${each.taken}人${each.waiting > 0 ? `，候补${each.waiting}位` : ''}`,
      ),
      ...(all.unanswered > 0 ? [`待答复：${all.unanswered}件建议、投诉或说明，发“/待答复”看清单`] : []),
    ];
    if (lines.length === 0) return '我这里没有记着等您办的事，辛苦了！';
    return ['您手上还有：', ...lines].join('\n');
  },
} as const;
